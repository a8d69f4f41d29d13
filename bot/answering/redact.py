"""Personal details are masked before anything is stored, logged, traced or sent to a model."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.answering.redaction.addresses import addresses
from bot.answering.redaction.finding import Finding, Kind
from bot.answering.redaction.handles import emails, qq_numbers, wechat_ids
from bot.answering.redaction.names import names
from bot.answering.redaction.numbers import bank_cards, identity_cards, landlines, mobiles
from bot.answering.redaction.shadow import shadow
from bot.answering.turn import Turn

__all__ = ["Finding", "Kind", "Redact", "Redaction", "redact"]

# In order of trust: where two findings overlap, the earlier detector is right.
DETECTORS = (
    emails,
    identity_cards,
    wechat_ids,
    qq_numbers,
    bank_cards,
    mobiles,
    landlines,
    addresses,
    names,
)


class Redact:
    """The step: from here on, nobody sees the details."""

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with a masked text."""
        return replace(turn, text=redact(turn.text).text)


@dataclass(frozen=True, slots=True)
class Redaction:
    """The masked text, and what was masked where in the original."""

    text: str
    found: tuple[Finding, ...] = ()


def redact(text: str) -> Redaction:
    """The text with personal details replaced by readable masks.

    >>> redact("我叫张伟，电话138 0013 8000，帮我打12378").text
    '我叫〔姓名〕，电话〔手机号〕，帮我打12378'
    """
    plain = shadow(text)
    found = without_overlaps(finding for detect in DETECTORS for finding in detect(plain))
    return Redaction(masked(text, found), found)


def without_overlaps(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in the order of the text; an earlier detector's wins over a later one's."""
    taken: set[int] = set()
    kept: list[Finding] = []
    for finding in findings:
        if taken.isdisjoint(range(finding.start, finding.end)):
            taken.update(range(finding.start, finding.end))
            kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: finding.start))


def masked(text: str, findings: Iterable[Finding]) -> str:
    """The text with each finding replaced by its mask."""
    pieces: list[str] = []
    end = 0
    for finding in findings:
        pieces += [text[end : finding.start], finding.kind.mask]
        end = finding.end
    return "".join([*pieces, text[end:]])
