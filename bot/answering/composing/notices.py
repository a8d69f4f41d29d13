"""What a reader is told where the law behind an answer changed and nobody has looked at it since."""

from collections.abc import Iterable

from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language
from bot.wording import Wording


def notices(
    entries: Iterable[str],
    provisions: Iterable[str],
    library: Library,
    wording: Wording,
    language: Language,
) -> list[str]:
    """One sentence for each instrument that is marked and behind what is shown."""
    marked = {mark.instrument: mark for mark in library.marks}
    behind = [library.to_check[each] for each in entries if each in library.to_check]
    behind += [name for each in provisions if (name := each.partition(":")[0]) in marked]
    sentence = wording.say("under_check", language)
    return [
        sentence.format(name=library.instrument[each].short_name, date=marked[each].since)
        for each in dict.fromkeys(behind)
        if each in marked and each in library.instrument
    ]
