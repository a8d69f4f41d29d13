import pytest

from ingest.assess.claims import ClaimsJudge
from ingest.assess.words import read_words
from ingest.intake import Code
from tests.ingest.pages import document

JUDGE = ClaimsJudge(read_words())


def codes(text: str) -> list[Code]:
    return [concern.code for concern in JUDGE(document(text))]


@pytest.mark.parametrize(
    "text",
    [
        "根据相关规定，可以要求退还利息。",
        "专家表示，这样做没有问题。",
        "据统计，大多数人都能谈成。",
        "利息不得超过15%。",
        "违约金最多收5%，超过的可以不付。",
        "逾期满3个月就会被起诉。",
        "Experts say the debt expires.",
    ],
)
def test_a_claim_needs_a_source(text: str) -> None:
    assert codes(text) == [Code.NO_SOURCE]


@pytest.mark.parametrize(
    "text",
    [
        "利息不得超过合同成立时一年期LPR的四倍（《民间借贷规定》第二十五条）。",
        "根据民法典第680条的规定，利率不得超过国家规定，最多为LPR四倍。",
        "你欠了3个月，先打客服。",
        "每月还500元。",
        "录音要留好。",
    ],
)
def test_what_names_its_source_or_claims_nothing_is_fine(text: str) -> None:
    assert codes(text) == []


def test_a_source_counts_for_its_paragraph_only() -> None:
    found = [*JUDGE(document("利息不得超过15%。", "见《民法典》第六百八十条。"))]
    assert [(each.code, each.line) for each in found] == [(Code.NO_SOURCE, 1)]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("可以向信用卡协会投诉。", "12378"),
        ("向信用卡协会或者媒体投诉。", "12378"),
        ("逾期超过30天就会上门催收。", "no rule"),
        ("逾期六十天必上门。", "no rule"),
        ("每天最多打一次电话。", "three calls"),
        ("拨打银保监会投诉电话。", "国家金融监督管理总局"),
        ("36%是法定上限。", "four times LPR"),
        ("停息挂账是国家政策。", "no such policy"),
        ("投诉后必须停止催收。", "does not oblige"),
        ("可以向法院申请诉讼保护。", "no such request"),
        ("治安管理处罚法第四十二条", "renumbered"),
        ("征信有误可以打12378。", "12363"),
    ],
)
def test_knows_what_such_pages_get_wrong(text: str, right: str) -> None:
    mistakes = [each for each in JUDGE(document(text)) if each.code is Code.KNOWN_MISTAKE]
    assert len(mistakes) == 1
    assert right in mistakes[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "没有“逾期30天就会上门”的规定。",
        "停息挂账是国家政策的说法是谣言。",
        "不要相信36%是法定上限。",
        "信用卡协会不受理投诉，没有向信用卡协会投诉这回事。",
    ],
)
def test_speaking_against_a_mistake_is_none(text: str) -> None:
    assert Code.KNOWN_MISTAKE not in codes(text)


def test_a_denial_of_something_else_is_no_denial() -> None:
    text = "逾期超过30天会有人上门，但并非每一笔都这样。"
    assert Code.KNOWN_MISTAKE in codes(text)
