"""Who gets in: knowing an id gives nothing, a token opens one conversation until it expires."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, text

from bot.app import App
from bot.store.database import open_database
from bot.store.web_conversations import TOKEN_LIFE, Admission, KeptAnswer, WebConversations
from tests.transports.web.visitor import Visitor, the

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANSWER = KeptAnswer("9c1f0e7ab2d34455", "r" * 64, ("id: 9c1f0e7ab2d34455.1\n\n",))


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path}/aid.sqlite3")


@pytest.fixture
def kept(engine: Engine) -> WebConversations:
    return WebConversations(engine)


def begun(kept: WebConversations, now: datetime) -> Admission:
    admission = Admission(now)
    asyncio.run(kept.begin(admission))
    return admission


@pytest.mark.parametrize("token", ["", "x" * 43, "汉字"])
def test_an_id_alone_opens_nothing(site: str, token: str) -> None:
    visitor = Visitor.of(site)
    visitor.ask("收到支付令怎么办")
    headers = {b"Authorization": f"Bearer {token}".encode()} if token else {}
    reply = httpx.get(visitor.address, headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (401, "no_entry")
    assert reply.headers["www-authenticate"] == "Bearer"
    assert "支付令" not in reply.text


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("DELETE", ""), ("POST", "/messages")])
def test_a_token_opens_its_own_conversation_only(site: str, method: str, path: str) -> None:
    mine, theirs = Visitor.of(site), Visitor.of(site)
    body = {"text": "那要多久"} if method == "POST" else None
    reply = httpx.request(method, theirs.address + path, headers=mine.pass_, json=body)
    assert reply.status_code == 401


def test_a_lone_question_cannot_join_a_foreign_conversation(site: str) -> None:
    mine, theirs = Visitor.of(site), Visitor.of(site)
    question = {"text": "那要多久", "conversation": theirs.id}
    for headers in ({}, mine.pass_):
        reply = httpx.post(f"{site}/api/v1/chat", json=question, headers=headers)
        assert reply.status_code == 401


def test_an_unknown_conversation_looks_like_a_foreign_one(site: str) -> None:
    mine = Visitor.of(site)
    foreign = httpx.get(Visitor.of(site).address, headers=mine.pass_)
    unknown = httpx.get(f"{site}/api/v1/conversations/{'x' * 43}", headers=mine.pass_)
    assert (foreign.status_code, foreign.text) == (unknown.status_code, unknown.text)


def test_only_the_hash_of_a_token_is_kept(kept: WebConversations, engine: Engine) -> None:
    admission = begun(kept, NOW)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM web_conversations")).all()
    assert admission.id in str(rows)
    assert admission.token not in str(rows)


def test_a_token_expires_and_takes_kept_answers_along(
    kept: WebConversations, engine: Engine
) -> None:
    admission = begun(kept, NOW)
    kept.keep_answer(admission.id, "key-1", ANSWER)
    almost = NOW + TOKEN_LIFE - timedelta(seconds=1)
    assert kept.visit(admission.id, admission.token, almost) is not None
    assert kept.visit(admission.id, admission.token, NOW + TOKEN_LIFE) is None
    begun(kept, NOW + TOKEN_LIFE)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM web_answers")).scalar() == 0


def test_a_kept_answer_belongs_to_its_conversation(kept: WebConversations) -> None:
    mine, theirs = begun(kept, NOW), begun(kept, NOW)
    kept.keep_answer(mine.id, "key-1", ANSWER)
    assert kept.kept_answer(mine.id, "key-1") == ANSWER
    assert kept.kept_answer(theirs.id, "key-1") is None


def test_nothing_is_kept_for_a_conversation_that_is_gone(
    kept: WebConversations, engine: Engine
) -> None:
    gone = begun(kept, NOW)
    kept.forget(gone.id)
    kept.keep_answer(gone.id, "key-1", ANSWER)
    assert kept.kept_answer(gone.id, "key-1") is None


def test_ones_data_can_be_had_and_deleted(site: str, web_home: App) -> None:
    visitor = Visitor.of(site)
    said = the("done", visitor.ask("我叫张伟，收到支付令怎么办"))["text"]
    export = httpx.get(visitor.address, headers=visitor.pass_).json()
    assert [each["role"] for each in export["messages"]] == ["user", "assistant"]
    assert export["messages"][0]["text"] == "我叫〔姓名〕，收到支付令怎么办"
    assert export["messages"][1]["text"] == said

    assert httpx.delete(visitor.address, headers=visitor.pass_).status_code == 204
    assert httpx.get(visitor.address, headers=visitor.pass_).status_code == 401
    with open_database(web_home.settings.store_url).connect() as connection:
        left = connection.execute(
            text("SELECT count(*) FROM conversations WHERE key = :key"), {"key": visitor.id}
        )
        assert left.scalar() == 0


def test_a_plan_in_the_making_is_ones_data_too(site: str) -> None:
    visitor = Visitor.of(site)
    visitor.ask("月入6500，房租吃饭4700，留300应急，分期乐欠32600，微粒贷15400")
    export = httpx.get(visitor.address, headers=visitor.pass_).json()
    assert "32600" in str(export["also_kept"]["interviews"])


def test_deleting_leaves_others_alone(site: str) -> None:
    mine, theirs = Visitor.of(site), Visitor.of(site)
    theirs.ask("收到支付令怎么办")
    httpx.delete(mine.address, headers=mine.pass_)
    assert len(httpx.get(theirs.address, headers=theirs.pass_).json()["messages"]) == 2
