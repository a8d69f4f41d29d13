"""Alive, ready, and in numbers: what load balancers and operators are told."""

import dataclasses
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.app import App
from bot.operation.health import Health, health_routes
from bot.store.database import open_database
from bot.store.outbox import Incoming, Outbox
from bot.transports.web.app import web_app


@pytest.fixture
def own(app: App, tmp_path: Path) -> App:
    """The assistant for health over a database of its own."""
    return dataclasses.replace(app, engine=open_database(f"sqlite:///{tmp_path}/aid.sqlite3"))


@pytest.fixture
def client(own: App) -> Iterator[TestClient]:
    health = Health(own)
    web = FastAPI(lifespan=lambda _web: health.counting())
    web.include_router(health_routes(health))
    with TestClient(web) as client:
        yield client


def test_alive_and_ready_with_each_part(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    reply = client.get("/readyz")
    assert reply.status_code == 200
    parts = {"database": "ok", "index": "ok", "vectors": "none", "model": "none"}
    assert reply.json() == {"status": "ready", **parts}


def test_without_its_database_it_is_alive_but_not_ready(
    own: App, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(_engine: object) -> bool:
        time.sleep(1)
        return True

    monkeypatch.setattr("bot.operation.health.DEADLINE_SECONDS", 0.1)
    monkeypatch.setattr("bot.store.queues.answers", hang)
    reply = client.get("/readyz")
    assert reply.status_code == 503
    assert reply.json()["database"] == "away"
    assert client.get("/healthz").status_code == 200


def test_answers_steps_and_queues_are_counted(app: App, own: App) -> None:
    Outbox(own.engine, "test:1").store([Incoming(1, 1, "{}")])
    with TestClient(web_app(own)) as client:
        client.post("/api/v1/chat", json={"text": "收到支付令怎么办"})
        client.post("/api/v1/chat", json={"text": "今天天气怎么样"})
        text = client.get("/metrics").text
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert any('status="answered"' in each and 'transport="web"' in each for each in lines)
    assert sum("borrower_aid_answers_total" in each for each in lines) >= 2
    assert any(each.startswith("borrower_aid_stage_milliseconds_bucket") for each in lines)
    assert 'borrower_aid_queue_length{queue="telegram_updates"} 1' in lines
    assert 'borrower_aid_up{part="database"} 1' in lines
    for line in lines:
        name, _, value = line.rpartition(" ")
        assert name
        float(value)


def test_every_series_is_described_once(client: TestClient) -> None:
    text = client.get("/metrics").text
    helps = [line.split()[2] for line in text.splitlines() if line.startswith("# HELP")]
    assert len(helps) == len(set(helps))
    assert client.get("/metrics").headers["content-type"].startswith("text/plain; version=0.0.4")
