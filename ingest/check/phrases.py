"""Phrases that mislead, promise or scold, except where the line sets them right."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.check.wording import everything
from ingest.finding import Finding
from ingest.load.knowledge_base import Sources

SET_RIGHT = r"不|没有?|误|已|骗|无|别|未|曾|旧|假|违规|打击|黑灰产|\bno\b|\bnot\b"


class Phrase(NamedTuple):
    """What may not be written, why, and the words that make it a correction."""

    code: str
    pattern: re.Pattern[str]
    reason: str
    unless: re.Pattern[str] | None = None


def _phrase(code: str, pattern: str, reason: str, unless: str | None = None) -> Phrase:
    return Phrase(code, re.compile(pattern), reason, re.compile(unless) if unless else None)


OFFICIAL_NAMES = {"name", "short_names", "issuer", "number"}

PHRASES = (
    _phrase("exclamation", r"[!！]", "no exclamation marks"),
    _phrase("pet-name", r"(?:^|[，。；、：“「\s])亲(?:[，,~～！!]|$)|亲爱的", "nobody here is 亲"),
    _phrase("must-agree", r"必须(?:同意|答应|接受)", "lenders may refuse", r"不|没有|无|误|骗"),
    _phrase(
        "promised-outcome",
        r"保证成功|百分百成功|100%成功|包成功|一定能(?:谈成|成功|协商下来|减免)",
        "nobody can promise an outcome",
        SET_RIGHT,
    ),
    _phrase("no-such-body", r"信用卡协会|催收协会", "takes no complaints", SET_RIGHT),
    _phrase(
        "old-regulator",
        r"银监会|银保监会",
        "has been 国家金融监督管理总局 since 2023",
        r"已|改|原|撤销|旧|令\s*20|20(?:0|1|20|21|22)",
    ),
    _phrase(
        "dead-rate-rule",
        r"24%?\s*(?:[-—–~～至到和、]|以上至)\s*36%|两线三区",
        "replaced in 2020 by four times LPR",
        SET_RIGHT,
    ),
    _phrase("no-such-right", r"停息挂账", "not a right under any law", SET_RIGHT),
    _phrase(
        "visit-myth",
        r"(?:逾期|超过|满)\s*(?:30|三十|60|90)\s*[天日].{0,8}上门|超过?\s*[5五]\s*万.{0,6}上门",
        "no rule says when a visit follows",
        SET_RIGHT,
    ),
    _phrase(
        "closed-window",
        r"一次性信用修复",
        "closed on 2026-03-31",
        r"已|截止|结束|过期|不再|2026-03-31|3月31日",
    ),
    _phrase(
        "old-arbitration-limit",
        r"撤销.{0,12}裁决.{0,16}(?:六|6)\s*个月|(?:六|6)\s*个月.{0,12}撤销.{0,8}裁决",
        "three months since 2026-03-01",
        r"旧|原|改|不再",
    ),
    _phrase(
        "leans-on-context", r"(?<!合)同上|如上所述|上述|前述|这种情况", "a line must stand alone"
    ),
)


def check(sources: Sources) -> Iterator[Finding]:
    """Lines with a phrase that has no place here."""
    for holder, line in everything(sources):
        if line.place[0] in OFFICIAL_NAMES:
            continue
        for phrase in PHRASES:
            found = phrase.pattern.search(line.text)
            if found and not _excused(phrase, line.place[0] == "title", line.text):
                message = f"{{words}}: {phrase.reason}"
                yield holder.finding(phrase.code, message, *line.place, words=found[0])


def _excused(phrase: Phrase, is_title: bool, text: str) -> bool:
    """A title may ask about a myth that the entry then corrects."""
    return phrase.unless is not None and (is_title or phrase.unless.search(text) is not None)
