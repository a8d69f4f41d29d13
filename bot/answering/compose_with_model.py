"""Let a language model word the answer from the same passages; any failure leaves it assembled."""

import logging
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answering.composing.lines import lines_of
from bot.answering.ground import Sources
from bot.answering.model import LanguageModel
from bot.answering.reply import Engine, Status
from bot.answering.turn import Turn
from bot.errors import ModelUnavailable
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language

log = logging.getLogger(__name__)

MOST_CLAIMS = 12
LANGUAGE_NAMES = {
    Language.SIMPLIFIED: "简体中文",
    Language.TRADITIONAL: "繁體中文",
    Language.ENGLISH: "English",
}
_CLAIM = re.compile(r"^(?P<text>.*?)\s*\[(?P<passages>\d+(?:\s*[,，、]\s*\d+)*)\]\s*[。.]?$")


@dataclass(frozen=True, slots=True)
class Prompt:
    """The two prompts of the answer, read from ``prompts/``."""

    system: str
    user: str

    @classmethod
    def read(cls, folder: Path) -> "Prompt":
        """The prompts of a folder, without their version lines."""
        system, tone, user = (
            _without_version((folder / name).read_text("utf-8"))
            for name in ("answer_system.md", "tone.md", "answer_user.md")
        )
        return cls(f"{system}\n{tone}", user)


class ComposeWithModel:
    """Word the draft again with a model, claim by claim, each held to its passages."""

    def __init__(self, model: LanguageModel, prompt: Prompt, library: Library) -> None:
        self._model = model
        self._prompt = prompt
        self._library = library

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with a worded draft, or with the assembled one where the model failed."""
        assembled = turn.draft
        assert assembled is not None
        if assembled.status is not Status.ANSWERED or not assembled.entries:
            return turn
        passages = self._passages(turn)
        sources = Sources(passages, self._library.instruments)
        try:
            claims = [claim async for claim in self._claims(turn, passages, sources)]
        except ModelUnavailable as fault:
            log.warning("model unavailable", extra={"turn": turn.id, "fault": str(fault)})
            return turn
        if not claims:
            log.warning("model said nothing grounded", extra={"turn": turn.id})
            return turn
        draft = replace(assembled, text="\n".join(claims), engine=Engine.MODEL)
        return replace(turn, draft=draft, assembled=assembled, sources=sources)

    async def _claims(
        self, turn: Turn, passages: Sequence[str], sources: Sources
    ) -> AsyncIterator[str]:
        """The grounded claims, each as soon as its line is whole."""
        user = self._prompt.user.format(
            question=turn.text,
            passages="\n\n".join(f"[{n}] {text}" for n, text in enumerate(passages, 1)),
            language=LANGUAGE_NAMES[turn.language],
        )
        said = 0
        async for line in whole_lines(self._model.stream(self._prompt.system, user)):
            claim = read_claim(line, len(passages))
            if claim is None or sources.ungrounded(claim):
                continue
            said += 1
            if said > MOST_CLAIMS:
                return
            if turn.listener is not None:
                await turn.listener(claim)
            yield claim

    def _passages(self, turn: Turn) -> list[str]:
        ids = dict.fromkeys(hit.passage.id for hits in turn.found for hit in hits[:3])
        entries = [self._library.entry[each] for each in ids if each in self._library.entry]
        texts = ["\n".join(line.text for line in lines_of(entry)) for entry in entries]
        assert turn.draft is not None
        return [turn.draft.text, *texts]


async def whole_lines(pieces: AsyncIterator[str]) -> AsyncIterator[str]:
    """Lines out of a stream's pieces; the last one counts only because the stream ended well."""
    rest = ""
    async for piece in pieces:
        *lines, rest = (rest + piece).split("\n")
        for line in lines:
            yield line
    yield rest


def read_claim(line: str, passages: int) -> str | None:
    """The words of a claim that names its passages, or nothing.

    >>> read_claim("1. 先不开门。[1]", 2), read_claim("随便说说", 2), read_claim("有据。[7]", 2)
    ('1. 先不开门。', None, None)
    """
    found = _CLAIM.match(line.strip())
    if found is None or not found["text"]:
        return None
    named = [int(number) for number in re.findall(r"\d+", found["passages"])]
    return found["text"] if all(1 <= number <= passages for number in named) else None


def _without_version(text: str) -> str:
    return text.split("\n", 1)[1].strip() if text.startswith("<!-- version") else text.strip()
