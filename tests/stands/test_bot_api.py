"""The stand refuses what Telegram refuses, in the same words."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.stands.bot_api import BOT, TOKEN, BotApi, bot_api

Answer = dict[str, Any]
CHAT = 42


@pytest.fixture(scope="module")
def stand() -> Iterator[BotApi]:
    with bot_api() as running:
        running.message_of_person(CHAT, text="你好")
        yield running


def call(stand: BotApi, method: str, token: str = TOKEN, **fields: object) -> Answer:
    answer = httpx.post(f"{stand.address}/bot{token}/{method}", json=fields)
    found: Answer = answer.json()
    assert found["ok"] == (answer.status_code == 200)
    return found


def button(data: str) -> Answer:
    return {"inline_keyboard": [[{"text": "问", "callback_data": data}]]}


REFUSED = {
    "empty": ({"text": " "}, "message text is empty"),
    "too long": ({"text": "字" * 4097}, "message is too long"),
    "too long in UTF-16": ({"text": "🏠" * 2049}, "message is too long"),
    "unclosed": ({"text": "<b>x", "parse_mode": "HTML"}, "Can't find end tag"),
    "unknown tag": ({"text": "<div>x</div>", "parse_mode": "HTML"}, 'Unsupported start tag "div"'),
    "crossed": ({"text": "<b><i>x</b></i>", "parse_mode": "HTML"}, "Unmatched end tag"),
    "bare angle": ({"text": "1 < 2", "parse_mode": "HTML"}, "Unsupported start tag"),
    "long button": ({"text": "x", "reply_markup": button("字" * 22)}, "BUTTON_DATA_INVALID"),
    "reply to nothing": ({"text": "x", "reply_parameters": {"message_id": 999}}, "not found"),
}


@pytest.mark.parametrize(("fields", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_bad_message_is_refused(stand: BotApi, fields: Answer, why: str) -> None:
    answer = call(stand, "sendMessage", chat_id=CHAT, **fields)
    assert answer["error_code"] == 400
    assert why in answer["description"]


@pytest.mark.parametrize("text", ["字" * 4096, "🏠" * 2048])
def test_the_limit_itself_is_taken(stand: BotApi, text: str) -> None:
    assert call(stand, "sendMessage", chat_id=CHAT, text=text)["ok"]


def test_marks_do_not_count(stand: BotApi) -> None:
    text = "<b>" + "&lt;" * 4096 + "</b>"
    answer = call(stand, "sendMessage", chat_id=CHAT, text=text, parse_mode="HTML")
    assert answer["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


def test_an_unknown_chat_and_a_wrong_token_are_refused(stand: BotApi) -> None:
    assert call(stand, "sendMessage", chat_id=7, text="x")["error_code"] == 400
    assert call(stand, "getMe", token="1:x")["error_code"] == 401
    assert call(stand, "getMe")["result"] == BOT


def test_an_edit_that_changes_nothing_is_refused(stand: BotApi) -> None:
    sent = call(stand, "sendMessage", chat_id=CHAT, text="一")["result"]
    place = {"chat_id": CHAT, "message_id": sent["message_id"]}
    assert "not modified" in call(stand, "editMessageText", text="一", **place)["description"]
    assert call(stand, "editMessageText", text="二", **place)["ok"]


def test_somebody_elses_message_cannot_be_edited(stand: BotApi) -> None:
    asked = next(each for each in stand.messages[CHAT].values() if each["from"] != BOT)
    place = {"chat_id": CHAT, "message_id": asked["message_id"]}
    assert "can't be edited" in call(stand, "editMessageText", text="x", **place)["description"]


def test_a_button_is_answered_once(stand: BotApi) -> None:
    call(stand, "sendMessage", chat_id=CHAT, text="一", reply_markup=button("ask:1"))
    query = stand.press("问", CHAT)
    assert call(stand, "answerCallbackQuery", callback_query_id=query)["ok"]
    again = call(stand, "answerCallbackQuery", callback_query_id=query)
    assert "query is too old" in again["description"]


def test_polling_is_refused_while_a_webhook_is_set(stand: BotApi) -> None:
    call(stand, "setWebhook", url="http://127.0.0.1:1/hook", secret_token="s")
    assert call(stand, "getUpdates")["error_code"] == 409
    call(stand, "deleteWebhook")
    assert call(stand, "getUpdates")["ok"]


def test_faults_come_as_telegram_words_them(stand: BotApi) -> None:
    stand.fail("sendMessage", 429, retry_after=3)
    assert call(stand, "sendMessage", chat_id=CHAT, text="x")["parameters"] == {"retry_after": 3}
    stand.fail("sendMessage", 502)
    answer = httpx.post(f"{stand.address}/bot{TOKEN}/sendMessage", json={"chat_id": CHAT})
    assert (answer.status_code, answer.headers["content-type"][:9]) == (502, "text/html")
    stand.fail("sendMessage", cut=True)
    with pytest.raises(httpx.RemoteProtocolError):
        call(stand, "sendMessage", chat_id=CHAT, text="x")
