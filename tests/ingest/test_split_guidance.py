from datetime import date

import pytest

from bot.knowledge.instrument import InstrumentKind
from bot.knowledge.library import Library
from bot.knowledge.passage import Passage
from bot.knowledge.vocabulary import Audience, LenderType, TrustTier
from ingest.load.knowledge_base import read_knowledge_base
from ingest.split_guidance import TRUST, passages
from tests.ingest.tiny_base import ENTRY, TinyBase


@pytest.fixture
def split(base: TinyBase) -> dict[str, Passage]:
    return {each.id: each for each in passages(read_knowledge_base(base.folder))}


def test_one_passage_an_entry_and_one_a_provision(split: dict[str, Passage]) -> None:
    assert set(split) == {
        "visit-may-they-enter",
        "visit-tomorrow",
        "civil-code:1033",
        "old-measures:5",
        *(f"public-security-penalties-law-2025:{article}" for article in ("42", "47", "50")),
    }


def test_an_entry_is_found_by_all_its_lines_and_its_forms(split: dict[str, Passage]) -> None:
    passage = split["visit-may-they-enter"]
    assert (passage.title, passage.heading) == ("催收员能不能进我家", ("home-visits",))
    assert passage.text.startswith("你可以不开门")
    for line in ("先不开门，隔门问清姓名和公司。", "未经你同意进屋", "不要动手", "call 110"):
        assert line in passage.text
    assert "能不能拒绝他们进客厅" in passage.questions
    assert passage.trust is TrustTier.GUIDANCE


def test_an_entry_cites_the_passages_of_its_provisions(split: dict[str, Passage]) -> None:
    assert split["visit-may-they-enter"].cites == (
        "civil-code:1033",
        "public-security-penalties-law-2025:47",
    )


def test_every_passage_that_is_cited_exists(split: dict[str, Passage]) -> None:
    assert {cited for each in split.values() for cited in each.cites} <= set(split)


def test_an_entry_keeps_its_readers_and_lenders(base: TinyBase) -> None:
    base.plant(ENTRY, "lender_types: [any]", "audience: lender\nlender_types: [bank, credit_card]")
    split = {each.id: each for each in passages(read_knowledge_base(base.folder))}
    passage = split["visit-may-they-enter"]
    assert passage.audience is Audience.LENDER
    assert passage.lender_types == {LenderType.BANK, LenderType.CREDIT_CARD}


def test_a_provision_has_its_laws_name_and_its_article_in_chinese(
    split: dict[str, Passage],
) -> None:
    passage = split["civil-code:1033"]
    assert passage.title == "中华人民共和国民法典"
    assert passage.heading == ("第一千零三十三条", "隐私权侵害行为")
    assert passage.text.endswith("住宅。\n隐私 住宅")
    assert (passage.trust, passage.effective) == (TrustTier.STATUTE, date(2021, 1, 1))


def test_a_repealed_provision_carries_its_end(split: dict[str, Passage]) -> None:
    passage = split["old-measures:5"]
    assert passage.ended == date(2020, 1, 1)
    assert passage.trust is TrustTier.REGULATOR


def test_every_kind_of_instrument_has_a_tier() -> None:
    assert set(TRUST) == set(InstrumentKind)


def test_an_empty_library_has_no_passages() -> None:
    assert passages(Library()) == []
