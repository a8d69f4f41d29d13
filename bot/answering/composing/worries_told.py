"""The worries named beside the one that an answer is about, and the line that tells of each."""

from collections.abc import Callable, Sequence

from bot.answering.composing.choose import Choice
from bot.answering.composing.lines import Line, Section
from bot.knowledge.entry import Citation
from bot.knowledge.worry import Worry

Choosing = Callable[[int], Choice]


def with_room_for(
    worries: Sequence[Worry], choosing: Choosing, room: int
) -> tuple[Choice, tuple[Worry, ...]]:
    """The lines worth the room that worries leave, and the worries that these lines leave out."""
    left: tuple[Worry, ...] = ()
    choice = choosing(room)
    while more := [each for each in _untold(worries, choice) if each not in left]:
        left += tuple(more)  # with less room a conclusion that answered another may go
        choice = choosing(room - sum(len(each.says) for each in left))
    return choice, _untold(left, choice)


def lines_for(worries: Sequence[Worry]) -> tuple[Line, ...]:
    """The sentence of each worry as a line of its entry."""
    return tuple(Line(each.entry, Section.SHORT_ANSWER, 0, each.says) for each in worries)


def entries_with(entries: Sequence[str], worries: Sequence[Worry]) -> tuple[str, ...]:
    """Entries and those of the worries, each once."""
    return tuple(dict.fromkeys([*entries, *(each.entry for each in worries)]))


def citations_of(worries: Sequence[Worry]) -> tuple[Citation, ...]:
    """What the sentences on worries rest on."""
    return tuple(citation for worry in worries for citation in worry.citations)


def _untold(worries: Sequence[Worry], choice: Choice) -> tuple[Worry, ...]:
    """The worries that no conclusion among the lines answers."""
    told = {line.entry for line in choice.shown if line.section is Section.SHORT_ANSWER}
    return tuple(each for each in worries if told.isdisjoint((each.entry, *each.answered_by)))
