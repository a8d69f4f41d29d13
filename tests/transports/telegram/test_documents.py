"""A letter sent as a file is read and answered; the file itself is never kept."""

from pathlib import Path

import pytest

from bot.answering.reply import Reply, Status
from bot.knowledge.vocabulary import Risk
from tests.stands.bot_api import BotApi
from tests.transports.telegram.scripted import Scripted

SUMMONS = (
    "北京市某某区人民法院\n传 票\n被传唤人：张伟，电话13800138000\n"
    "应到时间：2026年12月15日9时\n如不到庭，可缺席判决。"
)
LAWYER = "某某律师事务所\n律师函\n请于3日内还款，否则申请支付令并强制执行。"


def test_a_letter_is_named_and_its_question_answered(
    bot: BotApi, dialogue: Scripted, tmp_path: Path
) -> None:
    bot.send_file("传票.txt", SUMMONS.encode())
    (answer,) = bot.wait_told()
    assert "看起来是法院传票" in answer["text"]
    assert "12368" in answer["text"]
    assert "· 应到时间：2026年12月15日9时" in answer["text"]
    assert answer["text"].endswith("答：收到法院传票了怎么办")
    assert dialogue.heard[-1].text == "收到法院传票了怎么办"
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "缺席判决".encode() not in kept
    assert b"13800138000" not in kept


def test_the_title_counts_not_what_is_threatened(bot: BotApi) -> None:
    bot.send_file("函.txt", LAWYER.encode())
    assert "看起来是律师函" in bot.wait_told()[0]["text"]


def test_words_under_a_file_are_answered_too(bot: BotApi, dialogue: Scripted) -> None:
    bot.send_file("传票.txt", SUMMONS.encode(), caption="我没时间去行不行")
    bot.wait_told()
    assert dialogue.heard[-1].text == "收到法院传票了怎么办？我没时间去行不行"


def test_a_short_text_is_answered_as_if_typed_and_masked(bot: BotApi, dialogue: Scripted) -> None:
    bot.send_file("问题.txt", "我叫张伟，欠了三万还不上怎么办".encode())
    bot.wait_told()
    assert dialogue.heard[-1].text == "我叫〔姓名〕，欠了三万还不上怎么办"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n", "看不了图片"),
        ("a.exe", b"MZ\x90\0", "能读的是 PDF、Word"),
        ("a.pdf", b"#!/bin/sh", "和它的名字对不上"),
        ("a.pdf", b"%PDF-1.7", "打不开"),
        ("long.txt", "今天天气不错。".encode() * 200, "看不出是哪一种"),
    ],
)
def test_what_cannot_be_read_gets_a_calm_word(
    bot: BotApi, dialogue: Scripted, name: str, content: bytes, said: str
) -> None:
    bot.send_file(name, content)
    assert said in bot.wait_told()[0]["text"]
    assert dialogue.heard == []


def test_a_large_file_is_not_even_fetched(bot: BotApi) -> None:
    bot.send_file("a.pdf", b"%PDF-" + b"0" * 5_000_001)
    assert "5 MB" in bot.wait_told()[0]["text"]
    assert bot.accepted("getFile") == []


def test_a_file_that_telegram_no_longer_has_is_asked_for_again(bot: BotApi) -> None:
    bot.send(document={"file_id": "gone", "file_unique_id": "u", "file_name": "a.pdf"})
    assert "请再发一次" in bot.wait_told()[0]["text"]


def test_in_a_group_no_file_is_opened(bot: BotApi) -> None:
    bot.send_file("传票.txt", SUMMONS.encode(), chat=-7, user=5, caption="@borrower_test_bot 看看",
                  caption_entities=[{"type": "mention", "offset": 0, "length": 18}])  # fmt: skip
    assert "私下发给我" in bot.wait_told(chat=-7)[0]["text"]
    assert bot.accepted("getFile") == []


def test_danger_stands_alone(bot: BotApi, dialogue: Scripted) -> None:
    dialogue.reply = Reply(Status.CRISIS, "先打 12356。", risk=Risk.CRISIS)
    bot.send_file("遗书.txt", "我不想活了".encode())
    assert bot.wait_told()[0]["text"] == "先打 12356。"
