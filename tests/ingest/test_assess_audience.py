import pytest

from bot.knowledge.vocabulary import Audience
from ingest.assess.audience import AudienceJudge
from ingest.assess.words import read_words
from ingest.intake import Block, Code, Document
from tests.ingest.pages import document

JUDGE = AudienceJudge(read_words())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("你可以不开门，隔着门说话，并用手机录音。", Audience.BORROWER),
        ("借款人可以拨打12378投诉，催收人员不得骚扰家人。", Audience.BORROWER),
        ("债权人可以把债权转让给别人，但要通知你。", Audience.BORROWER),
        ("提高回款率要先建立催收团队。", Audience.LENDER),
        ("放款前要严格筛选借款人，降低坏账。", Audience.LENDER),
        ("催收员应先确认身份，再引导客户给出还款日期。", Audience.LENDER),
        ("本院认为，被告的抗辩于法无据，不予支持。", Audience.PROFESSIONAL),
        ("商业银行应当建立健全催收管理制度。", Audience.PROFESSIONAL),
        ("Lenders should contact delinquent accounts first.", Audience.LENDER),
        ("You may ask them to contact only you.", Audience.BORROWER),
        ("", Audience.BORROWER),
    ],
)
def test_tells_whom_a_text_speaks_to(text: str, expected: Audience) -> None:
    assert JUDGE.audiences(document(text)) == (expected,)


def test_a_line_without_a_sign_goes_with_its_section() -> None:
    lines = ("建立催收团队，提高回款率。", "这需要时间。", "还要有耐心。")
    assert set(JUDGE.audiences(document(*lines))) == {Audience.LENDER}


def test_a_new_heading_begins_a_new_section() -> None:
    blocks = (
        Block("给机构", 1, level=1),
        Block("建立催收团队，提高回款率。", 2),
        Block("给自己", 3, level=1),
        Block("这需要时间。", 4),
    )
    found = JUDGE.audiences(Document("题", blocks))
    assert found == (Audience.LENDER, Audience.LENDER, Audience.BORROWER, Audience.BORROWER)


def test_a_concern_names_the_words_that_decided() -> None:
    [concern] = JUDGE(document("你可以先录音。", "建立催收团队，提高回款率。"))
    assert (concern.code, concern.line) == (Code.LENDER_SIDE, 2)
    assert "提高回款率" in concern.reason


def test_a_text_that_shows_no_side_is_left_to_a_person() -> None:
    [concern] = JUDGE(document("天气很好，适合出门走走。"))
    assert concern.code is Code.UNCLEAR_AUDIENCE


def test_a_heading_alone_is_no_concern() -> None:
    blocks = (Block("催收团队怎么建立", 1, level=1), Block("你可以先录音。", 2))
    assert [*JUDGE(Document("题", blocks))] == []


def test_traditional_text_is_read_alike() -> None:
    assert JUDGE.audiences(document("建立催收團隊，提高回款率。")) == (Audience.LENDER,)
