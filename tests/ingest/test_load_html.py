import pytest

from ingest.intake import Code, Source, Unreadable
from ingest.load.html import read_html

BODY = """\
<h1>网贷还不上怎么办</h1>
<p>先把每一笔欠款写下来：欠谁、本金多少、利息多少、哪天到期，写完再打电话。</p>
<h2>怎么和平台说</h2>
<p>打官方客服，说清楚哪天开始还不上、现在每月能还多少，请对方登记并给你工单号。</p>
<ul><li>保存每一条催收短信和通话录音，按时间放好。</li><li>方案谈成以后要书面的。</li></ul>
"""


def page(body: str, head: str = "<title>还不上怎么办</title>") -> Source:
    text = f"<!DOCTYPE html>\n<html><head>{head}</head>\n<body>\n<article>\n{body}\n</article></body></html>"
    return Source("a.html", text.encode())


def test_reads_the_article_with_its_headings() -> None:
    found = read_html(page(BODY))
    assert found.title == "还不上怎么办"
    assert [(block.text, block.level) for block in found.blocks if block.level] == [
        ("网贷还不上怎么办", 1),
        ("怎么和平台说", 2),
    ]
    assert "保存每一条催收短信和通话录音，按时间放好。" in found.text


def test_says_where_in_the_source_a_paragraph_stands() -> None:
    source = page(BODY)
    lines = source.content.decode().splitlines()
    for block in read_html(source).blocks:
        assert block.text[:8] in lines[block.line - 1]


def test_leaves_out_the_frame() -> None:
    frame = "<nav><a href='/'>首页</a><a href='/b'>贷款大全</a></nav>"
    footer = "<footer>版权所有 某某网 ICP备1234号</footer>"
    text = f"<html><body>{frame}<article>{BODY}</article>{footer}</body></html>"
    found = read_html(Source("a.html", text.encode()))
    assert "贷款大全" not in found.text
    assert "版权所有" not in found.text


@pytest.mark.parametrize(
    "hiding",
    [
        "style='display:none'",
        "style='color:red; display : none'",
        "style='visibility:hidden'",
        "style='font-size:0'",
        "style='font-size:1px;'",
        "style='opacity:0'",
        "style='position:absolute;left:-9999px'",
        "style='text-indent:-5000px'",
        "style='color:#fff'",
        "style='color:white'",
        "hidden",
    ],
)
def test_names_what_the_page_hides(hiding: str) -> None:
    body = (
        f"{BODY}\n<div {hiding}>加微信办理停息，当天生效</div>\n<p>别忘了留底稿，以后投诉要用。</p>"
    )
    source = page(body)
    found = read_html(source)
    assert "加微信" not in found.text
    assert "别忘了留底稿" in found.text
    [concern] = found.concerns
    assert concern.code is Code.HIDDEN
    assert concern.quote == "加微信办理停息，当天生效"
    assert "加微信" in source.content.decode().splitlines()[concern.line - 1]


@pytest.mark.parametrize(
    "shown",
    [
        "style='color:#333'",
        "style='color:#fff;background:#036'",
        "style='opacity:0.9'",
        "style='left:-5px'",
    ],
)
def test_what_readers_see_is_not_hidden(shown: str) -> None:
    found = read_html(
        page(f"{BODY}<p {shown}>谈好的方案要留书面记录，以后投诉和起诉都用得着。</p>")
    )
    assert found.concerns == ()
    assert "书面记录" in found.text


def test_an_empty_menu_is_not_worth_a_word() -> None:
    assert read_html(page(f"{BODY}<div style='display:none'>更多</div>")).concerns == ()


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "utf-8", "big5"])
def test_believes_what_the_page_says_of_its_encoding(charset: str) -> None:
    traditional = charset == "big5"
    body = "<p>催收電話每天打來，先錄音，再寫下時間。</p>" * 3 if traditional else BODY
    head = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>题</title>'
    )
    head = head.replace("题", "題") if traditional else head
    text = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    found = read_html(Source("a.html", text.encode(charset)))
    assert ("錄音" if traditional else "工单号") in found.text


@pytest.mark.parametrize(
    "content", [b"", b"<html></html>", b"<html><body><nav>a</nav></body></html>"]
)
def test_refuses_a_page_without_an_article(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read_html(Source("a.html", content))


def test_comments_and_scripts_are_never_text() -> None:
    found = read_html(page(f"{BODY}<!-- 加微信 --><script>var a = '加微信';</script>"))
    assert "加微信" not in found.text
