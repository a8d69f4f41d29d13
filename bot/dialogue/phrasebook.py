"""What the interview, the rate check and the offers say, and hear, in another language.

They themselves speak one language, so their questions and their reading of answers stay in one
place; the other language is a reviewed list of sentences. One that nobody has put into it is said
as it is.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import yaml

from bot.answering.turn import Turn
from bot.dialogue.saying import HAN, answers_english
from bot.knowledge.vocabulary import Language

LONGEST_NAME = 6  # characters

# What a value may be: figures, several words in a row, or else words without a pause.
FIGURES = frozenset(
    ("sum", "count", "days", "months", "longest", "interest", "total", "monthly", "rate", "share",
     "gap", "pledge", "people", "each", "figure", "received")
)  # fmt: skip
SEVERAL = frozenset(("told", "known", "question", "value", "shares", "reason", "words", "plan"))
_VALUE = re.compile(r"\\{(\w+)\\}")
_BETWEEN = {"；": "; ", "，": ", ", "、": ", "}  # what parts most comes first
_BOLD = re.compile(r"\*\*(.+)\*\*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is looked for, and how it is said."""

    pattern: re.Pattern[str]
    said: str

    @classmethod
    def of(cls, wanted: str, said: str) -> Self:
        """A sentence with its values in braces."""
        return cls(re.compile(_VALUE.sub(_value, re.escape(wanted))), said)


class Phrasebook:
    """Our sentences in a reader's language, and a reader's replies in ours."""

    def __init__(
        self,
        pressed: Mapping[str, str],
        said: Mapping[str, str],
        understood: Mapping[str, str] | None = None,
        words: Mapping[str, str] | None = None,
        comma: str = "，",
    ) -> None:
        self.comma = comma
        self._said = _particular_first({**pressed, **said}.items())
        self._pressed = {theirs.lower(): ours for ours, theirs in pressed.items()}
        self._understood = _compiled(understood or {})
        self._words = _compiled(words or {})

    @classmethod
    def read(cls, *paths: Path) -> "Phrasebook":
        """The sentences of YAML files, those of the first file looked at first."""
        books = [yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader) for path in paths]
        parts = ("pressed", "said", "understood", "words")
        merged = [{k: v for book in books for k, v in book[part].items()} for part in parts]
        pressed, said, understood, words = merged
        return cls(pressed, said, understood, words, comma=", ")

    def say(self, text: str) -> str:
        """What we say, line by line.

        >>> book = Phrasebook({}, {"收入": "income", "{what} {sum} 元": "{what} {sum} yuan"})
        >>> book.say("收入 6,500 元")
        'income 6,500 yuan'
        """
        return "\n".join(self._line(line) for line in text.split("\n"))

    def hear(self, text: str, *, told: bool = True) -> str:
        """A reply as the interview reads it; ``told`` says that its words may be put into ours.

        >>> Phrasebook({"没有了": "Nothing more"}, {}).hear("nothing more.")
        '没有了'
        """
        plain = text.strip(" .!。！")
        for pattern, ours in self._understood:
            if found := pattern.fullmatch(plain):
                return found.expand(ours)
        if pressed := self._pressed.get(plain.lower()):
            return pressed
        for pattern, ours in self._words if told else ():
            text = pattern.sub(ours, text)
        return text

    def _line(self, line: str) -> str:
        if not HAN.search(line):
            return line
        if bold := _BOLD.fullmatch(line):
            return f"**{self._line(bold[1])}**"
        return self._whole(line) or self._listed(line)

    def _whole(self, line: str) -> str | None:
        """The line by the sentence that it is, its values put into the other language too."""
        for sentence in self._said:
            if found := sentence.pattern.fullmatch(line):
                values = {name: self._line(value) for name, value in found.groupdict().items()}
                return sentence.said.format(**values)
        return None

    def _listed(self, line: str) -> str:
        """Several values in a row, each by itself; a sentence of its own is none."""
        between = next((each for each in _BETWEEN if each in line), None)
        if between is None or line.endswith("。"):
            return line
        parts = line.split(between)
        said = [self._line(part) for part in parts]
        return line if said == parts else _BETWEEN[between].join(said)


def _particular_first(sentences: Iterable[tuple[str, str]]) -> list[Sentence]:
    """The sentence with most words of its own first."""
    by_words = sorted(sentences, key=lambda each: -len(re.sub(r"\{\w+\}", "", each[0])))
    return [Sentence.of(wanted, said) for wanted, said in by_words]


def _compiled(words: Mapping[str, str]) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(rf"\b(?:{each})", re.IGNORECASE), said) for each, said in words.items()]


def _value(found: re.Match[str]) -> str:
    name = found[1]
    if name in FIGURES:
        return rf"(?P<{name}>[\d,.%]+)"
    return rf"(?P<{name}>.+?)" if name in SEVERAL else rf"(?P<{name}>[^，；]+?)"


OUR_OWN = Phrasebook({}, {})  # for readers of the language that the interview speaks


def reader_of(turn: Turn, english: Phrasebook) -> tuple[Turn, Phrasebook]:
    """The turn in its reader's language, and the book for it; a lender's Chinese name changes neither."""
    chosen = turn.wanted_language is not None or turn.language is Language.ENGLISH
    if turn.language is Language.ENGLISH or (not chosen and answers_english(turn, LONGEST_NAME)):
        return replace(turn, language=Language.ENGLISH), english
    return turn, OUR_OWN
