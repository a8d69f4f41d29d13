"""The second opinion: what it says, and that it names its signs."""

import pytest

from ingest.assess.second_opinion import LABELS, second_opinion

LENDER = "新员工先练三天模拟拨打，考核回款和承诺率，名单按逾期天数分给各组，组长每天复盘录音。"
BORROWER = "催收打到单位来，先告诉同事这是你的私事，再打银行官方客服说明情况，请他们只联系你本人。"
SPUN = (
    "逾期以后倘若不加以理会,会对自个的信誉形成极大的波及,故而要踊跃与平台商洽归还的方略,寻觅出路。"
)


@pytest.mark.parametrize(("text", "label"), [(LENDER, "lender"), (SPUN, "spun")])
def test_says_what_a_text_is_like(text: str, label: str) -> None:
    said = second_opinion()(text)
    assert set(said) == set(LABELS)
    assert max(said, key=lambda each: said[each].score) == label
    assert said[label].score > -0.8  # the least that is counted


def test_is_calm_about_what_is_written_for_a_borrower() -> None:
    assert all(opinion.score < -1 for opinion in second_opinion()(BORROWER).values())


def test_names_pairs_that_stand_in_the_text() -> None:
    signs = second_opinion()(SPUN)["spun"].signs
    assert len(signs) == 4
    assert all(sign in SPUN for sign in signs)


@pytest.mark.parametrize("text", ["", "  ", "逾期怎么办", "🙂" * 50, "123 456"])
def test_has_no_opinion_on_too_little(text: str) -> None:
    assert second_opinion()(text) == {}
