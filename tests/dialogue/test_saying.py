from datetime import date

import pytest

from bot.answering.reply import Action, Utterance
from bot.answering.turn import Turn
from bot.dialogue.saying import said, script_read
from bot.knowledge.vocabulary import Language

TRADITIONAL, SIMPLIFIED = Language.TRADITIONAL, Language.SIMPLIFIED


def turn(text: str, *before: str, language: Language = SIMPLIFIED) -> Turn:
    context = tuple(Utterance("assistant", each) for each in before)
    return Turn("1", text, date(2026, 11, 23), context, language=language)


@pytest.mark.parametrize(
    ("text", "before", "language"),
    [
        ("5800", ("每個月實際到手的收入大約多少？",), TRADITIONAL),
        ("5800", ("每个月实际到手的收入大约多少？",), SIMPLIFIED),
        ("5800", (), SIMPLIFIED),
        ("没有了", ("還有別家嗎？",), SIMPLIFIED),
        ("不留", ("每個月想留多少應急？", "5800"), TRADITIONAL),
    ],
)
def test_words_in_no_script_keep_the_one_before(
    text: str, before: tuple[str, ...], language: Language
) -> None:
    assert script_read(turn(text, *before)) is language


def test_english_stays_english() -> None:
    assert script_read(turn("make a plan", "還款", language=Language.ENGLISH)) is Language.ENGLISH


def test_buttons_of_a_traditional_reader_send_traditional_words() -> None:
    reply = said(turn("繼續", language=TRADITIONAL), "应急", ["没有了"]).reply
    assert (reply.text, reply.actions) == ("應急", (Action("沒有了", "沒有了"),))
