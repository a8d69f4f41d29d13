from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.vocabulary import Audience, TrustTier
from ingest.intake import Block, Code, Concern, Document, Intake, Judgement, Kind, Source
from ingest.sentences import sentences
from ingest.split import LONGEST, articles, sections, split
from tests.ingest.pages import LAW, SPUN_PAGE, document, taken

BORROWER, LENDER = Audience.BORROWER, Audience.LENDER


def judged(found: Document, *audiences: Audience, concerns: tuple[Concern, ...] = ()) -> Judgement:
    rest = (BORROWER,) * (len(found.blocks) - len(audiences))
    return Judgement(concerns, (*audiences, *rest), TrustTier.UNREVIEWED, None)


def texts(found: Document, *audiences: Audience) -> list[str]:
    return [piece.text for piece in sections(found, judged(found, *audiences))]


def test_a_statute_is_split_by_its_articles() -> None:
    pieces = taken(LAW, "law.md", Kind.LAW).pieces
    assert [piece.article for piece in pieces] == ["1", "2", "3", "3-1"]
    assert pieces[1].text == "第二条 借条应当写明下列事项：\n（一）金额；\n（二）日期。"
    assert pieces[1].heading == ("第一章 总 则",)


def test_what_stands_between_a_chapter_and_its_first_article_is_no_article() -> None:
    found = taken(
        "某法\n第一章 总则\n说明的话。\n第一条 甲。\n第二章 附则\n第二条 乙。", "l.txt", Kind.LAW
    )
    assert [piece.text for piece in found.pieces] == ["第一条 甲。", "第二条 乙。"]


def test_a_reply_without_articles_is_split_by_its_points() -> None:
    pieces = [*articles(document("经研究，批复如下：", "一、甲。", "乙。", "二、丙。"))]
    assert [(piece.article, piece.text) for piece in pieces] == [
        ("1", "一、甲。\n乙。"),
        ("2", "二、丙。"),
    ]


def test_the_points_inside_an_article_are_no_articles() -> None:
    pieces = [*articles(document("第一条 甲：", "一、乙；", "二、丙。", "第二条 丁。"))]
    assert [piece.article for piece in pieces] == ["1", "2"]


def test_a_heading_begins_a_new_piece_and_leads_to_it() -> None:
    found = Document(
        "题",
        (
            Block("还不上怎么办", 1, level=1),
            Block("先做", 2, level=2),
            Block("先打客服。", 3),
            Block("再做", 4, level=2),
            Block("再写信。", 5),
        ),
    )
    pieces = [*sections(found, judged(found))]
    assert [(piece.heading, piece.text) for piece in pieces] == [
        (("还不上怎么办", "先做"), "先打客服。"),
        (("还不上怎么办", "再做"), "再写信。"),
    ]


def test_a_question_begins_a_new_piece_and_is_kept_as_such() -> None:
    found = document(
        "问：能不能不开门？", "答：可以不开门。", "他们半夜打电话怎么办？", "录音，第二天投诉。"
    )
    pieces = [*sections(found, judged(found))]
    assert [(piece.questions, piece.text) for piece in pieces] == [
        (("能不能不开门？",), "可以不开门。"),
        (("他们半夜打电话怎么办？",), "录音，第二天投诉。"),
    ]


def test_short_paragraphs_stand_together() -> None:
    assert texts(document("先打客服。", "再写信。")) == ["先打客服。\n再写信。"]


def test_a_piece_has_one_audience() -> None:
    assert texts(document("你可以录音。", "催收员要录音。", "你先别急。"), BORROWER, LENDER) == [
        "你可以录音。",
        "催收员要录音。",
        "你先别急。",
    ]


def test_a_long_paragraph_is_cut_between_sentences_with_one_in_common() -> None:
    parts = [f"这是第{n}句话，它说了一件与还款有关的事情。" for n in range(60)]
    pieces = texts(document("".join(parts)))
    assert len(pieces) > 2
    for before, after in pairwise(pieces):
        assert sentences(before)[-1] == sentences(after)[0]
        assert len(before) <= LONGEST


def test_paragraphs_of_a_structured_text_do_not_overlap() -> None:
    parts = [f"第{n}段说的是别的事情。" * 12 for n in range(8)]
    pieces = texts(document(*parts))
    assert "\n".join(pieces) == "\n".join(parts)


def test_one_sentence_longer_than_a_piece_stays_whole() -> None:
    long = "很" * (LONGEST + 100) + "长。"
    assert texts(document(f"短。{long}短。")) == ["短。", long, "短。"]


@given(st.lists(st.text("催收还款，。！？\n；a1", min_size=1, max_size=700), max_size=6))
def test_no_sentence_is_ever_cut_and_none_is_lost(paragraphs: list[str]) -> None:
    blocks = [" ".join(each.split()) for each in paragraphs]
    found = document(*(each for each in blocks if each))
    written = [s for block in found.blocks if len(block.text) > 60 for s in sentences(block.text)]
    kept = {s for piece in sections(found, judged(found)) for s in sentences(piece.text)}
    assert set(written) <= kept


def test_a_piece_carries_what_was_said_of_its_lines() -> None:
    found = document("你可以录音。", "你先别急。" * 90)
    said = Concern(Code.SPUN, 2, "odd words")
    intake = Intake(
        Source("a", b""), Kind.WEB, document=found, judgement=judged(found, concerns=(said,))
    )
    assert [piece.concerns for piece in split(intake).pieces[:2]] == [(), (said,)]


def test_every_line_of_a_page_is_in_a_piece_or_a_heading() -> None:
    intake = taken(SPUN_PAGE)
    kept = "\n".join(text for piece in intake.pieces for text in (*piece.heading, piece.text))
    for line in SPUN_PAGE.splitlines():
        assert line in kept
