"""Word an answer from the entries found: the best one's conclusion, then the lines chosen."""

from collections.abc import Sequence

from bot.answering.composing.choose import Choice
from bot.answering.composing.glosses import Glosses
from bot.answering.composing.part import Part
from bot.answering.composing.reminders import Reminders
from bot.answering.composing.rests_on import MOST_CITED, RestsOn
from bot.answering.composing.show import said_once, show
from bot.answering.composing.worries_told import citations_of, entries_with, lines_for
from bot.knowledge.entry import Entry
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language, LenderType
from bot.knowledge.worry import Worry
from bot.wording import Wording

# An English answer has no lines to choose from: the conclusion of the next entry is told, with so many
# of its sources.
MOST_CITED_NEAR = 2
OF_PEOPLE = "between_people"  # the reminders where no institution lent: none takes a complaint


class FromEntries:
    """The words of entries, in Chinese and in English."""

    def __init__(
        self,
        library: Library,
        wording: Wording,
        reminders: Reminders,
        glosses: Glosses,
        rests_on: RestsOn,
    ) -> None:
        self._library = library
        self._wording = wording
        self._reminders = reminders
        self._glosses = glosses
        self._rests_on = rests_on

    def in_chinese(
        self, main: Entry, choice: Choice, worries: Sequence[Worry], confidence: float
    ) -> Part:
        """The conclusion, the worries named beside it, the lines, and a habit that helps."""
        shown = (*lines_for(worries), *choice.shown)
        told = said_once(f"**{main.short_answer}**\n\n{show(shown)}")
        reminder = self._reminders(_kind(main), told)
        return Part(
            text=f"{told}\n· {reminder}" if reminder else told,
            more=show(choice.rest),
            entries=entries_with(choice.entries, worries),
            citations=(*self._rests_on(choice, told), *citations_of(worries)),
            confidence=confidence,
        )

    def in_english(
        self, main: Entry, choice: Choice, worries: Sequence[Worry], confidence: float
    ) -> Part:
        """The same for a reader of English; in Chinese, with a note, where an entry has no English."""
        if main.english is None:
            note = self._wording.say("no_english", Language.ENGLISH)
            text = f"{note}\n\n**{main.short_answer}**\n\n{show(choice.shown)}"
            citations = self._rests_on(choice, text)
            return Part(text, show(choice.rest), choice.entries, citations, confidence)
        steps = "\n".join(f"{n}. {step}" for n, step in enumerate(main.english.steps, 1))
        told = [f"**{main.english.short_answer}**", steps]
        told += [f"· {each.says_en}" for each in worries]
        entries = [*entries_with((main.id,), worries)]
        citations = (*main.citations[:MOST_CITED], *citations_of(worries))
        near = () if worries else choice.found[1:2]
        for other in (self._library.entry[each] for each in near):
            if other.english is not None:
                told.append(f"· {other.english.short_answer}")
                entries.append(other.id)
                citations += other.citations[:MOST_CITED_NEAR]
        words = "\n\n".join(filter(None, told))
        if reminder := self._reminders(_kind(main), words, Language.ENGLISH):
            words += f"\n\n· {reminder}"
        return Part(self._glosses(words), "", tuple(entries), citations, confidence)


def _kind(entry: Entry) -> str:
    """Which reminders an answer led by the entry gets."""
    return OF_PEOPLE if _among_people(entry) else entry.topic


def _among_people(entry: Entry) -> bool:
    return set(entry.lender_types) <= {LenderType.PRIVATE, LenderType.ILLEGAL}
