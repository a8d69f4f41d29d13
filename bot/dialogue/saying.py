"""What a step of the dialogue says: reviewed wording in the reader's script."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answering.finish import in_traditional
from bot.answering.reply import Action, Document, Engine, Reply, Source, Status
from bot.answering.turn import Turn
from bot.chinese.normalise import simplified
from bot.chinese.scripts import script_of, traditionalise
from bot.knowledge.vocabulary import Language

_HAN = re.compile(r"[\u3400-\u9fff]")


def said(
    turn: Turn,
    text: str,
    buttons: Sequence[str | Action] = (),
    *,
    asks: bool = False,
    more: str = "",
    documents: Sequence[Document] = (),
    sources: Sequence[Source] = (),
) -> Turn:
    """The turn with its reply; a button sends its own words unless an action says otherwise."""
    language = script_read(turn)
    reply = Reply(
        Status.CLARIFY if asks else Status.ANSWERED,
        text,
        language,
        actions=tuple(each if isinstance(each, Action) else Action(each, each) for each in buttons),
        sources=tuple(sources),
        engine=Engine.REVIEWED_WORDING,
        more=more,
        documents=tuple(documents),
        confidence=1.0,
    )
    if language is Language.TRADITIONAL:
        reply = in_traditional(reply)
    return replace(turn, language=language, reply=reply)


def script_read(turn: Turn) -> Language:
    """The reader's script; 「5800」 shows none, so the words before it decide."""
    if turn.wanted_language is not None or turn.language is not Language.SIMPLIFIED:
        return turn.language
    if answers_english(turn, longest_name=0):
        return Language.ENGLISH
    return next(filter(None, map(_shown, _words(turn))), turn.language)


def answers_english(turn: Turn, longest_name: int) -> bool:
    """Whether a message without words of a language answers an English one; a name may be Chinese."""
    before = next((each.text for each in reversed(turn.context) if each.role == "assistant"), "")
    return script_of(before) == "en" and len(_HAN.findall(turn.text)) <= longest_name


def _words(turn: Turn) -> Iterator[str]:
    yield turn.text
    yield from (each.text for each in reversed(turn.context))


def _shown(text: str) -> Language | None:
    """The script that a text shows by a character that only it has."""
    traditional = simplified(text) != text
    if traditional == (traditionalise(text) != text):
        return None
    return Language.TRADITIONAL if traditional else Language.SIMPLIFIED
