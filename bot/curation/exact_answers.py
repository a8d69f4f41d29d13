"""A question that one entry answers whatever the search says: proposed, reviewed, live, withdrawn.

Each settlement of a question is a version of it. Going live and going away are publications, which can
be undone like others.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.curation.live import Live
from bot.curation.records import (
    Fault,
    Faulty,
    Going,
    Kind,
    NeedsAnother,
    NotNow,
    Publication,
    Settled,
    State,
)


class Store(Protocol):
    """What is kept of exact answers."""

    def propose(self, question: str, entry: str, author: str, note: str) -> Settled:
        """Keep a proposal."""
        ...

    def get(self, answer: str) -> Settled:
        """One of them."""
        ...

    def page(self, state: State | None = None) -> Sequence[Settled]:
        """All, or those in one state."""
        ...

    def move(
        self, answer: str, expected: int, state: State, approved_by: str | None = None
    ) -> Settled:
        """Take one to another state."""
        ...


class ExactAnswers:
    """Reviewed like an entry: nobody approves their own."""

    def __init__(
        self,
        store: Store,
        live: Live,
        faults: Callable[[str], tuple[Fault, ...]],
        one_person_may: Callable[[], bool],
    ) -> None:
        self._store = store
        self._live = live
        self._faults = faults
        self._one_person_may = one_person_may

    def propose(self, question: str, entry: str, author: str, note: str = "") -> Settled:
        """Ask that these words are always answered by an entry; Faulty where it breaks a rule."""
        self._check(entry)
        return self._store.propose(question, entry, author, note)

    def get(self, answer: str) -> Settled:
        """One of them."""
        return self._store.get(answer)

    def page(self, state: State | None = None) -> Sequence[Settled]:
        """All of them, or those that stand somewhere."""
        return self._store.page(state)

    def approve(self, answer: str, expected: int, reviewer: str) -> Publication:
        """A second person's word; it is live with it."""
        found = self._store.get(answer)
        if found.state not in (State.IN_REVIEW, State.APPROVED):
            raise NotNow(f"this exact answer is {found.state}")
        if found.author == reviewer and not self._one_person_may():
            raise NeedsAnother("a second person has to approve this")
        self._check(found.entry)
        self._store.move(answer, expected, State.APPROVED, reviewer)
        return self._go_live(found, State.PUBLISHED, reviewer)

    def send_back(self, answer: str, expected: int, reviewer: str) -> Settled:
        """Refuse a proposal."""
        if self._store.get(answer).state is not State.IN_REVIEW:
            raise NotNow("only a proposal can be refused")
        return self._store.move(answer, expected, State.DRAFT, reviewer)

    def withdraw(self, answer: str, author: str) -> Publication:
        """Let the search decide again."""
        found = self._store.get(answer)
        if found.state is not State.PUBLISHED:
            raise NotNow("this exact answer is not live")
        return self._go_live(found, State.RETIRED, author)

    def _check(self, entry: str) -> None:
        if faults := self._faults(entry):
            raise Faulty(entry, faults)

    def _go_live(self, found: Settled, state: State, author: str) -> Publication:
        note = f"{found.question} → {found.entry}"
        return self._live.make_live(
            Going(Kind.EXACT_ANSWER, author, note, exact_answers={found.id: state})
        )
