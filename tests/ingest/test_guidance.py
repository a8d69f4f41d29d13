from pathlib import Path

import pytest

from bot.knowledge.entry import Citation, Entry
from bot.knowledge.vocabulary import LenderType, Stage, Verification
from ingest.finding import Finding, Located
from ingest.load.guidance import read_entry
from tests.ingest.tiny_base import ENTRY, FILES

FILE = Path("visit-may-they-enter.md")
TEXT = FILES[ENTRY]


def located(text: str = TEXT) -> Located[Entry]:
    read = read_entry(FILE, text)
    assert isinstance(read, Located), read
    return read


def faults(text: str) -> list[Finding]:
    read = read_entry(FILE, text)
    assert isinstance(read, list), read
    return read


def test_reads_the_front_matter() -> None:
    entry = located().value
    assert entry.id == "visit-may-they-enter"
    assert entry.stages == (Stage.COLLECTION,)
    assert entry.lender_types == (LenderType.ANY,)
    assert len(entry.questions) == 12
    assert entry.citations[0] == Citation(instrument="civil-code", article="1033")
    assert entry.citations[2].verified is Verification.SECONDARY
    assert (entry.review_due - entry.reviewed).days == 181


def test_reads_every_section() -> None:
    entry = located().value
    assert entry.short_answer == "你可以不开门，也可以隔着门说话。催收员没有权力进你家。"
    assert entry.steps == ("先不开门，隔门问清姓名和公司。", "对方硬闯，打 110，说清地址和人数。")
    assert entry.they_may_not == ("未经你同意进屋、翻东西。",)
    assert entry.do_not == ("不要动手，不要当场签字。",)
    assert len(entry.why) == 3
    assert entry.script == "我不同意进屋，请书面联系。"
    assert entry.english is not None
    assert entry.english.short_answer == "No. You need not open the door."
    assert entry.english.steps == (
        "Talk through the door.",
        "If they force their way in, call 110.",
    )


@pytest.mark.parametrize(
    ("place", "written"),
    [
        (("title",), "title: 催收员能不能进我家"),
        (("questions", 2), "  - 他们非要进来咋整"),
        (
            ("citations", 1),
            '  - {instrument: public-security-penalties-law-2025, article: "47", verified: text}',
        ),
        (
            ("citations", 1, "article"),
            '  - {instrument: public-security-penalties-law-2025, article: "47", verified: text}',
        ),
        (("short_answer",), "你可以不开门，也可以隔着门说话。催收员没有权力进你家。"),
        (("steps", 1), "2. 对方硬闯，打 110，说清地址和人数。"),
        (("why", 0), "- 未经同意不得进入他人住宅（民法典第1033条）。"),
        (("why",), "## 为什么"),
        (("script",), "我不同意进屋，请书面联系。"),
        (("english", "steps", 1), "2. If they force their way in, call 110."),
        (("review_due",), "review_due: 2027-05-23"),
    ],
)
def test_knows_the_line_of_every_part(place: tuple[str | int, ...], written: str) -> None:
    assert TEXT.splitlines()[located().line(*place) - 1] == written


def test_a_part_that_is_not_written_down_stands_where_its_holder_does() -> None:
    entry = located()
    assert entry.line("questions", 99) == entry.line("questions")
    assert entry.line("audience") == entry.line()


def test_a_text_of_several_paragraphs_stays_whole() -> None:
    script = "第一句。\n\n第二句。"
    assert located(TEXT.replace("我不同意进屋，请书面联系。", script)).value.script == script


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("## 不要做", "## 不许做", "unknown section 不许做"),
        ("## 不要做", "## 为什么", "section 为什么 stands twice"),
        ("- 不要动手，不要当场签字。\n", "", "section 不要做 is empty"),
        ("1. 先不开门", "一、先不开门", "a list item stands on one line and begins with its mark"),
        ("2. 对方硬闯", "3. 对方硬闯", "step 2 is numbered 3"),
        ("## 先说结论", "你好\n\n## 先说结论", "text stands before the first section"),
        ("No. You need not open the door.\n", "", "English begins with the short answer"),
    ],
)
def test_names_what_is_wrong_with_the_text(right: str, wrong: str, message: str) -> None:
    found = faults(TEXT.replace(right, wrong, 1))
    assert message in {each.message for each in found if each.code == "layout"}


@pytest.mark.parametrize("text", ["", "# 没有表头\n", "---\nid: a\n"])
def test_a_file_without_front_matter(text: str) -> None:
    assert [(each.line, each.code) for each in faults(text)] == [(1, "layout")]


def test_front_matter_that_is_no_mapping() -> None:
    assert [each.code for each in faults("---\n- id\n---\n")] == ["schema"]


def test_all_faults_are_told_at_once() -> None:
    text = TEXT.replace("risk: none", "risk: high").replace("## 不要做", "## 不许做")
    assert {each.code for each in faults(text)} == {"schema", "layout"}
