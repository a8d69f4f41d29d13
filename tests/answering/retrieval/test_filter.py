from datetime import date

import numpy as np
import pytest

from bot.answering.retrieval.filter import Filter, FilterColumns
from bot.knowledge.vocabulary import Audience, Language, LenderType, TrustTier
from tests.answering.retrieval.builders import passage

PASSAGES = [
    passage("plain"),
    passage("for-lenders", audience=Audience.LENDER),
    passage("repealed", ended=date(2021, 1, 1)),
    passage("to-come", effective=date(2030, 1, 1)),
    passage("card", lender_types=frozenset({LenderType.CREDIT_CARD})),
    passage("shenzhen", jurisdiction="CN-GD-SZ"),
    passage("note", site="xiamen-association"),
    passage("english", language=Language.ENGLISH),
    passage("statute", trust=TrustTier.STATUTE),
]
EVERYWHERE = {"plain", "card", "shenzhen", "english", "statute"}


def kept(wanted: Filter) -> set[str]:
    mask = FilterColumns.build(PASSAGES).keep(wanted)
    return {one.id for one, keep in zip(PASSAGES, mask, strict=True) if keep}


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Filter(), EVERYWHERE),
        (Filter(audiences=frozenset({Audience.LENDER})), {"for-lenders"}),
        (Filter(on=date(2020, 12, 31)), EVERYWHERE | {"repealed"}),
        (Filter(on=date(2021, 1, 1)), EVERYWHERE),
        (Filter(on=date(2030, 1, 1)), EVERYWHERE | {"to-come"}),
        (Filter(lender=LenderType.BANK), EVERYWHERE - {"card"}),
        (Filter(lender=LenderType.CREDIT_CARD), EVERYWHERE),
        (Filter(place="CN-FJ-XM"), EVERYWHERE - {"shenzhen"}),
        (Filter(place="CN-GD-SZ"), EVERYWHERE),
        (Filter(site="xiamen-association"), EVERYWHERE | {"note"}),
        (Filter(languages=frozenset({Language.ENGLISH})), {"english"}),
        (Filter(tiers=frozenset({TrustTier.STATUTE})), {"statute"}),
    ],
)
def test_keeps_what_the_reader_may_see(wanted: Filter, names: set[str]) -> None:
    assert kept(wanted) == names


def test_columns_come_back_from_disk(tmp_path) -> None:
    columns = FilterColumns.build(PASSAGES)
    columns.save(tmp_path / "columns")
    again = FilterColumns.load(tmp_path / "columns")
    assert np.array_equal(again.keep(Filter()), columns.keep(Filter()))
