"""What a publication does to the labelled questions: which it answers better, which worse."""

import asyncio
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock
from typing import Any

from bot.answering.turn import Turn
from bot.curation.asking import Asked, Asking, may_differ, reached_by, trace_of
from bot.curation.preview import Preview
from bot.curation.records import Fields
from bot.editions import Edition, Editions
from bot.evaluation.cases import Case, read_cases
from bot.evaluation.evaluate import ANSWERED
from bot.evaluation.judge import Verdict
from bot.knowledge.entry import Entry
from bot.knowledge.library import Library
from bot.knowledge.library_lines import to_lines

LONGEST_SECONDS = 30.0
TOGETHER = 16  # questions whose words are sought together
LEARNT_AT_ONCE = 64  # questions before a measurement may come between: a second or two
BREATH_SECONDS = 0.02
LIBRARIES_REMEMBERED = 2  # what is live, and what was tried out last
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
    """What was gained and lost among the questions that were looked at.

    ``asked`` of them were answered to the end, before and after: of the others the answers are made
    of the same passages, none of which changed.
    """

    gained: tuple[Moved, ...]
    lost: tuple[Moved, ...]
    looked_at: int
    in_all: int
    seconds: float
    asked: int = 0

    def summary(self) -> dict[str, Any]:
        """As it is kept with the publication."""
        return {
            "gained": [_kept(each) for each in self.gained],
            "lost": [_kept(each) for each in self.lost],
            "looked_at": self.looked_at,
            "asked": self.asked,
            "in_all": self.in_all,
            "seconds": round(self.seconds, 1),
        }


class MeasureEffect:
    """Asks the labelled questions before and after, those to the end whose answer can differ.

    What was found for a question, and how its answer fared, is remembered for the newest libraries:
    after a publication the answers that were tried out are those of now.
    """

    def __init__(
        self, preview: Preview, editions: Editions, sets: Path, today: Callable[[], date]
    ) -> None:
        self._preview = preview
        self._editions = editions
        self._sets = sets
        self._today = today
        self._lock = Lock()
        self._asked: OrderedDict[str, dict[str, Asked]] = OrderedDict()
        self._keys: list[tuple[weakref.ref[Library], str]] = []
        self._cases: tuple[Case, ...] = ()
        self._closed = Event()

    def __call__(
        self, changed: Mapping[str, Fields | None], seconds: float = LONGEST_SECONDS
    ) -> Effect:
        """The effect of a change, the likeliest questions first, within a time; blocks for it."""
        began = time.monotonic()
        after = self._preview.edition_after(changed)
        with self._lock, self._editions.reading() as now, after.reading() as then:
            cases = self._likeliest_first(changed, self._known(now))
            measure = self._measured(cases, changed, (now, then), began + seconds)
            pairs = asyncio.run(measure)
        differ = [each for each in pairs if each is not None]
        gained = tuple(_moved(new) for old, new in differ if _worth(new) > _worth(old))
        lost = tuple(_moved(new) for old, new in differ if _worth(new) < _worth(old))
        took = time.monotonic() - began
        return Effect(gained, lost, len(pairs), len(cases), took, len(differ))

    def learn(self) -> None:
        """Find what the labelled questions find now, so that a measurement need only find the rest.

        A few at a time, between which a measurement comes first; blocks until all is found.
        """
        while not self._closed.wait(BREATH_SECONDS) and self._learn_some():
            pass

    def close(self) -> None:
        """Learn no more; blocks until nothing is under way."""
        self._closed.set()
        with self._lock:
            pass

    def _learn_some(self) -> bool:
        with self._lock, self._editions.reading() as now:
            self._cases = self._cases or _cases_in(self._sets)
            known = self._known(now)
            some = [case for case in self._cases if case.id not in known][:LEARNT_AT_ONCE]
            if some and not self._closed.is_set():
                asyncio.run(_learnt((Asking(now, self._today()), known), some))
            return bool(some)

    async def _measured(
        self,
        cases: Sequence[Case],
        changed: Collection[str],
        editions: tuple[Edition, Edition],
        until: float,
    ) -> list[tuple[Verdict, Verdict] | None]:
        """For each case that there was time for its verdicts, or none where they are the same."""
        sides = [(Asking(each, self._today()), self._known(each)) for each in editions]
        reached = reached_by(changed, [each.library for each in editions])
        pairs: list[tuple[Verdict, Verdict] | None] = []
        ahead = asyncio.create_task(_foresee(sides, cases[:TOGETHER]))
        for number, case in enumerate(cases, 1):
            if time.monotonic() > until:
                break
            if number % TOGETHER == 1:
                await ahead
                following = cases[number + TOGETHER - 1 : number + 2 * TOGETHER - 1]
                ahead = asyncio.create_task(_foresee(sides, following))
            asked = [await _find(*each, case) for each in sides]
            (old, _), (new, _) = asked
            if may_differ(old.trace, new.trace, reached):
                judged = [
                    await _judged(asking, case, *each)
                    for (asking, _), each in zip(sides, asked, strict=True)
                ]
                pairs.append((judged[0], judged[1]))
            else:
                pairs.append(None)
        await ahead
        for _ in range(2):
            await _foresee(sides, ())  # nothing is kept of what was foreseen
        return pairs

    def _known(self, edition: Edition) -> dict[str, Asked]:
        """What is remembered of the library of an edition."""
        key = f"{self._today()} {self._key(edition.library)}"
        asked = self._asked.setdefault(key, {})
        self._asked.move_to_end(key)
        while len(self._asked) > LIBRARIES_REMEMBERED:
            self._asked.popitem(last=False)
        return asked

    def _key(self, library: Library) -> str:
        """What tells a library from others, worked out once for the newest."""
        key = next((key for held, key in self._keys if held() is library), None)
        if key is None:
            key = sha256(to_lines(library)).hexdigest()
            self._keys = [*self._keys, (weakref.ref(library), key)][-LIBRARIES_REMEMBERED:]
        return key

    def _likeliest_first(
        self, changed: Mapping[str, Fields | None], asked: Mapping[str, Asked]
    ) -> list[Case]:
        self._cases = self._cases or _cases_in(self._sets)
        texts = [Entry.model_validate(f) for f in changed.values() if f is not None]
        return _likeliest_first(self._cases, changed, texts, asked)


async def _learnt(side: tuple[Asking, dict[str, Asked]], cases: Sequence[Case]) -> None:
    """Find cases on one side."""
    for first in range(0, len(cases), TOGETHER):
        some = cases[first : first + TOGETHER]
        await _foresee([side], some)
        for case in some:
            await _find(*side, case)
    for _ in range(2):
        await _foresee([side], ())


async def _foresee(sides: Sequence[tuple[Asking, dict[str, Asked]]], cases: Sequence[Case]) -> None:
    """Have what is not known of some cases sought together, on one side and then on the other."""
    before: Asking | None = None
    for asking, known in sides:
        await asking.foresee([case for case in cases if case.id not in known], before)
        before = asking


async def _find(asking: Asking, known: dict[str, Asked], case: Case) -> tuple[Asked, Turn | None]:
    """What is found for a case, sought once; with the turn where it was sought just now."""
    if case.id in known:
        return known[case.id], None
    turn = await asking.find(case)
    known[case.id] = Asked(trace_of(turn))
    return known[case.id], turn


async def _judged(asking: Asking, case: Case, asked: Asked, turn: Turn | None) -> Verdict:
    """The verdict on the answer to a case, given once."""
    if asked.verdict is None:
        asked.verdict = await asking.verdict(case, turn or await asking.find(case))
    return asked.verdict


def _cases_in(sets: Path) -> tuple[Case, ...]:
    files = (sets / f"{name}.jsonl" for name in ANSWERED)
    return tuple(case for file in files if file.is_file() for case in read_cases(file))


def _likeliest_first(
    cases: Sequence[Case],
    changed: Iterable[str],
    texts: Iterable[Entry],
    asked: Mapping[str, Asked],
) -> list[Case]:
    """Questions for which changed entries were found, then those in words most like theirs."""
    ids = set(changed)
    words = {pair for text in texts for form in text.questions for pair in _pairs(form)}

    def likely(case: Case) -> float:
        trace = asked[case.id].trace if case.id in asked else ()
        answered = any(name in ids for found in trace for name, _chance in found)
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
