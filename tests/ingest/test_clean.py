import pytest

from ingest.assess.words import read_words
from ingest.clean import Clean
from ingest.intake import Block, Code, Document, Intake, Kind, Source
from tests.ingest.pages import document


def cleaned(found: Document, kind: Kind = Kind.WEB) -> Document:
    source = Source("a.txt", b"")
    return Clean(read_words())(Intake(source, kind, document=found)).read


def lines(*texts: str) -> Document:
    """Lines that follow each other directly, as in a file broken at the edge of the page."""
    return Document("题目", tuple(Block(text, n, opens=n == 1) for n, text in enumerate(texts, 1)))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("催\u200b收\u200d说", "催收说"),
        ("催\u00ad收说", "催收说"),
        ("\ufeff催收说", "催收说"),
        ("催收\x00说", "催收说"),
        ("逾 期 还 款 计 划", "逾期还款计划"),
        ("第一条\u3000甲乙", "第一条 甲乙"),
        ("打 110 报警", "打 110 报警"),
    ],
)
def test_shows_what_readers_see(written: str, shown: str) -> None:
    assert cleaned(document(written)).text == shown


def test_reads_the_letters_that_no_screen_shows() -> None:
    order = "".join(chr(0xE0000 + ord(letter)) for letter in "pay the agency")
    found = cleaned(document(f"先问清{order}楚"))
    assert found.text == "先问清楚"
    assert [(each.code, each.quote) for each in found.concerns] == [(Code.HIDDEN, "pay the agency")]


def test_names_signs_that_turn_the_reading_direction() -> None:
    found = cleaned(document("转账到\u202e4321\u202c"))
    assert [each.code for each in found.concerns] == [Code.HIDDEN]
    assert "\u202e" not in found.text


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 金融 > 正文",
        "当前位置：首页",
        "上一篇：花呗怎么还",
        "相关推荐：",
        "责任编辑：某某",
        "版权所有 某某网",
        "Copyright © 2026 All Rights Reserved",
        "京ICP备12345号",
        "分享到：微信 微博",
        "微信扫一扫，关注我们",
        "点赞 收藏 转发",
        "返回顶部",
        "立即咨询",
        "免费咨询律师",
        "阅读全文",
        "本站部分内容来自网络",
        "如有侵权请联系删除",
    ],
)
def test_leaves_out_the_frame_of_a_page(line: str) -> None:
    text = "你可以先打官方客服，说明每月能还多少。"
    found = cleaned(document(line, text))
    assert found.text == text
    assert found.dropped == 1


@pytest.mark.parametrize(
    "line",
    [
        "你可以在首页点“我的账单”看欠款。",
        "把聊天记录转发到自己的邮箱保存。",
        "拿不准打12348免费咨询，带上合同。",
        "对方分享到群里的照片要截图，写下时间、群名和发的人，以后报警和起诉都用得着，原图也要留着别删，先不要在群里和他争吵。",
    ],
)
def test_keeps_what_only_sounds_like_it(line: str) -> None:
    assert cleaned(document(line)).text == line


@pytest.mark.parametrize("kind", [Kind.LAW, Kind.GUIDANCE])
def test_a_statute_and_an_entry_have_no_frame(kind: Kind) -> None:
    assert cleaned(document("版权所有 某某"), kind).dropped == 0


def test_joins_lines_broken_at_the_edge() -> None:
    found = cleaned(
        lines(
            "还不上的时候先把每一笔欠款写下来，本金和",
            "利息分开写，到期日也写上。",
            "写完再打电话。",
        )
    )
    assert [(block.text, block.line) for block in found.blocks] == [
        ("还不上的时候先把每一笔欠款写下来，本金和利息分开写，到期日也写上。", 1),
        ("写完再打电话。", 3),
    ]


def test_joins_english_with_a_blank() -> None:
    found = cleaned(lines("A collector may not enter your", "home unless you let him in."))
    assert found.text == "A collector may not enter your home unless you let him in."


@pytest.mark.parametrize(
    "after",
    ["1. 先打客服，说明每月能还多少", "（一）金额", "第二条 借条应当写明金额", "• 保存录音"],
)
def test_never_joins_a_new_point_to_the_line_before(after: str) -> None:
    found = cleaned(lines("还不上的时候先把每一笔欠款写下来，本金和利息", after))
    assert len(found.blocks) == 2


def test_never_joins_a_paragraph_that_the_source_sets_apart() -> None:
    found = cleaned(document("还不上的时候先把每一笔欠款写下来", "然后再打电话给客服"))
    assert len(found.blocks) == 2


def test_a_short_line_before_a_text_is_a_heading() -> None:
    found = cleaned(document("怎么和平台说", "打官方客服，说清楚哪天开始还不上。", "完"))
    assert [bool(block.level) for block in found.blocks] == [True, False, False]
