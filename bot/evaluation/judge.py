"""What one reply got right, and what it should not have said."""

import re
from dataclasses import dataclass

from bot.answering.reply import Reply, Source, Status
from bot.chinese.normalise import normalise
from bot.evaluation.cases import Case
from bot.knowledge.library import Library
from bot.knowledge.mentions import ArticleMentions

_SPACE_BESIDE_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff]) +| +(?=[\u4e00-\u9fff])")
_SENTENCE_END = re.compile(r"[。；\n]")
# A sentence that puts a wrong statement right has to name it.
_PUT_RIGHT = re.compile(
    r"不再|不是|不存在|不等于|不能|不可|不会|不得|不受理|不适用|不必|没有|并非|已经?(?:改|被|废|失效|取代)"
    r"|旧|原来|说法|误|骗|假|别|不要|拒绝|小心|\bnot\b|\bno\b|myth"
)
_UNANSWERED = {Status.NO_SOURCE, Status.REFUSED, Status.CLARIFY}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one reply fared against its labels.

    ``cited`` are the provisions that the answer names, and ``backed`` those of them that stand
    among its sources and in the library; ``right_source`` is None where none was asked for.
    """

    case: Case
    status: str
    answer: str
    said: tuple[bool, ...]
    forbidden: tuple[str, ...]
    cited: frozenset[tuple[str, str]]
    backed: frozenset[tuple[str, str]]
    right_source: bool | None
    entries: tuple[str, ...]
    confidence: float
    took_ms: float

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the points that were not said."""
        pairs = zip(self.case.points, self.said, strict=True)
        return tuple(point.name for point, said in pairs if not said)

    @property
    def complete(self) -> bool:
        """Whether every expected point was said."""
        return all(self.said)

    @property
    def right_outcome(self) -> bool:
        """Whether the turn ended as it should: by default, with an answer."""
        if not self.case.outcomes:
            return self.status not in _UNANSWERED
        says = any(each.search(self.answer) for each in self.case.or_says)
        return self.status in self.case.outcomes or says


class Judge:
    """Scores replies against what the library holds."""

    def __init__(self, library: Library) -> None:
        self._mentions = ArticleMentions(library.instruments)
        self._library = {
            (instrument.id, provision.article)
            for instrument in library.instruments
            for provision in instrument.provisions
        }

    def __call__(self, case: Case, reply: Reply, took_ms: float) -> Verdict:
        """The verdict on one reply."""
        answer = comparable(reply.text)
        cited = frozenset(self._mentions.in_text(answer))
        sources = {pair for source in reply.sources for pair in self._pairs(source)}
        wanted = {pair for cite in case.cite for pair in self._mentions.in_text(as_citation(cite))}
        return Verdict(
            case=case,
            status=reply.status,
            answer=answer,
            said=tuple(point.said_in(answer) for point in case.points),
            forbidden=tuple(forbidden_sentences(case, answer)),
            cited=cited,
            backed=frozenset(cited & sources & self._library),
            right_source=bool(wanted & sources) if wanted else None,
            entries=reply.passages,
            confidence=reply.confidence,
            took_ms=took_ms,
        )

    def _pairs(self, source: Source) -> set[tuple[str, str]]:
        return set(self._mentions.in_text(normalise(f"{source.title}{source.locator}")))


def comparable(text: str) -> str:
    """An answer as the labels spell it: simplified, half-width, no marks or gaps.

    >>> comparable("**打 12378**，１５日內")
    '打12378,15日内'
    """
    plain = normalise(text).replace("**", "").replace("，", ",")
    return _SPACE_BESIDE_CHINESE.sub("", plain)


def as_citation(label: str) -> str:
    """A label such as ``民法典 1033`` as an answer would say it."""
    law, _, article = label.rpartition(" ")
    number, _, inserted = article.partition("-")
    return f"{law}第{number}条" + (f"之{inserted}" if inserted else "")


def forbidden_sentences(case: Case, answer: str) -> list[str]:
    """The sentences that state what must not be stated."""
    return [
        sentence
        for sentence in _SENTENCE_END.split(answer)
        if any(wrong.search(sentence) for wrong in case.forbidden)
        and not _PUT_RIGHT.search(sentence)
    ]
