"""Claims that need a source and name none, and claims that are known to be wrong."""

import re
from collections.abc import Iterator

from bot.answering.screening.concept import Concept
from ingest.assess.words import Words, every, folded
from ingest.intake import Code, Concern, Document
from ingest.sentences import sentences

SOURCE = re.compile(
    r"《[^》]{2,60}》|第[零〇一二两三四五六七八九十百千\d]+条|[〔\[(（]\d{4}[〕\])）]\s*\d+号"
    r"|gb/t\s*\d+|据[^,。]{2,20}(?:公布|公告|通报|发布|公开)|https?://"
    r"|[\u4e00-\u9fff]{2,12}(?:法|条例|办法|解释)(?:规定|明确)?第"
)
FIGURE = re.compile(
    r"\d+(?:\.\d+)?\s*(?:%|‰|倍|年以下|个月以上|年以上|日内|天内|个工作日|元以上|万元|元以下)"
    r"|(?:逾期|超过|满|连续|不少于|至少|最长|最多)\s*[\d一二三四五六七八九十]+\s*(?:天|日|个月|期|年|次)"
)


CLAUSE_END = re.compile(r"[,，;；]")


class ClaimsJudge:
    """Looks at each sentence; a source counts for the paragraph it stands in."""

    def __init__(self, words: Words) -> None:
        self._vague = Concept(words["vague_source"])
        self._legal = Concept(words["legal_claim"])
        self._mistakes = [(Concept(each["said"]), each["right"]) for each in words["mistakes"]]
        self._denied = Concept(words["denied"])

    def __call__(self, document: Document) -> Iterator[Concern]:
        """A concern for each claim without a source, and for each known mistake."""
        for block in document.blocks:
            sourced = SOURCE.search(folded(block.text)) is not None
            for sentence in sentences(block.text):
                plain = folded(sentence)
                yield from self._mistaken(plain, sentence, block.line)
                if not sourced and (claim := self._claim(plain)):
                    reason = f"claims without a source: {claim}"
                    yield Concern(Code.NO_SOURCE, block.line, reason, sentence)

    def _claim(self, plain: str) -> str | None:
        """What in a sentence would need a source."""
        if vague := self._vague.first(plain):
            return vague
        legal = self._legal.first(plain)
        figure = FIGURE.search(plain)
        return f"{legal} … {figure[0]}" if legal and figure else None

    def _mistaken(self, plain: str, sentence: str, line: int) -> Iterator[Concern]:
        for said, right in self._mistakes:
            for words in every(said, plain):
                if not self._is_denied(words, plain):
                    yield Concern(Code.KNOWN_MISTAKE, line, f"“{words}”: {right}", sentence)

    def _is_denied(self, words: str, plain: str) -> bool:
        """Whether a sentence speaks against the mistake: before it, or in the same clause."""
        before, _, after = plain.partition(words)
        return self._denied.first(before + words + CLAUSE_END.split(after)[0]) is not None
