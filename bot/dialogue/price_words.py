"""What is said about a price: the limit or practice that applies, how sure it is, its source."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from bot.answering.composing.basis import without_citation
from bot.debt.caps import Finding
from bot.knowledge.entry import Citation
from bot.knowledge.vocabulary import Verification

_SAID_ALREADY = {"above_advertised", "upfront_fees"}
_FIRST = ("beheading_interest", "short_term_loan", "above_reported_limit", "very_high")


def about_price(findings: Sequence[Finding]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines to show at once, what weighs most first, and those for whoever wants more."""
    told = [each for each in findings if each.code not in _SAID_ALREADY]
    weighty = [each for code in _FIRST for each in told if each.code == code]
    limits = [each for each in told if each not in weighty]
    shown = [*weighty[:2], *limits[:1]]
    rest = [each for each in told if each not in shown]
    return tuple(map(_line, shown)), tuple(map(_line, rest))


def basis_of(findings: Iterable[Finding]) -> tuple[Citation, ...]:
    """The articles the findings rest on, as far as each was checked."""
    return tuple(
        Citation(
            instrument=each.instrument,
            article=each.article,
            verified=Verification(each.certainty or Verification.MEMORY),
        )
        for each in findings
        if each.instrument
    )


def one_place(rate: float) -> str:
    """A rate as people say it.

    >>> one_place(0.15358), one_place(0.24)
    ('15.4%', '24%')
    """
    return f"{(Decimal(rate) * 100).quantize(Decimal('0.1')).normalize():f}%"


def _line(finding: Finding) -> str:
    return without_citation(finding.text)
