"""What an operator switches off stays off, with who and why; borrowers read one calm sentence."""

import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from typer.testing import CliRunner

from bot.answering.model import HostedModel
from bot.app import App
from bot.cli import cli
from bot.dialogue.message import Kind, Message
from bot.errors import ModelUnavailable
from bot.store.switches import LOOK_SECONDS, Switches


async def test_everything_is_on_until_somebody_turns_it(engine: Engine) -> None:
    assert not await Switches(engine).off("web")
    assert Switches(engine).states() == []


async def test_the_last_turn_counts_and_says_who_and_why(engine: Engine) -> None:
    switches = Switches(engine)
    switches.turn("web", on=False, who="lin", note="wrong deadline in an entry")
    (state,) = switches.states()
    assert (state.on, state.who, state.note) == (False, "lin", "wrong deadline in an entry")
    assert await Switches(engine).off("web")
    assert not await Switches(engine).off("telegram")
    switches.turn("web", on=True, who="lin", note="mended")
    assert not await Switches(engine).off("web")


async def test_another_process_sees_it_within_a_second(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.monotonic()
    monkeypatch.setattr("bot.store.switches.time.monotonic", lambda: now)
    looking = Switches(engine)
    assert not await looking.off("web")
    Switches(engine).turn("web", on=False, who="lin", note="")
    assert not await looking.off("web"), "it looks once a second, not at every message"
    now += LOOK_SECONDS
    assert await looking.off("web")


async def test_while_the_database_is_away_it_stays_as_it_was_seen(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    switches = Switches(engine)
    switches.turn("web", on=False, who="lin", note="")
    assert await switches.off("web")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE switches"))
    monkeypatch.setattr("bot.store.switches.LOOK_SECONDS", 0.0)
    assert await switches.off("web")


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.START, Kind.PHOTO])
async def test_a_borrower_reads_one_calm_sentence(
    app: App, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.switches.LOOK_SECONDS", 0.0)
    switches = Switches(app.engine)
    switches.turn("telegram", on=False, who="lin", note="")
    try:
        response = await app.respond(Message("telegram", "switched", "催收今天上门", kind))
        elsewhere = await app.respond(Message("console", "switched", "催收今天上门", kind))
    finally:
        switches.turn("telegram", on=True, who="lin", note="")
    assert "维护" in response.reply.text
    assert "110" in response.reply.text
    assert response.answer_id is None
    assert "维护" not in elsewhere.reply.text


async def test_a_model_that_is_switched_off_is_not_asked() -> None:
    async def off() -> bool:
        return True

    model = HostedModel("any", "http://127.0.0.1:1/v1", None, 1.0, off)
    with pytest.raises(ModelUnavailable, match="switched off"):
        async for _ in model.stream("system", "user"):
            pass


def test_the_commands_turn_and_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BORROWER_AID_DATA_DIR", str(tmp_path))

    def run(*words: str) -> str:
        done = CliRunner().invoke(cli, ["switch", *words])
        assert done.exit_code == 0, done.output
        return done.output

    assert "model is off" in run("off", "model", "--note", "it invents dates", "--who", "lin")
    (line,) = [each for each in run("list").splitlines() if each.startswith("model")]
    assert "OFF" in line
    assert "by lin: it invents dates" in line
    run("on", "model")
    assert "OFF" not in run("list")
    assert CliRunner().invoke(cli, ["switch", "off", "fax", "--note", ""]).exit_code == 2
