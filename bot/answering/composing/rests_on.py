"""Which of the entries' citations the shown lines rest on."""

from bot.answering.composing.choose import Choice
from bot.answering.composing.shelf import Shelf
from bot.knowledge.entry import Citation
from bot.knowledge.library import Library

# Of an English answer: so many sources of the best entry, which names the weightiest first.
MOST_CITED = 6
_HEARSAY = "据公开"


class RestsOn:
    """Picks citations: those of the shown lines, and those an entry as a whole rests on."""

    def __init__(self, library: Library, shelf: Shelf) -> None:
        self._library = library
        self._shelf = shelf

    def __call__(self, choice: Choice, told: str) -> tuple[Citation, ...]:
        """The citations behind a choice of lines, those of its lines first."""
        wanted = [
            citation
            for entry in choice.entries
            for citation in self._library.entry[entry].citations
            if self._stands_behind(citation, entry, choice, told)
        ]
        return tuple(sorted(wanted, key=lambda each: _passage(each) not in choice.cites))

    def _stands_behind(self, citation: Citation, entry: str, choice: Choice, told: str) -> bool:
        if citation.article is None:
            return _HEARSAY in told or entry == choice.entries[0]
        passage = _passage(citation)
        return passage in choice.cites or not any(
            passage in line.cites for line in self._shelf.lines(entry)
        )


def _passage(citation: Citation) -> str:
    return f"{citation.instrument}:{citation.article}"
