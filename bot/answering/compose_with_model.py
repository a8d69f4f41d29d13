"""Let a language model word the answer from the same passages; any failure leaves it assembled."""

import logging
import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path

from bot.answering.composing.lines import lines_of
from bot.answering.grounding.quantities import quantities
from bot.answering.grounding.sources import Sources
from bot.answering.model import LanguageModel
from bot.answering.reply import Engine, Status
from bot.answering.thinking import think
from bot.answering.turn import Turn
from bot.errors import ModelUnavailable
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language

log = logging.getLogger(__name__)

MOST_CLAIMS = 12
LONGEST_CLAIM = 200
FEWEST_CHARACTERS = 40
LANGUAGE_NAMES = {
    Language.SIMPLIFIED: "简体中文",
    Language.TRADITIONAL: "繁體中文",
    Language.ENGLISH: "English",
}
_FRAME = {ord("<"): "＜", ord(">"): "＞"}
_SENTENCE_END = re.compile(r"[。！？；：.!?:;）)”*]$")
_STEP = re.compile(r"^\d{1,2}[.、)]\s*")
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


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of a model's answer, and the numbers of the passages it names."""

    text: str
    passages: tuple[int, ...]


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
        try:
            claims = [claim async for claim in self._claims(turn, passages)]
        except ModelUnavailable as fault:
            log.warning("model unavailable", extra={"turn": turn.id, "fault": str(fault)})
            return turn
        text = in_order(claims)
        if not await think(is_whole, text, assembled.text):
            log.warning("model left out what matters", extra={"turn": turn.id})
            return turn
        draft = replace(assembled, text=text, engine=Engine.MODEL)
        sources = Sources(passages, self._library.instruments)
        return replace(turn, draft=draft, assembled=assembled, sources=sources)

    async def _claims(self, turn: Turn, passages: Sequence[str]) -> AsyncIterator[str]:
        """The grounded claims, each as soon as its line is whole."""
        held_to = cache(lambda named: self._sources(passages, named))
        said = 0
        async for claim in claims(
            self._model.stream(self._prompt.system, self._asked(turn, passages))
        ):
            if not await think(stands, claim, len(passages), held_to):
                log.info("guard left a model's line out", extra={"turn": turn.id})
                continue
            said += 1
            if said > MOST_CLAIMS:
                return
            if turn.listener is not None:
                await turn.listener(claim.text)
            yield claim.text

    def _sources(self, passages: Sequence[str], named: Sequence[int]) -> Sources:
        return Sources([passages[number - 1] for number in named], self._library.instruments)

    def _asked(self, turn: Turn, passages: Sequence[str]) -> str:
        """The question and the passages; a question cannot close the frame it is put in."""
        assert turn.understanding is not None
        question = "\n".join(turn.understanding.questions) or turn.text
        return self._prompt.user.format(
            question=question.translate(_FRAME),
            passages="\n\n".join(f"[{n}] {text}" for n, text in enumerate(passages, 1)),
            language=LANGUAGE_NAMES[turn.language],
        )

    def _passages(self, turn: Turn) -> list[str]:
        ids = dict.fromkeys(hit.passage.id for hits in turn.found for hit in hits[:3])
        entries = [self._library.entry[each] for each in ids if each in self._library.entry]
        texts = ["\n".join(line.text for line in lines_of(entry)) for entry in entries]
        assert turn.draft is not None
        return [turn.draft.text, *texts]


def stands(claim: Claim, passages: int, held_to: Callable[[tuple[int, ...]], Sources]) -> bool:
    """Whether a claim names passages that there are, and says nothing beyond them."""
    if max(claim.passages) > passages:
        return False
    return not held_to(claim.passages).ungrounded(claim.text)


async def whole_lines(pieces: AsyncIterator[str]) -> AsyncIterator[str]:
    """Lines out of a stream's pieces; the last one counts only because the stream ended well."""
    rest = ""
    async for piece in pieces:
        *lines, rest = (rest + piece).split("\n")
        for line in lines:
            yield line
    yield rest


async def claims(pieces: AsyncIterator[str]) -> AsyncIterator[Claim]:
    """The whole claims of a stream; the tail of a line that was broken in two is none."""
    whole_before = True
    async for line in whole_lines(pieces):
        claim = read_claim(line)
        if claim is not None and whole_before:
            yield claim
        if line.strip():
            whole_before = claim is not None or bool(_SENTENCE_END.search(line.strip()))


def read_claim(line: str) -> Claim | None:
    """The words of a claim that names its passages, or nothing.

    >>> read_claim("1. 先不开门。[1]"), read_claim("随便说说"), read_claim("有据。[0]")
    (Claim(text='1. 先不开门。', passages=(1,)), None, None)
    """
    found = _CLAIM.match(line.strip())
    if found is None or not found["text"] or len(found["text"]) > LONGEST_CLAIM:
        return None
    named = tuple(int(number) for number in re.findall(r"\d+", found["passages"]))
    return Claim(found["text"], named) if min(named) >= 1 else None


def in_order(said: Sequence[str]) -> str:
    """The claims as one text, its steps numbered without gaps.

    >>> in_order(["先不开门。", "1. 报警。", "4. 录音。"])
    '先不开门。\\n1. 报警。\\n2. 录音。'
    """
    number = count(1)
    return "\n".join(_STEP.sub(lambda _: f"{next(number)}. ", claim) for claim in said)


def is_whole(worded: str, assembled: str) -> bool:
    """Whether a worded answer says enough, and every figure of the assembled conclusion."""
    conclusion = assembled.split("\n", 1)[0]
    long_enough = len(worded) >= min(FEWEST_CHARACTERS, len(assembled) // 2)
    return long_enough and quantities(conclusion) <= quantities(worded)


def _without_version(text: str) -> str:
    return text.split("\n", 1)[1].strip() if text.startswith("<!-- version") else text.strip()
