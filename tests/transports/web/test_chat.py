"""The chat over real HTTP: events in order, follow-ups, feedback, calm faults."""

import json

import httpx
import pytest

from bot.answering.reply import Document, Reply, Status
from bot.app import App
from bot.transports.web.app import web_app
from tests.stands.web_server import serving
from tests.transports.web.conftest import with_reply
from tests.transports.web.visitor import Visitor, chat, the


def test_an_answer_streams_in_the_promised_order(site: str) -> None:
    events = chat(site, text="催收说今天上门，我该怎么办")
    names = list(dict.fromkeys(name for name, _ in events))
    assert names == ["status", "delta", "sources", "actions", "done"]
    assert sum(name == "delta" for name, _ in events) > 1


def test_the_pieces_add_up_to_the_whole(site: str) -> None:
    events = Visitor.of(site).ask("收到支付令怎么办")
    pieces = "".join(content["text"] for name, content in events if name == "delta")
    assert pieces == the("done", events)["text"]


def test_sources_carry_status_and_date(site: str) -> None:
    events = Visitor.of(site).ask("收到支付令怎么办")
    assert the("sources", events)[0]["title"] == "民事诉讼法"
    assert the("sources", events)[0]["status"] == "in_force"


def test_a_follow_up_is_understood_from_what_was_said_before(site: str) -> None:
    visitor = Visitor.of(site)
    visitor.ask("收到支付令怎么办")
    assert "15" in the("done", visitor.ask("那要多久"))["text"]


def test_a_lone_question_tells_how_to_go_on(site: str) -> None:
    opening = the("status", chat(site, text="收到支付令怎么办"))
    reply = httpx.post(
        f"{site}/api/v1/chat",
        json={"text": "那要多久", "conversation": opening["conversation"]},
        headers={"Authorization": f"Bearer {opening['token']}"},
    )
    assert "15" in reply.text


def test_a_beginning_shows_what_can_be_asked(site: str) -> None:
    events = Visitor.of(site).ask("", kind="start", language="en")
    assert len(the("actions", events)) == 4
    assert "Borrower Aid" in the("done", events)["text"]


def test_a_crisis_is_marked_so(site: str) -> None:
    done = the("done", chat(site, text="欠了二十多万，不想活了"))
    assert (done["status"], done["risk"]) == ("crisis", "crisis")
    assert "12356" in done["text"]


def test_a_reader_can_say_whether_it_helped_and_nobody_else(site: str) -> None:
    visitor, stranger = Visitor.of(site), Visitor.of(site)
    answer = the("done", visitor.ask("收到支付令怎么办"))["answer"]
    verdict = {"useful": False, "reason": "看不懂，我电话13800138000"}

    def say(who: Visitor, about: str) -> int:
        address = f"{who.address}/answers/{about}/feedback"
        return httpx.post(address, json=verdict, headers=who.pass_).status_code

    assert say(stranger, answer) == 404
    assert say(visitor, "x" * 43) == 404
    assert say(visitor, answer) == 204
    kept = httpx.get(visitor.address, headers=visitor.pass_).json()["messages"][1]
    assert kept["feedback"].pop("at")
    assert kept["feedback"] == {"useful": False, "reason": "看不懂，我电话〔手机号〕"}


@pytest.mark.parametrize(("wish", "yes"), [("/forget", "是"), ("delete my data", "Yes")])
def test_who_wants_to_be_forgotten_is_asked_once(site: str, wish: str, yes: str) -> None:
    visitor = Visitor.of(site)
    visitor.ask("收到支付令怎么办")
    asked = visitor.ask(wish)
    assert len(the("actions", asked)) == 2
    assert "forgotten" not in the("done", asked)
    kept = httpx.get(visitor.address, headers=visitor.pass_).json()
    assert [each["role"] for each in kept["messages"]] == ["user", "assistant"]
    assert the("done", visitor.ask(yes))["forgotten"] is True
    assert httpx.get(visitor.address, headers=visitor.pass_).status_code == 401


def test_a_conversation_that_begins_with_the_wish_goes_on(site: str) -> None:
    assert "forgotten" not in the("done", chat(site, text="删除我的数据"))


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"text": 5},
        {"text": "x" * 100_001},
        {"text": "\ud83d"},
        {"text": "上门", "conversation": "1"},
        {"text": "上门", "language": "zz"},
        {"text": "上门", "kind": "dance"},
        {"text": "上门", "site": "../etc"},
    ],
)
def test_a_malformed_question_is_refused_by_field(site: str, question: dict[str, object]) -> None:
    body = json.dumps(question).encode()
    reply = httpx.post(
        f"{site}/api/v1/chat", content=body, headers={"Content-Type": "application/json"}
    )
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["code"] == "invalid"
    assert reply.json()["errors"][0]["field"].startswith("body")


@pytest.mark.parametrize("text", ["", "  ", "😀", "\u200b", "怎么办" * 30_000, "\x00\x07"])
def test_odd_input_gets_a_short_reply(site: str, text: str) -> None:
    assert 0 < len(the("done", chat(site, text=text))["text"]) < 300


def test_a_document_comes_with_its_bytes(web_home: App) -> None:
    letter = Document("协商信.txt", "text/plain", "你好".encode())
    reply = Reply(Status.ANSWERED, "写好了。", documents=(letter,))
    with serving(web_app(with_reply(web_home, reply))) as address:
        document = the("document", chat(address, text="帮我写信"))
    assert document == {
        "name": "协商信.txt",
        "media_type": "text/plain",
        "size": 6,
        "content": "5L2g5aW9",
    }


def test_a_fault_is_one_calm_sentence(web_home: App, caplog: pytest.LogCaptureFixture) -> None:
    broken = with_reply(web_home, RuntimeError("secret detail"))
    with serving(web_app(broken)) as address:
        events = chat(address, text="上门")
    assert [name for name, _ in events] == ["status", "error"]
    assert "110" in the("error", events)["message"]
    assert "secret" not in json.dumps(events)
    assert "secret detail" in caplog.text


def test_a_question_asked_back_has_its_buttons_and_takes_an_answer_in_words(site: str) -> None:
    visitor = Visitor.of(site)
    asked = visitor.ask("收到一封信怎么办")
    buttons = {each["label"]: each["message"] for each in the("actions", asked)}
    assert list(buttons) == ["法院的纸质文书", "律师或公司的函", "短信或链接"]
    assert "律师函不是法院文书" in the("done", visitor.ask("是律师"))["text"]
    pressed = Visitor.of(site).ask(buttons["短信或链接"])
    assert "不填卡号" in the("done", pressed)["text"]
