"""The chat over real HTTP: events in order, feedback, and calm faults."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.app import App
from bot.dialogue.message import Message, Response
from bot.transports.web.app import web_app
from tests.stands.web_server import serving

Events = list[tuple[str, Any]]


@pytest.fixture(scope="module")
def site(app: App) -> Iterator[str]:
    with serving(web_app(app)) as address:
        yield address


def chat(site: str, **question: object) -> Events:
    reply = httpx.post(f"{site}/api/v1/chat", json=question, timeout=30)
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/event-stream")
    return read(reply.text)


def read(stream: str) -> Events:
    blocks = (block.split("\n", 1) for block in stream.strip().split("\n\n"))
    return [
        (name.removeprefix("event: "), json.loads(data.removeprefix("data: ")))
        for name, data in blocks
    ]


def the(name: str, events: Events) -> Any:
    (content,) = (content for each, content in events if each == name)
    return content


def test_an_answer_streams_in_the_promised_order(site: str) -> None:
    events = chat(site, text="催收说今天上门，我该怎么办")
    names = list(dict.fromkeys(name for name, _ in events))
    assert names == ["status", "delta", "sources", "actions", "done"]
    assert sum(name == "delta" for name, _ in events) > 1


def test_the_pieces_add_up_to_the_whole(site: str) -> None:
    events = chat(site, text="收到支付令怎么办")
    pieces = "".join(content["text"] for name, content in events if name == "delta")
    assert pieces == the("done", events)["text"]


def test_sources_carry_status_and_date(site: str) -> None:
    events = chat(site, text="收到支付令怎么办")
    assert the("sources", events)[0]["title"] == "民事诉讼法"
    assert the("sources", events)[0]["status"] == "in_force"


def test_a_follow_up_needs_only_the_conversations_key(site: str) -> None:
    first = chat(site, text="收到支付令怎么办")
    key = the("status", first)["conversation"]
    second = chat(site, text="那要多久", conversation=key)
    assert the("status", second)["conversation"] == key
    assert "15" in the("done", second)["text"]


def test_a_beginning_shows_what_can_be_asked(site: str) -> None:
    events = chat(site, text="", kind="start")
    assert len(the("actions", events)) == 4


def test_a_crisis_is_marked_so(site: str) -> None:
    done = the("done", chat(site, text="欠了二十多万，不想活了"))
    assert (done["status"], done["risk"]) == ("crisis", "crisis")
    assert "12356" in done["text"]


def test_a_reader_can_say_whether_it_helped(site: str) -> None:
    answer = the("done", chat(site, text="收到支付令怎么办"))["answer"]
    verdict = {"useful": False, "reason": "看不懂"}
    assert httpx.post(f"{site}/api/v1/answers/{answer}/feedback", json=verdict).status_code == 204
    assert httpx.post(f"{site}/api/v1/answers/nobody/feedback", json=verdict).status_code == 404


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"text": 5},
        {"text": "x" * 100_001},
        {"text": "上门", "conversation": "1"},
        {"text": "上门", "language": "zz"},
    ],
)
def test_a_malformed_question_is_refused_by_field(site: str, question: dict[str, object]) -> None:
    reply = httpx.post(f"{site}/api/v1/chat", json=question)
    assert reply.status_code == 422
    assert reply.json()["detail"][0]["loc"][0] == "body"


@pytest.mark.parametrize("text", ["", "  ", "😀", "\u200b", "怎么办" * 30_000])
def test_odd_input_gets_a_short_reply(site: str, text: str) -> None:
    assert 0 < len(the("done", chat(site, text=text))["text"]) < 300


def test_a_fault_is_one_calm_sentence(app: App, caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        async def __call__(self, _message: Message, _listener: object = None) -> Response:
            raise RuntimeError("secret detail")

        rate = None

    broken = App(app.settings, app.wording, app.library, app.retriever, app.steps, Broken())  # type: ignore[arg-type]
    with serving(web_app(broken)) as address:
        events = chat(address, text="上门")
    assert [name for name, _ in events] == ["status", "error"]
    assert "110" in the("error", events)["message"]
    assert "secret" not in json.dumps(events)
    assert "secret detail" in caplog.text


def test_the_page_and_its_parts_are_small_and_ours_alone(site: str) -> None:
    page = httpx.get(site).text
    assert "借款" not in page.split("<title>")[1].split("</title>")[0]  # somebody may be watching
    assert 'src="http' not in page
    sizes = [len(httpx.get(f"{site}/static/{name}").content) for name in ("chat.js", "chat.css")]
    assert sum(sizes) + len(page) < 80_000
