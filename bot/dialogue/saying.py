"""What a step of the dialogue says: reviewed wording in the reader's script."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answering.finish import in_traditional
from bot.answering.reply import Action, Document, Engine, Reply, Source, Status
from bot.answering.screening.outcome import Outcome
from bot.answering.turn import Turn
from bot.chinese.normalise import simplified
from bot.chinese.scripts import script_of, traditionalise
from bot.knowledge.vocabulary import Language, Risk

_FIGURES_WAIT = {Outcome.VIOLENCE_NOW, Outcome.AT_THE_DOOR, Outcome.SCAM_IN_PROGRESS}

HAN = re.compile(r"[\u3400-\u9fff]")


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
    """The turn with its reply; a button sends its own words unless an action says otherwise.

    What the safety screen said about the message is said beside it: a danger told in passing is
    answered, and what was asked for comes all the same.
    """
    language = script_read(turn)
    early = turn.early
    whole = early.beside(text) if early else text
    offered = (*(early.actions if early else ()), *map(_action, buttons))
    reply = Reply(
        Status.CLARIFY if asks else Status.ANSWERED,
        whole,
        language,
        actions=offered,
        sources=tuple(sources),
        risk=turn.screening.risk if turn.screening else Risk.NONE,
        engine=Engine.REVIEWED_WORDING,
        more=more,
        documents=tuple(documents),
        confidence=1.0,
    )
    if language is Language.TRADITIONAL:
        reply = in_traditional(reply)
    return replace(turn, language=language, reply=reply)


def danger_comes_first(turn: Turn) -> bool:
    """Whether figures must wait: somebody threatens, stands at the door, or swindles."""
    return turn.screening is not None and turn.screening.outcome in _FIGURES_WAIT


def _action(button: str | Action) -> Action:
    return button if isinstance(button, Action) else Action(button, button)


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
    return script_of(before) == "en" and len(HAN.findall(turn.text)) <= longest_name


def _words(turn: Turn) -> Iterator[str]:
    yield turn.text
    yield from (each.text for each in reversed(turn.context))


def _shown(text: str) -> Language | None:
    """The script that a text shows by a character that only it has."""
    traditional = simplified(text) != text
    if traditional == (traditionalise(text) != text):
        return None
    return Language.TRADITIONAL if traditional else Language.SIMPLIFIED
