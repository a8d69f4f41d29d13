"""Whether a claim turns its source around: 必须开门 where the source says 不要开门."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_CLAUSE_END = re.compile(r"[，。；：！？、,;:!?\n（）()]+|\.\s")
_NEGATION = re.compile(
    r"不(?=.)|没有?|无(?=[权须需法])|未|别(?=[去给签打点接理转])|勿|禁止|拒绝|违法|非法|犯法"
    r"|\b(?:not|no|never|cannot|without|nothing|illegal|unlawful)\b|n't\b",
    re.IGNORECASE,
)
# Words of obligation and permission: they differ between two wordings of one rule.
_MODAL = re.compile(
    r"不得|不能|不可以?|不要|不用|不必|不需要?|不会|不应当?|无需|无须|无权|没有(?:义务|权利|权力|责任|资格)?"
    r"|必须|应当|应该|可以|需要|一定|有(?:义务|权利|权力|责任|资格|权)|能够?|会|要|得|禁止|请|先"
    r"|[你您他她它们的了是就也都还]|违法|非法|合法|犯法"
)
_LATIN_WORD = re.compile(r"[a-z]{2,}", re.IGNORECASE)
_LITTLE_WORDS = """the you your they their them is are be to of in on at and or an it its if may can
must should will do does not no never cannot have has for with that this by"""
_LITTLE = frozenset(_LITTLE_WORDS.split())
ALIGNED = 0.6
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Clause:
    """The content of a clause, and whether it is denied."""

    content: frozenset[str]
    denied: bool


def clauses(text: str) -> list[Clause]:
    """The clauses of a text that say enough to be compared."""
    parts = (_clause(part) for part in _CLAUSE_END.split(text) if part)
    return [part for part in parts if len(part.content) >= FEWEST]


def turned_around(claim: str, source: Iterable[Clause]) -> list[str]:
    """The clauses of a claim that the source says only the other way round.

    >>> turned_around("你必须给他们开门签字", clauses("不要开门签字"))
    ['你必须给他们开门签字']
    """
    known = list(source)
    return [part for part in _CLAUSE_END.split(claim) if part and _is_turned(_clause(part), known)]


def content(text: str) -> frozenset[str]:
    """The pairs of Chinese characters and the Latin words that carry a text's meaning."""
    bare = _MODAL.sub(" ", text)
    pairs = {
        run[i : i + 2] for run in re.findall(r"[\u4e00-\u9fff]+", bare) for i in range(len(run) - 1)
    }
    words = {word.casefold() for word in _LATIN_WORD.findall(text)} - _LITTLE
    return frozenset(pairs | words)


def _clause(text: str) -> Clause:
    return Clause(content(text), len(_NEGATION.findall(text)) % 2 == 1)


def _is_turned(said: Clause, known: list[Clause]) -> bool:
    if len(said.content) < FEWEST:
        return False
    alike = [each for each in known if _shared(said, each) >= ALIGNED]
    return bool(alike) and all(each.denied is not said.denied for each in alike)


def _shared(one: Clause, other: Clause) -> float:
    return len(one.content & other.content) / len(one.content)
