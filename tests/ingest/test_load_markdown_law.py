import pytest

from ingest.intake import Source, Unreadable
from ingest.load.markdown_law import article_concerns, is_law, read_markdown_law
from tests.ingest.pages import LAW, LAWREFBOOK


def law(text: str) -> Source:
    return Source("law.md", text.encode())


def test_reads_the_front_matter() -> None:
    found = read_markdown_law(law(LAW))
    assert found.title == "借条管理办法"
    assert found.facts["issuer"] == "国务院"
    assert found.facts["effective"] == "2024-03-01"


def test_reads_the_lawrefbook_layout() -> None:
    found = read_markdown_law(law(LAWREFBOOK))
    assert found.title == "借条管理条例"
    assert found.facts["promulgated"] == "2023-05-06"
    assert found.facts["effective"] == "2023-06-01"
    assert all("INFO END" not in block.text for block in found.blocks)


def test_lines_count_from_the_top_of_the_file() -> None:
    first = next(b for b in read_markdown_law(law(LAW)).blocks if b.text.startswith("第一条"))
    assert LAW.splitlines()[first.line - 1].startswith("第一条")


def test_chapters_of_a_plain_text_are_headings() -> None:
    found = read_markdown_law(
        Source("l.txt", "某办法\n第一章 总则\n第一条 甲。\n第二节\n第二条 乙。".encode())
    )
    assert [block.level for block in found.blocks] == [0, 4, 0, 5, 0]


def test_an_article_that_begins_with_a_chapter_number_is_no_heading() -> None:
    found = read_markdown_law(Source("l.txt", "某办法\n第一条 第一章规定的借条。".encode()))
    assert [block.level for block in found.blocks] == [0, 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LAW, True),
        (LAWREFBOOK, True),
        ("按照第一条的规定，你可以……\n第二条也一样", False),
        ("1. 先打电话\n2. 再写信", False),
    ],
)
def test_tells_a_statute_from_a_text_about_one(text: str, expected: bool) -> None:
    assert is_law(text) is expected


@pytest.mark.parametrize(
    ("articles", "reason"),
    [
        ("第一条 甲\n第三条 乙", "missing"),
        ("第一条 甲\n第一条 乙", "twice"),
        ("第三条 甲\n第二条 乙", "out of order"),
    ],
)
def test_says_what_is_odd_about_the_articles(articles: str, reason: str) -> None:
    found = [*article_concerns(read_markdown_law(law(articles)))]
    assert len(found) == 1
    assert reason in found[0].reason
    assert found[0].line == 2


@pytest.mark.parametrize(
    "articles",
    [LAW, "第九条 甲\n第九条之一 乙\n第十条 丙", "---\nscope: 节选\n---\n第一条 甲\n第五条 乙"],
)
def test_says_nothing_of_articles_in_order(articles: str) -> None:
    assert [*article_concerns(read_markdown_law(law(articles)))] == []


@pytest.mark.parametrize("head", ["title: [", "- a\n- b"])
def test_refuses_front_matter_that_cannot_be_read(head: str) -> None:
    with pytest.raises(Unreadable):
        read_markdown_law(law(f"---\n{head}\n---\n第一条 甲。"))
