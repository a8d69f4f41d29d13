"""Logs and numbers hold ids, outcomes and durations, and never what a person wrote."""

import dataclasses
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.app import App
from bot.operation.logs import set_up_logging
from bot.store.database import open_database
from bot.transports.web.app import web_app
from tests.transports.web.conftest import Scripted

CANARY = "金丝雀欠款四十二万七千"


@pytest.fixture
def _restored() -> Iterator[None]:
    """The loggers as they were."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


def logged(form: str) -> io.StringIO:
    stream = io.StringIO()
    set_up_logging(form, stream)
    return stream


@pytest.mark.usefixtures("_restored")
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_persons_words_are_in_no_log_and_no_number(app: App, tmp_path: Path, form: str) -> None:
    stream = logged(form)
    own = dataclasses.replace(app, engine=open_database(f"sqlite:///{tmp_path}/aid.sqlite3"))
    with TestClient(web_app(own)) as client:
        for said in (
            CANARY,
            f"我欠分期乐3万2，{CANARY}",
            f"催收说今天上门 {CANARY}",
            f"我想死 {CANARY}",
        ):
            client.post("/api/v1/chat", json={"text": said})
        client.post("/api/v1/plans", json={"text": CANARY})
        client.post("/api/v1/chat", json={"nonsense": CANARY})
        numbers = client.get("/metrics").text
    fault = ValueError(CANARY)
    fault.__cause__ = KeyError(CANARY)
    broken = dataclasses.replace(own, respond=Scripted(fault))  # type: ignore[arg-type]
    with TestClient(web_app(broken)) as client:
        reply = client.post("/api/v1/chat", json={"text": CANARY}).text
        numbers += client.get("/metrics").text
    assert "出了点问题" in reply
    assert "Traceback" not in reply
    log = stream.getvalue()
    assert "a web answer failed" in log
    for needle in (CANARY, json.dumps(CANARY)[1:-1]):
        assert needle not in log
        assert needle not in numbers
        assert needle not in reply
    assert 'event="a web answer failed"' in numbers


@pytest.mark.usefixtures("_restored")
def test_an_operator_sees_kind_and_place_of_a_fault() -> None:
    stream = logged("json")
    try:
        raise ValueError(CANARY)
    except ValueError:
        logging.getLogger("bot.anything").exception("it failed", extra={"answer": "a1"})
    line = json.loads(stream.getvalue())
    assert line["event"] == "it failed"
    assert line["answer"] == "a1"
    assert line["fault"].startswith("ValueError at ")
    assert "test_logs.py:" in line["fault"]


@pytest.mark.usefixtures("_restored")
def test_of_other_libraries_only_the_first_line_is_told() -> None:
    stream = logged("text")
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: %s", CANARY)
    assert "never retrieved" in stream.getvalue()
    assert CANARY not in stream.getvalue()


@pytest.mark.usefixtures("_restored")
def test_json_lines_tell_of_each_answer(app: App, tmp_path: Path) -> None:
    stream = logged("json")
    own = dataclasses.replace(app, engine=open_database(f"sqlite:///{tmp_path}/aid.sqlite3"))
    with TestClient(web_app(own)) as client:
        client.post("/api/v1/chat", json={"text": "收到支付令怎么办"})
    (answered,) = [
        line
        for line in map(json.loads, stream.getvalue().splitlines())
        if line["event"] == "answered"
    ]
    assert answered["status"] == "answered"
    assert answered["transport"] == "web"
