"""Replies as Telegram messages: what is shown is what was meant, within every limit."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.reply import Reply, Source, Status
from bot.knowledge.instrument import InstrumentKind
from bot.knowledge.vocabulary import Verification
from bot.settings import ROOT
from bot.transports.telegram.render import LIMIT, pieces, read_marks, telegram_parts
from bot.transports.telegram.send import without_tags
from bot.wording import Wording
from tests.stands.bot_api_text import read_html, units

PHRASES = ROOT / "knowledge_base" / "phrases"
WORDS = Wording.read(PHRASES / "conversation.yaml", PHRASES / "telegram.yaml")
CODE = Source(
    "民法典", "第1033条", InstrumentKind.LAW, "in_force", date(2021, 1, 1), Verification.TEXT
)
TEXTS = st.text(st.sampled_from("一二🏠<>&*。\n a"), max_size=120) | st.lists(
    st.sampled_from(["**重要**", "一句话。", "🏠🏠", "\n\n", "a & b < c", "**很长的重点，", "**"]),
    max_size=30,
).map("".join)


@given(TEXTS, st.integers(8, 40))
def test_pieces_are_whole_readable_and_within_the_limit(text: str, limit: int) -> None:
    parts = pieces(text, limit)
    shown = [read_html(part.html) for part in parts]
    assert all(
        units(each.text) == part.units <= limit for each, part in zip(shown, parts, strict=True)
    )
    said = "".join("".join(each.text.split()) for each in shown)
    assert said == "".join(read_marks(text).text.split())


@given(TEXTS, st.integers(8, 40))
def test_what_was_bold_stays_bold(text: str, limit: int) -> None:
    marked = read_marks(text)
    meant = "".join(marked.text[start:end] for start, end in marked.bold)
    shown = "".join(
        each.text.encode("utf-16-le")[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode(
            "utf-16-le"
        )
        for part in pieces(text, limit)
        for each in [read_html(part.html)]
        for e in each.entities
    )
    assert "".join(shown.split()) == "".join(meant.split())


@given(TEXTS)
def test_without_tags_a_reader_sees_the_same(text: str) -> None:
    for part in pieces(text):
        assert without_tags(part.html) == read_html(part.html).text


def test_a_break_falls_between_paragraphs() -> None:
    first, second = pieces("一" * 3000 + "\n\n" + "二" * 2000)
    assert (first.units, second.units) == (3000, 2000)


def test_half_a_character_is_replaced() -> None:
    assert [part.html for part in pieces("上门\ud83d怎么办")] == ["上门?怎么办"]


def test_sources_open_when_touched() -> None:
    (part,) = telegram_parts(Reply(Status.ANSWERED, "先不开门。", sources=(CODE,)), WORDS)
    read = read_html(part)
    assert read.text == "先不开门。\n依据\n民法典第1033条（2021-01-01 起施行）"
    assert [entity["type"] for entity in read.entities] == ["expandable_blockquote"]


def test_what_is_not_needed_tonight_is_folded_above_the_sources() -> None:
    reply = Reply(Status.ANSWERED, "先不开门。", more="· 再看看。", sources=(CODE,))
    (part,) = telegram_parts(reply, WORDS)
    folded = [e for e in read_html(part).entities if e["type"] == "expandable_blockquote"]
    assert len(folded) == 2
    assert part.index("再看看") < part.index("民法典")


@pytest.mark.parametrize("length", [LIMIT - 30, LIMIT, LIMIT + 1, 3 * LIMIT])
def test_a_long_answer_and_its_sources_stay_within_the_limit(length: int) -> None:
    reply = Reply(Status.ANSWERED, "字" * length, more="多" * LIMIT, sources=(CODE,) * 20)
    parts = telegram_parts(reply, WORDS)
    assert all(0 < units(read_html(part).text) <= LIMIT for part in parts)
    assert "民法典" in parts[-1]
