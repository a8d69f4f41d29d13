import pytest

from ingest.assess.quality import QualityJudge, lonely_letters
from ingest.assess.words import read_words
from ingest.intake import Code
from tests.ingest.pages import document

JUDGE = QualityJudge(read_words())


def codes(*paragraphs: str) -> list[Code]:
    return [concern.code for concern in JUDGE(document(*paragraphs))]


@pytest.mark.parametrize(
    "sentence",
    [
        "面对逾期疑惑，要先冷静。",
        "按照合同协定的日期还款。",
        "可以向银行实行协商。",
        "法院会强制实行债务。",
        "在催收进展中要录音。",
        "这会作用个人的信用。",
        "平台会采纳法律手段。",
        "倘使借款人无法还款，就要说明。",
        "咱们来回答若干问题。",
    ],
)
def test_finds_words_that_no_person_puts_there(sentence: str) -> None:
    assert codes(sentence) == [Code.SPUN]


@pytest.mark.parametrize(
    "sentence",
    [
        "你有疑惑可以问客服。",
        "双方没有约定利息的，视为没有利息。",
        "法院强制执行时会留出生活费。",
        "实行个性化分期要银行同意。",
        "逾期会影响信用。",
        "他们会采取法律手段。",
        "咱们慢慢说。",
        "把工单号和征信业管理条例都记下来。",
        "委外公司打来的电话也要录音。",
        "符合法律规定的七日内立案。",
        "提起公诉前归还的可以不起诉。",
    ],
)
def test_leaves_people_their_words(sentence: str) -> None:
    assert codes(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("加强逾期追缴措能够减少损失。", "措"),
        ("减少风险的措主要有三种。", "措"),
        ("这有利于市场的健发展。", "健发展"),
        ("分期是一种阶性付费。", "阶性"),
        ("行为要合法律规定。", "合法律规定"),
        ("催收阶的应对。", "催收阶"),
    ],
)
def test_finds_where_letters_are_missing(sentence: str, place: str) -> None:
    [concern] = JUDGE(document(sentence))
    assert concern.code is Code.SPUN
    assert place in concern.reason


def test_whole_words_are_not_lonely() -> None:
    assert lonely_letters("采取措施以后再说") == []


def test_two_unusual_words_in_a_sentence_are_a_sign_and_one_is_none() -> None:
    assert codes("理应及时说明。") == []
    assert codes("理应知晓相关后果。") == [Code.SPUN]


def test_a_concern_names_line_and_sentence() -> None:
    [concern] = JUDGE(document("你先别急。", "先打电话。面对逾期疑惑，要先冷静。"))
    assert (concern.line, concern.quote) == (2, "面对逾期疑惑，要先冷静。")


def test_filler_counts_only_when_it_piles_up() -> None:
    once = "随着社会的快速发展，借钱的人多了。"
    assert codes(once) == []
    assert Code.FILLER in codes(once, "总之，按时还款至关重要。")


def test_finds_a_sentence_that_comes_again() -> None:
    [concern] = JUDGE(
        document("先打官方客服登记协商的要求。", "再写信。", "先打官方客服登记协商的要求。")
    )
    assert (concern.code, concern.line) == (Code.FILLER, 3)
    assert "line 1" in concern.reason


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("1. 打电话", "2. 写信", "3. 投诉"), 0),
        (("1. 打电话", "2. 写信", "5. 投诉"), 1),
        (("1. 打电话", "1. 写信"), 0),
        (("3.5万元", "7.2万元"), 0),
        (("有以下三点：", "1. 打电话", "2. 写信", "3. 投诉"), 0),
        (("有以下三点：", "1. 打电话", "2. 写信"), 1),
        (("有以下三点", "说完了。"), 0),
        (("有以下两种", "1. 甲", "2. 乙", "再看下列三项", "1. 丙", "2. 丁", "3. 戊"), 0),
    ],
)
def test_counts_the_points_of_lists(lines: tuple[str, ...], found: int) -> None:
    assert codes(*lines).count(Code.NUMBERING) == found
