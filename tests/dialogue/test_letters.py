"""What a finished interview hands over: files under plain names, and what to mind about them."""

import csv
import io
from io import BytesIO

import pytest
from docx import Document
from PIL import Image

from bot.dialogue.interview import State
from bot.dialogue.interviews.result import CHART, LETTERS
from bot.dialogue.letters import hand_over
from bot.drafting.render import MEDIA_TYPES
from bot.drafting.template import read_templates
from bot.settings import ROOT
from tests.dialogue.interviewing import CHECKING, TODAY, after

TEMPLATES = read_templates(ROOT / "knowledge_base" / "letters")
DONE = after(*CHECKING, "分期乐2万6", "招商银行信用卡1万3", "对").state


def test_letters_are_one_file_a_lender() -> None:
    handed = hand_over(DONE, "negotiation-letter", TEMPLATES, TODAY, ["docx"])
    assert [each.name for each in handed.documents] == [
        "协商还款申请-花呗.docx",
        "协商还款申请-分期乐.docx",
    ]
    assert {each.media_type for each in handed.documents} == {MEDIA_TYPES["docx"]}


def test_the_letter_holds_the_borrowers_own_reason_and_share() -> None:
    (first, _) = hand_over(DONE, "negotiation-letter", TEMPLATES, TODAY, ["docx"]).documents
    text = "\n".join(each.text for each in Document(BytesIO(first.content)).paragraphs)
    assert "困难的原因：店里生意不好。" in text
    assert "每月还 255.32 元" in text


def test_says_for_whom_it_is_not_and_that_papers_must_be_true() -> None:
    notes = " ".join(hand_over(DONE, "negotiation-letter", TEMPLATES, TODAY, ["docx"]).notes)
    assert "招商银行信用卡是信用卡" in notes
    assert "只附真实的材料" in notes
    assert "诉讼时效" in notes


@pytest.mark.parametrize("wanted", LETTERS.values())
@pytest.mark.parametrize("form", ["txt", "docx", "pdf"])
def test_everything_offered_can_be_made(wanted: str, form: str) -> None:
    handed = hand_over(DONE, wanted, TEMPLATES, TODAY, [form])
    assert handed.documents
    asked_for = (f".{form}", ".csv")
    assert all(each.name.endswith(asked_for) and each.content for each in handed.documents)


def test_the_chart_is_a_picture() -> None:
    (picture,) = hand_over(DONE, CHART, TEMPLATES, TODAY, ["docx"]).documents
    assert picture.media_type == "image/png"
    assert Image.open(BytesIO(picture.content)).width > 1000


def test_nothing_is_made_from_half_a_case() -> None:
    handed = hand_over(State(), "negotiation-letter", TEMPLATES, TODAY)
    assert handed.documents == ()
    assert "还差" in handed.notes[0]


def test_the_plans_come_as_a_table_too() -> None:
    handed = hand_over(DONE, "plan-overview", TEMPLATES, TODAY, ["pdf"])
    sheet = next(each for each in handed.documents if each.media_type == "text/csv")
    head, *rows = csv.reader(io.StringIO(sheet.content.decode("utf-8-sig")))
    assert head == ["方案", "每月", "几个月", "一共还", "多还"]
    assert all(len(row) == len(head) for row in rows)
    assert sheet.name == "还款方案一览.csv"
