"""What was found and fits the lender that the question names."""

import asyncio
from datetime import date

import pytest

from bot.answering.retrieval.explain import Reasons
from bot.answering.retrieval.filter import BORROWERS, Filter
from bot.answering.retrieval.retriever import Hit
from bot.answering.retrieve import Retrieve
from bot.answering.turn import Turn, Understanding
from bot.knowledge.entry import Entry
from bot.knowledge.library import Library
from bot.knowledge.passage import Passage
from bot.knowledge.registry import Creditor
from bot.knowledge.vocabulary import LenderType, Verification

DAY = date(2026, 11, 23)
OF_BANKS = Entry(
    id="outsourced",
    title="外包催收谁负责",
    topic="phone-harassment",
    lender_types=(LenderType.BANK,),
    questions=("外包催收谁负责",),
    short_answer="银行要负责。",
    steps=("打官方客服投诉。",),
    created=DAY,
    reviewed=DAY,
    review_due=date(2027, 5, 1),
)


def creditor(id_: str, kind: LenderType) -> Creditor:
    return Creditor(
        id=id_,
        name=id_,
        aliases=(),
        lender_type=kind,
        how_to_find="看合同",
        regulator_channel="nfra-12378",
        verified=Verification.MEMORY,
    )


LIBRARY = Library(
    entries=(OF_BANKS,),
    creditors=(
        creditor("agency", LenderType.ANY),
        creditor("a-bank", LenderType.BANK),
        creditor("a-friend", LenderType.PRIVATE),
    ),
)


class Finds:
    def search(self, query: str, *, limit: int = 8, keep: Filter = BORROWERS) -> list[Hit]:
        return [Hit(Passage("outsourced", "外包催收谁负责", "银行要负责。"), 0.9, Reasons())]


@pytest.mark.parametrize(
    ("named", "fits"),
    [
        ((), True),
        (("a-bank",), True),
        (("agency",), True),
        (("agency", "a-bank"), True),
        (("a-friend",), False),
        (("agency", "a-friend"), False),
    ],
)
def test_an_agency_named_may_collect_for_a_lender_of_any_kind(
    named: tuple[str, ...], fits: bool
) -> None:
    about = Understanding(questions=("谁负责",), topics=("谁负责",), creditors=named)
    turn = Turn("t", "谁负责", DAY, understanding=about)
    found = asyncio.run(Retrieve(Finds(), LIBRARY)(turn)).found
    assert [hit.passage.id for hit in found[0]] == (["outsourced"] if fits else [])


class FindsByWords:
    """Finds one entry for a clause, and another, hardly likely, for the whole story."""

    def search(self, query: str, *, limit: int = 8, keep: Filter = BORROWERS) -> list[Hit]:
        if query == "可以申请延后几天吗":
            reasons = Reasons(known_likeness=0.8, vector=0.6)
            return [Hit(Passage("extension", "展期", "先申请。"), 0.8, reasons)]
        return [Hit(Passage("hardship", "困难", "先说明。"), 0.1, Reasons())]


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("好累啊，打三份工还是差四百，可以申请延后几天吗", "extension"),
        ("好累啊，打三份工还是差四百，我该怎么办", "hardship"),
        ("可以申请延后几天吗", "extension"),
    ],
)
def test_a_story_that_is_not_understood_is_read_by_what_it_asks(said: str, first: str) -> None:
    about = Understanding(questions=(said,), topics=(said,))
    found = asyncio.run(
        Retrieve(FindsByWords(), LIBRARY)(Turn("t", said, DAY, understanding=about))
    )
    assert found.found[0][0].passage.id == first
