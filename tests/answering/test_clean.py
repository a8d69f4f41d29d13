"""Any text becomes readable, and what holds no words is answered kindly."""

from datetime import date

import pytest

from bot.answering.clean import Clean, has_words, readable
from bot.answering.reply import Status, Utterance
from bot.answering.turn import Turn
from bot.knowledge.vocabulary import Language
from bot.wording import Wording

WORDING = Wording({"empty": {"zh-Hans": "请写发生了什么", "en": "Please write"}})


def turn(text: str, **more: object) -> Turn:
    return Turn(id="t", text=text, today=date(2026, 11, 23), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("催\u200b收\u2060上门", "催收上门"),
        ("上门\x00\x07怎么办", "上门怎么办"),
        ("上门\ud83d怎么办", "上门怎么办"),
        ("上\ud83d\ude00门", "上😀门"),
        ("第一行\r\n第二行\r第三行", "第一行\n第二行\n第三行"),
        ("太多    空格\n\n\n\n和空行", "太多 空格\n\n和空行"),
        ("e\u0301", "é"),
        ("\ufeff \u3164 ", ""),
    ],
)
def test_text_becomes_readable(raw: str, read: str) -> None:
    assert readable(raw) == read


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "😀😀", "……？！", "\ud83d"])
async def test_what_holds_no_words_gets_a_kind_line(text: str) -> None:
    done = await Clean(WORDING)(turn(text))
    assert done.reply is not None
    assert done.reply.status is Status.CLARIFY
    assert done.reply.text == "请写发生了什么"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("催收说今天上门", Language.SIMPLIFIED),
        ("催收說今天上門", Language.TRADITIONAL),
        ("can they come into my home?", Language.ENGLISH),
        ("我的 loan 逾期了 what now", Language.SIMPLIFIED),
    ],
)
async def test_the_answer_comes_in_the_language_of_the_question(
    text: str, language: Language
) -> None:
    assert (await Clean(WORDING)(turn(text))).language is language


async def test_a_chosen_language_is_kept() -> None:
    done = await Clean(WORDING)(turn("can they come?", wanted_language=Language.TRADITIONAL))
    assert done.language is Language.TRADITIONAL


async def test_without_words_the_language_of_the_talk_is_kept() -> None:
    said = (Utterance("user", "can they come into my home?"),)
    done = await Clean(WORDING)(turn("???", context=said))
    assert done.reply is not None
    assert done.reply.text == "Please write"


def test_a_hundred_thousand_characters_are_read_quickly() -> None:
    assert has_words(readable("催收\u200b上门" * 25_000))
