"""What a publication does to the labelled questions: which it answers better, which worse."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from bot.answering.compose_with_model import ComposeWithModel
from bot.curation.preview import Preview
from bot.curation.records import Fields
from bot.editions import Edition, Editions
from bot.evaluation.cases import Case, read_cases
from bot.evaluation.evaluate import ANSWERED, answer
from bot.evaluation.judge import Judge, Verdict
from bot.knowledge.entry import Entry

LONGEST_SECONDS = 30.0
SHOWN = 60  # characters of a question in a stored summary


@dataclass(frozen=True, slots=True)
class Moved:
    """A labelled question that fares otherwise than before."""

    case: str
    question: str
    status: str
    missing: tuple[str, ...]
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What was gained and lost among the questions that were looked at."""

    gained: tuple[Moved, ...]
    lost: tuple[Moved, ...]
    looked_at: int
    in_all: int
    seconds: float

    def summary(self) -> dict[str, Any]:
        """As it is kept with the publication."""
        return {
            "gained": [_kept(each) for each in self.gained],
            "lost": [_kept(each) for each in self.lost],
            "looked_at": self.looked_at,
            "in_all": self.in_all,
            "seconds": round(self.seconds, 1),
        }


class MeasureEffect:
    """Answers the labelled questions before and after; what was answered before is remembered."""

    def __init__(
        self, preview: Preview, editions: Editions, sets: Path, today: Callable[[], date]
    ) -> None:
        self._preview = preview
        self._editions = editions
        self._sets = sets
        self._today = today
        self._lock = Lock()
        self._before: tuple[str, dict[str, Verdict]] = ("", {})

    def __call__(
        self, changed: Mapping[str, Fields | None], seconds: float = LONGEST_SECONDS
    ) -> Effect:
        """The effect of a change, the likeliest questions first, within a time; blocks for it."""
        began = time.monotonic()
        cases = self._cases()
        after = self._preview.edition_after(changed)
        texts = {name: Entry.model_validate(f) for name, f in changed.items() if f is not None}
        pairs: list[tuple[Verdict, Verdict]] = []
        with self._lock, self._editions.reading() as now, after.reading() as then:
            known = self._known(now)
            for case in _likeliest_first(cases, changed, texts.values(), known):
                if time.monotonic() - began > seconds:
                    break
                old = known.get(case.id)
                if old is None:
                    old = known[case.id] = self._verdict(now, case)
                pairs.append((old, self._verdict(then, case)))
        gained = tuple(_moved(new) for old, new in pairs if _worth(new) > _worth(old))
        lost = tuple(_moved(new) for old, new in pairs if _worth(new) < _worth(old))
        return Effect(gained, lost, len(pairs), len(cases), time.monotonic() - began)

    def _cases(self) -> list[Case]:
        files = (self._sets / f"{name}.jsonl" for name in ANSWERED)
        return [case for file in files if file.is_file() for case in read_cases(file)]

    def _known(self, edition: Edition) -> dict[str, Verdict]:
        if self._before[0] != edition.key:
            self._before = edition.key, {}
        return self._before[1]

    def _verdict(self, edition: Edition, case: Case) -> Verdict:
        steps = [each for each in edition.answering if not isinstance(each, ComposeWithModel)]
        reply, took_ms = asyncio.run(answer(steps, self._today(), case))
        return Judge(edition.library)(case, reply, took_ms)


def _likeliest_first(
    cases: Sequence[Case],
    changed: Iterable[str],
    texts: Iterable[Entry],
    known: Mapping[str, Verdict],
) -> list[Case]:
    """Questions that the changed entries answered, then those in words most like theirs."""
    ids = set(changed)
    words = {pair for text in texts for form in text.questions for pair in _pairs(form)}

    def likely(case: Case) -> float:
        answered = case.id in known and not ids.isdisjoint(known[case.id].entries)
        own = _pairs(case.text)
        return 2.0 * answered + len(own & words) / max(len(own), 1)

    return sorted(cases, key=likely, reverse=True)


def _pairs(text: str) -> set[str]:
    return {text[n : n + 2] for n in range(len(text) - 1)}


def _worth(verdict: Verdict) -> tuple[bool, bool, int]:
    """How good a reply is: nothing forbidden, ended as it should, the points that it makes."""
    return not verdict.forbidden, verdict.right_outcome, sum(verdict.said)


def _moved(verdict: Verdict) -> Moved:
    case = verdict.case
    return Moved(case.id, case.text, verdict.status, verdict.missing, verdict.entries)


def _kept(moved: Moved) -> dict[str, Any]:
    return {
        "case": moved.case,
        "question": moved.question[:SHOWN],
        "status": moved.status,
        "missing": list(moved.missing),
        "entries": list(moved.entries),
    }
