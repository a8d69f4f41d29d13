"""Letters as files: the same words in every form, Chinese present, one page, nothing cut."""

import re
import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.drafting import fonts
from bot.drafting.letter import Letter
from bot.drafting.matter import Particulars
from bot.drafting.render import MEDIA_TYPES, RENDERERS, render
from bot.drafting.render.layout import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, broken, laid_out
from bot.drafting.render.text import as_text
from tests.drafting.matters import (
    CARD,
    FULL,
    LOAN,
    LUMP,
    OFFER,
    TEMPLATES,
    budget,
    drafted,
    matter,
    only,
)

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
BARE = matter(LOAN, CARD, offer=OFFER)
TOLD = matter(LOAN, CARD, particulars=FULL, offer=OFFER)
LETTERS = [
    *(
        letter
        for kind in TEMPLATES
        for about in (BARE, TOLD)
        for letter in drafted(kind, about).letters
    ),
    only("counter-offer-reply", matter(LOAN, particulars=FULL, offer=LUMP)),
    only("extension-application", matter(particulars=FULL)),
]
every_letter = pytest.mark.parametrize(
    "letter", LETTERS, ids=[f"{n}-{each.kind}" for n, each in enumerate(LETTERS)]
)


def squeezed(text: str) -> str:
    return re.sub(r"\s|　", "", text)


def pdf_text(letter: Letter) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(pdf(letter)).pages))


def pdf(letter: Letter) -> BytesIO:
    return BytesIO(render([letter], "pdf"))


def test_every_kind_is_rendered_here() -> None:
    assert {each.kind for each in LETTERS} == set(TEMPLATES)


@every_letter
def test_a_pdf_is_one_page(letter: Letter) -> None:
    assert len(PdfReader(pdf(letter)).pages) == 1


@every_letter
def test_a_pdf_holds_every_figure_and_every_sentence(letter: Letter) -> None:
    drawn = r"^· .*$"  # a chart's lines are named in its picture
    said = re.sub(drawn, "", as_text([letter]).decode(), flags=re.MULTILINE)
    shown = pdf_text(letter)
    assert [each for each in FIGURE.findall(said) if each not in shown] == []
    for sentence in re.split(r"[。；：\n|]", said):
        assert squeezed(sentence) in shown


@every_letter
def test_a_pdf_carries_its_font(letter: Letter) -> None:
    (page,) = PdfReader(pdf(letter)).pages
    for font in page["/Resources"]["/Font"].values():
        described = font.get_object().get("/FontDescriptor")
        assert described is None or "/FontFile2" in described.get_object()
    assert any("NotoSansSC" in str(each.get_object()["/BaseFont"])
               for each in page["/Resources"]["/Font"].values())  # fmt: skip


@every_letter
def test_nothing_stands_outside_the_page(letter: Letter) -> None:
    for page in laid_out(letter).pages:
        for line in page.lines:
            right = line.x + fonts.width(line.text, line.size)
            assert line.x >= MARGIN - 1
            assert right <= PAGE_WIDTH - MARGIN + 2.5 * line.size  # closing marks may hang
            assert MARGIN * 0.7 < line.y < PAGE_HEIGHT - MARGIN / 2


@every_letter
def test_a_word_file_names_a_chinese_font_on_every_run(letter: Letter) -> None:
    document = Document(BytesIO(render([letter], "docx")))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    runs = [run for paragraph in paragraphs for run in paragraph.runs if run.text]
    assert runs
    for run in runs:
        assert run._element.rPr.rFonts.get(qn("w:eastAsia")) in ("宋体", "黑体")


@every_letter
def test_a_word_file_holds_the_same_words(letter: Letter) -> None:
    document = Document(BytesIO(render([letter], "docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    shown = squeezed("".join([*(p.text for p in document.paragraphs), *cells]))
    said = as_text([letter]).decode()
    assert [each for each in FIGURE.findall(said) if each not in shown] == []
    assert squeezed(letter.title) in shown
    assert "{" not in shown


@every_letter
def test_a_word_file_says_nothing_about_its_maker(letter: Letter) -> None:
    document = Document(BytesIO(render([letter], "docx")))
    known = document.core_properties
    assert (known.author, known.comments, known.title) == ("", "", letter.title)


@every_letter
def test_text_ends_with_one_line_break_and_has_no_stray_spaces(letter: Letter) -> None:
    text = as_text([letter]).decode()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not re.search(r"[ 　]+$", text, re.MULTILINE)


def test_the_overview_shows_the_plans_the_shares_and_the_chart() -> None:
    letter = only("plan-overview", TOLD)
    text = pdf_text(letter)
    assert "一、几种方案（元）" in text
    assert "12026年12月20日1,500" in text
    (page,) = PdfReader(pdf(letter)).pages
    assert len(page.images) == 1
    assert Document(BytesIO(render([letter], "docx"))).inline_shapes[0].width > 0


def test_the_overview_of_who_can_pay_nothing_promises_no_schedule() -> None:
    letter = only("plan-overview", matter(LOAN, of=budget(3000, 3200)))
    assert "还款表" not in pdf_text(letter)
    assert len(PdfReader(pdf(letter)).pages[0].images) == 0


def test_several_letters_make_one_file_with_a_page_each() -> None:
    letters = drafted("negotiation-letter", matter()).letters
    assert len(PdfReader(BytesIO(render(letters, "pdf"))).pages) == 2
    with zipfile.ZipFile(BytesIO(render(letters, "docx"))) as word:
        assert word.read("word/document.xml").count(b'w:type="page"') == 1
    assert render(letters, "txt").decode().count("协商还款申请") == 2


def test_a_reason_as_long_as_allowed_still_fits_the_page() -> None:
    long = matter(LOAN, CARD, particulars=Particulars(reason="家里接连出了事，" * 37))
    for kind in ("negotiation-letter", "instalment-application", "hardship-statement"):
        for letter in drafted(kind, long).letters:
            assert len(laid_out(letter).pages) == 1


def test_a_text_beyond_one_page_runs_on_and_is_not_cut() -> None:
    endless = matter(LOAN, particulars=Particulars(reason="家里接连出了事，" * 600))
    (letter,) = drafted("negotiation-letter", endless).letters
    assert len(laid_out(letter).pages) > 1
    assert pdf_text(letter).count("家里接连出了事") == 600


def test_the_same_letter_gives_the_same_pdf() -> None:
    letter = only("negotiation-letter", matter(LOAN))
    assert render([letter], "pdf") == render([letter], "pdf")


def test_a_character_the_font_lacks_is_named_and_shown_as_a_stand_in() -> None:
    letter = only("negotiation-letter", matter(LOAN, particulars=Particulars(name="吴𠮷")))
    assert fonts.lacking(as_text([letter]).decode()) == ("𠮷",)
    assert "本人吴〓，" in pdf_text(letter)
    assert "吴𠮷" in as_text([letter]).decode()


def test_every_form_has_its_media_type() -> None:
    assert set(RENDERERS) == set(MEDIA_TYPES)


@settings(max_examples=60)
@given(
    st.text(st.sampled_from("还款每月元，。；：（）“”、 ＿1234,.%aB" * 2 + "\u3000"), max_size=120),
    st.integers(40, 400),
)
def test_breaking_loses_no_character_and_starts_no_line_with_a_mark(
    text: str, measure: int
) -> None:
    lines = broken(text, 10, measure)
    assert squeezed("".join(lines)) == squeezed(text)
    for line in lines[1:]:
        assert not line or line[0] not in "，。；：、）”"


def test_a_sum_is_never_split_between_lines() -> None:
    for measure in range(50, 200, 3):
        assert any("1,018.75" in line for line in broken("每月还款1,018.75元整", 10, measure))
