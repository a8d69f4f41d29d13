"""The worries that a message names beside the one its answer is about."""

from collections.abc import Sequence
from operator import itemgetter

from bot.answering.understanding.words import any_of
from bot.knowledge.library import Library
from bot.knowledge.worry import Worry

MOST_WORRIES = 3
# A topic whose entries are each about other people: who asks about one may fear for another.
SEVERAL_WORRIES = {"contacts-and-workplace"}


class Worries:
    """Hears what a message is afraid of, by the reviewed words of each worry."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._heard = [
            (worry, any_of(_quoted(worry.words)), any_of(worry.unless))
            for worry in library.worries
            if worry.entry in library.entry  # it may have been withdrawn
        ]

    def beside(self, question: str, main: str) -> tuple[Worry, ...]:
        """The worries that an answer led by the entry ``main`` leaves out, in the order they are named."""
        named = [
            (first.start(), worry)
            for worry, words, unless in self._heard
            if (first := words.search(question)) and not unless.search(question)
        ]
        left = [
            worry for _, worry in sorted(named, key=itemgetter(0)) if not self._tells(main, worry)
        ]
        return _one_each(left)[:MOST_WORRIES]

    def _tells(self, main: str, worry: Worry) -> bool:
        entry = self._library.entry
        if main in (worry.entry, *worry.answered_by):
            return True
        topic = entry[worry.entry].topic
        return topic not in SEVERAL_WORRIES and entry[main].topic == topic


def _quoted(words: Sequence[str]) -> tuple[str, ...]:
    """The words, and as a collector says them: 抓我 is 抓你 in his message."""
    return tuple(dict.fromkeys([*words, *(word.replace("我", "你") for word in words)]))


def _one_each(worries: Sequence[Worry]) -> tuple[Worry, ...]:
    """Without a worry that the sentence of one before it tells of."""
    kept: list[Worry] = []
    for worry in worries:
        if not any(worry.entry in other.answered_by for other in kept):
            kept.append(worry)
    return tuple(kept)
