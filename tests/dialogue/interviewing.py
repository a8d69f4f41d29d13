"""A plan interview played message by message, its state kept as JSON between any two."""

from collections.abc import Iterator
from datetime import date

from bot.dialogue.creditor_names import CreditorNames
from bot.dialogue.interview import Turn, begin, dump, load, step
from bot.dialogue.interviews.answers import Reader
from bot.knowledge.registry import Creditor
from bot.knowledge.vocabulary import LenderType, Verification

TODAY = date(2026, 11, 23)


def creditor(name: str, lender_type: LenderType) -> Creditor:
    return Creditor(
        id=name,
        name=name,
        lender_type=lender_type,
        how_to_find="看合同",
        regulator_channel="nfra-12378",
        verified=Verification.MEMORY,
    )


READER = Reader(
    TODAY,
    CreditorNames(
        [
            creditor("分期乐", LenderType.PLATFORM),
            creditor("微粒贷", LenderType.BANK),
            creditor("花呗", LenderType.CONSUMER_FINANCE),
            creditor("招商银行", LenderType.CREDIT_CARD),
        ]
    ),
)
STEPWISE = ("一步一步来", "5800", "4100", "200", "没有")
OWING = (*STEPWISE, "花呗欠8000", "没有了")
CHECKING = (*OWING, "没逾期", "店里生意不好")


def turns(*said: str) -> Iterator[Turn]:
    """Every turn of a conversation, the first one before anything was said."""
    turn = begin(READER)
    yield turn
    for each in said:
        turn = step(load(dump(turn.state)), each, READER)
        yield turn


def after(*said: str) -> Turn:
    """The last turn of a conversation."""
    *_, last = turns(*said)
    return last
