"""The forks of the knowledge: which one is open, and which branch a message takes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.understanding.questions import asks
from bot.answering.understanding.words import any_of
from bot.chinese.normalise import simplified
from bot.knowledge.fork import Branch, Fork
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language

MOST_LEFT = 6  # characters, in English words: who says more says something else
_PAUSES = " ,，。.;；!！、"
_NUMBER = re.compile(
    r"^\W*(?:第|选|no\.? ?|option )?([1-4一二三四a-d])(?:个|项|种)?\W*$", re.IGNORECASE
)
_PLACES = {
    mark: place for marks in ("1234", "一二三四", "abcd") for place, mark in enumerate(marks)
}
_EITHER = re.compile(r"或|还是|\bor\b", re.IGNORECASE)
_DENIED = re.compile(r"(?:不是|并非|没有|isn't|is not|not) ?[^,，。;；\s]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Ways:
    """A fork with its words ready to be found."""

    fork: Fork
    about: re.Pattern[str] | None
    unless: re.Pattern[str]
    told: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, fork: Fork) -> "_Ways":
        return cls(
            fork,
            any_of(fork.about) if fork.about else None,
            any_of(fork.unless),
            tuple(any_of(branch.words) for branch in fork.branches),
        )

    def taken(self, text: str) -> list[Branch]:
        """The branches whose words stand in a text."""
        pairs = zip(self.fork.branches, self.told, strict=True)
        return [branch for branch, words in pairs if words.search(text)]

    def tell(self, text: str) -> bool:
        """Whether a text says which branch it is; “传票或短信” leaves it open."""
        if any(text in (each.question, each.question_en) for each in self.fork.branches):
            return True  # its button was pressed
        taken = self.taken(text)
        return bool(taken) and not (len(taken) > 1 and _EITHER.search(text))

    def says_little_else(self, text: str) -> bool:
        """Whether hardly anything is left of a text without the words of the branches."""
        left = text
        for words in self.told:
            left = words.sub("", left)
        return len(left.split() if text.isascii() else left) <= MOST_LEFT

    def names_lenders(self) -> bool:
        return any(branch.lender_types for branch in self.fork.branches)


class Forks:
    """All forks whose branches lead somewhere."""

    def __init__(self, library: Library) -> None:
        whole = [fork for fork in library.forks if leads_on(fork, library)]
        self._ways = [_Ways.of(fork) for fork in whole]
        branches = [branch for fork in whole for branch in fork.branches if branch.lender_types]
        self.lender_words = tuple({word for branch in branches for word in branch.words})

    def open(
        self, lead: str, question: str, said: Sequence[str], *, lender_named: bool
    ) -> Fork | None:
        """The fork under an answer, where neither the question nor what was said tells the branch."""
        for ways in self._ways:
            if lead not in ways.fork.under or ways.unless.search(question):
                continue
            if ways.about is not None and not ways.about.search(question):
                continue
            if lender_named and ways.names_lenders():
                continue
            if not any(ways.tell(text) for text in (question, *said)):
                return ways.fork
        return None

    def taken(self, message: str, told: str, language: Language) -> str | None:
        """The question that a message comes down to, where it says a branch of the fork asked last."""
        ways = next((each for each in self._ways if _asked_in(each.fork, told)), None)
        choice, rest = _first_clause(message)
        branch = _chosen(ways, choice, message) if ways is not None else None
        if branch is None:
            return None
        question = branch.question_en if language is Language.ENGLISH else branch.question
        return f"{question} {rest}" if asks(rest) else question


def leads_on(fork: Fork, library: Library) -> bool:
    """Whether every branch of a fork has its entry, which lists its question."""
    return all(
        (entry := library.entry.get(branch.entry)) is not None and entry.lists(branch.question)
        for branch in fork.branches
    )


def _asked_in(fork: Fork, told: str) -> bool:
    return simplified(fork.asks) in simplified(told) or fork.asks_en in told


def _first_clause(message: str) -> tuple[str, str]:
    """What a message says first, what it denies left out, and the rest of it.

    >>> _first_clause("不是法院的，是律师函，要回吗")
    ('是律师函', '要回吗')
    """
    said = _DENIED.sub("", message).strip(_PAUSES)
    first, *rest = re.split(f"[{_PAUSES}]+", said, maxsplit=1)
    return (first, "".join(rest)) if not said.isascii() else (said, "")


def _chosen(ways: _Ways, choice: str, message: str) -> Branch | None:
    """The branch that is named: by number, by its button, or by its words and little else."""
    branches = ways.fork.branches
    if numbered := _NUMBER.match(choice):
        place = _PLACES[numbered[1].lower()]
        return branches[place] if place < len(branches) else None
    pressed = (each for each in branches if message.strip() in (each.label, each.label_en))
    taken = ways.taken(choice)
    named = taken[0] if len(taken) == 1 and ways.says_little_else(choice) else None
    return next(pressed, named)
