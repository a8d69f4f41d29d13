from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.entry import Citation, EnglishText, Entry
from bot.knowledge.vocabulary import Audience, LenderType, Risk, Stage
from ingest.export import export, write_entry
from ingest.finding import Located
from ingest.load.guidance import read_entry
from tests.ingest.tiny_base import ENTRY, FILES, TOMORROW

GUIDANCE = Path(__file__).parents[2] / "knowledge_base" / "guidance"
BARE = Entry(
    id="a-b",
    title="题目",
    topic="t",
    questions=("问",),
    short_answer="答。",
    steps=("做。",),
    created=date(2026, 11, 23),
    reviewed=date(2026, 11, 23),
    review_due=date(2027, 5, 23),
)
FULL = BARE.model_copy(
    update={
        "stages": (Stage.OVERDUE, Stage.SETTLED),
        "audience": Audience.PROFESSIONAL,
        "lender_types": (LenderType.BANK, LenderType.CREDIT_CARD),
        "creditors": ("fenqile",),
        "risk": Risk.SCAM,
        "short_answer": "一。\n\n二。",
        "they_may_not": ("不得进屋。",),
        "do_not": ("不要签。",),
        "why": ("因为：有规定。",),
        "script": "您好：\n\n- 一项\n- 二项",
        "english": EnglishText(short_answer="No.", steps=("Wait.", "Call 110.")),
        "citations": (Citation(instrument="x", article="175-1"), Citation(instrument="y")),
        "channels": ("police-110",),
        "related": ("c",),
        "actions": ("c", "d"),
        "template": "letter",
    }
)


def read_back(entry: Entry) -> Entry:
    read = read_entry(Path("a-b.md"), write_entry(entry))
    assert isinstance(read, Located), read
    return read.value


@pytest.mark.parametrize("entry", [BARE, FULL], ids=["bare", "full"])
def test_what_is_written_reads_back_the_same(entry: Entry) -> None:
    assert read_back(entry) == entry


@pytest.mark.parametrize("name", [ENTRY, TOMORROW])
def test_a_file_in_the_common_layout_is_written_as_it_was(name: str) -> None:
    read = read_entry(Path(name), FILES[name])
    assert isinstance(read, Located)
    assert write_entry(read.value) == FILES[name]


@pytest.mark.parametrize(
    "question",
    [
        "问: 答",
        "- 不是列表",
        "12378",
        "yes",
        "2026-11-23",
        "null",
        "[方括号",
        "“引号”",
        '"英文引号"',
        "it's mine # really",
        "百分之24%吗",
        "!号",
        "*星",
        " 前面有空格",
        "有\\反斜杠: 和冒号",
        "1e5",
    ],
)
def test_a_form_that_yaml_would_read_otherwise_is_quoted(question: str) -> None:
    assert read_back(BARE.model_copy(update={"questions": (question,)})).questions == (question,)


def test_exports_to_the_folder_of_the_topic(tmp_path: Path) -> None:
    files = export([BARE], tmp_path)
    assert files == [tmp_path / "guidance" / "t" / "a-b.md"]
    assert files[0].read_text(encoding="utf-8") == write_entry(BARE)


@pytest.mark.parametrize("file", sorted(GUIDANCE.glob("*/*.md")), ids=lambda file: file.stem)
def test_our_own_entries_are_written_as_they_are(file: Path) -> None:
    read = read_entry(file)
    assert isinstance(read, Located), read
    assert write_entry(read.value) == file.read_text(encoding="utf-8")
