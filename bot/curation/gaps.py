"""What people asked and did not get: alike questions together, ready to be made an entry of."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.embedding import Embedder
from bot.answering.retrieval.retriever import Hit
from bot.clock import SHANGHAI
from bot.curation.records import AskedBadly, Day, Listed, Page, Trouble, Wanted
from bot.editions import Editions
from bot.knowledge.question_key import question_key

WEAK = 0.35  # an answer less sure than this is one that somebody should look at
ALIKE = 0.6  # cosine from which two questions count as one
FORMS = 12  # question forms that a draft is given, as many as an entry needs
FORM_LENGTH = 60
EVERY_ENTRY = 100_000

Floats = npt.NDArray[np.float32]


class Questions(Protocol):
    """What the store knows of questions."""

    def asked_badly(self, since: datetime, weak: float) -> Sequence[AskedBadly]:
        """Questions that went badly."""
        ...

    def days(self, since: datetime) -> Sequence[Day]:
        """How each day's answers ended."""
        ...


class Entries(Protocol):
    """What the store knows of entries."""

    def page(self, wanted: Wanted, *, first: int = 0, size: int = 50) -> Page:
        """Some of the entries."""
        ...


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that are about the same, and went badly."""

    question: str
    forms: tuple[str, ...]
    times: int
    troubles: Mapping[Trouble, int]
    reasons: tuple[str, ...]
    answered_with: tuple[str, ...]
    last_asked: datetime


@dataclass(frozen=True, slots=True)
class Coverage:
    """A topic: how many entries, how often they answered, how often to no help, how many are unused."""

    topic: str
    entries: int
    answers: int
    unhelpful: int
    unused: int
    gaps: int = 0


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A draft's fields, made from questions people asked, and the entry that came nearest."""

    fields: Mapping[str, Any]
    nearest: str | None
    likeness: float = field(default=0.0)


class FindGaps:
    """Reads what went badly out of the answers that were given."""

    def __init__(
        self,
        questions: Questions,
        entries: Entries,
        editions: Editions,
        embedder: Embedder,
        now: Callable[[], datetime],
    ) -> None:
        self._questions = questions
        self._entries = entries
        self._editions = editions
        self._embedder = embedder
        self._now = now

    def gaps(self, days: int = 30) -> list[Gap]:
        """Alike questions together, those asked most often first."""
        asked = self._questions.asked_badly(self._now() - timedelta(days=days), WEAK)
        return sorted(map(_gap, self._together(asked)), key=lambda gap: -gap.times)

    def days(self, days: int = 90) -> list[Day]:
        """How each day's answers ended; ``abstained`` of a day is the share that had none."""
        return list(self._questions.days(self._now() - timedelta(days=days)))

    def coverage(self, days: int = 30) -> list[Coverage]:
        """Each topic's entries and what became of the questions nearest to them."""
        by_topic: dict[str, list[Listed]] = defaultdict(list)
        for entry in self._entries.page(Wanted(order="title"), size=EVERY_ENTRY).items:
            if entry.live_version is not None:
                by_topic[entry.topic].append(entry)
        missing = Counter(self._topic(gap.question) for gap in self.gaps(days))
        return [
            Coverage(
                topic=topic,
                entries=len(entries),
                answers=sum(each.answers for each in entries),
                unhelpful=sum(each.unhelpful for each in entries),
                unused=sum(not each.answers for each in entries),
                gaps=missing[topic],
            )
            for topic, entries in sorted(by_topic.items())
        ]

    def prefilled(self, question: str, forms: Sequence[str] = ()) -> Prefilled:
        """The beginning of an entry from a question: its forms, and what the nearest entry shares."""
        found = list(dict.fromkeys(each.strip() for each in (question, *forms) if each.strip()))
        fields: dict[str, Any] = {
            "title": question.strip()[:FORM_LENGTH],
            "questions": [each[:FORM_LENGTH] for each in found[:FORMS]],
            "short_answer": "",
            "steps": [],
        }
        hit = self._nearest(question)
        if hit is None:
            return Prefilled(fields, None)
        near = self._editions.current.library.entry[hit.passage.id]
        fields |= {
            "topic": near.topic,
            "stages": [str(each) for each in near.stages],
            "lender_types": [str(each) for each in near.lender_types],
            "related": [near.id],
        }
        return Prefilled(fields, near.id, hit.score)

    def similar_forms(self, text: str, limit: int = 5) -> list[tuple[str, str, float]]:
        """Question forms most like a text: the form, the entry it belongs to, how alike (0 to 1)."""
        with self._editions.reading() as edition:
            hits = edition.retriever.search(text, limit=4 * limit)
        alike = [
            (hit.reasons.known_question, hit.passage.id, hit.reasons.known_likeness)
            for hit in hits
            if hit.reasons.known_question is not None
        ]
        return sorted(alike, key=lambda each: -each[2])[:limit]

    def _nearest(self, question: str) -> Hit | None:
        with self._editions.reading() as edition:
            hits = edition.retriever.search(question, limit=8)
            return next((hit for hit in hits if hit.passage.id in edition.library.entry), None)

    def _topic(self, question: str) -> str:
        hit = self._nearest(question)
        return self._editions.current.library.entry[hit.passage.id].topic if hit else ""

    def _together(self, asked: Sequence[AskedBadly]) -> list[list[AskedBadly]]:
        """Questions in the same words, and those whose vectors are near the first of a group."""
        same: dict[str, list[AskedBadly]] = defaultdict(list)
        for each in asked:
            same[question_key(each.question) or each.question].append(each)
        exact = sorted(same.values(), key=len, reverse=True)
        vectors = _unit(self._embedder.encode([group[0].question for group in exact]))
        groups: list[list[AskedBadly]] = []
        leaders: list[int] = []
        for number, group in enumerate(exact):
            likeness = vectors[leaders] @ vectors[number] if leaders else np.zeros(0)
            if len(likeness) and likeness.max() >= ALIKE:
                groups[int(likeness.argmax())] += group
            else:
                groups.append(list(group))
                leaders.append(number)
        return groups


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def _gap(asked: Sequence[AskedBadly]) -> Gap:
    forms = dict.fromkeys(each.question for each in asked)
    with_entries = Counter(entry for each in asked for entry in each.entries)
    return Gap(
        question=min(forms, key=len),
        forms=tuple(forms),
        times=len(asked),
        troubles=dict(Counter(each.trouble for each in asked)),
        reasons=tuple(dict.fromkeys(each.reason for each in asked if each.reason)),
        answered_with=tuple(entry for entry, _count in with_entries.most_common(3)),
        last_asked=max(each.asked_at for each in asked).astimezone(SHANGHAI),
    )
