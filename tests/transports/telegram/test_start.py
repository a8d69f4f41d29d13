"""The bot as its operator starts it: the shipped command, the whole assistant, one line a fault."""

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import App
from bot.settings import ROOT
from tests.stands.bot_api import TOKEN, BotApi, labels_of
from tests.stands.ports import free_port
from tests.test_cli import borrower_aid, one_line
from tests.transports.telegram.process import bot_process
from tests.transports.telegram.running import running

pytestmark = pytest.mark.usefixtures("app")  # so that the shared index is already built


@pytest.mark.parametrize("command", ["telegram", "serve"])
def test_a_wrong_token_is_named(stand: BotApi, data_dir: Path, command: str) -> None:
    settings = {"telegram_api": stand.address, "web_port": free_port()}
    run = borrower_aid(command, data=data_dir, telegram_token=f"{TOKEN}x", **settings)
    assert "BORROWER_AID_TELEGRAM_TOKEN" in one_line(run)


def test_a_missing_token_is_named(data_dir: Path) -> None:
    assert "BORROWER_AID_TELEGRAM_TOKEN" in one_line(borrower_aid("telegram", data=data_dir))


def test_a_server_that_is_not_there_is_named(data_dir: Path) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    run = borrower_aid("telegram", data=data_dir, telegram_token=TOKEN, telegram_api=nowhere)
    assert "BORROWER_AID_TELEGRAM_API" in one_line(run)


def test_a_webhook_without_a_secret_is_named(stand: BotApi, data_dir: Path) -> None:
    settings = {"telegram_api": stand.address, "telegram_webhook_url": "https://a.example/hook"}
    run = borrower_aid("telegram", data=data_dir, telegram_token=TOKEN, **settings)
    assert "BORROWER_AID_TELEGRAM_WEBHOOK_SECRET" in one_line(run)


def test_the_shipped_command_answers_and_stops(stand: BotApi, data_dir: Path) -> None:
    with bot_process(stand, data_dir, ("-m", "bot", "telegram")) as bot:
        stand.say("催收说今天上门，我该怎么办", chat=900)
        (answer,) = stand.wait_for(
            lambda stand: [each for each in stand.told(900) if labels_of(each)], "the answer"
        )
        assert "依据" in answer["text"]
        assert labels_of(answer)[-2:] == ["有用", "没用"]
        assert bot.stop() == 0


def test_serve_runs_the_page_and_the_bot(stand: BotApi, data_dir: Path) -> None:
    with bot_process(stand, data_dir, ("-m", "bot", "serve"), web_port=str(free_port())):
        stand.say("/start", chat=901)
        (welcome,) = stand.wait_told(1, chat=901)
    assert labels_of(welcome) == ["有人上门", "催收在骚扰", "想协商还款", "收到法院文件", "直接问"]


def test_the_whole_assistant_answers_with_folded_sources(
    stand: BotApi, app: App, tmp_path: Path
) -> None:
    settings = app.settings.model_copy(
        update={"telegram_token": SecretStr(TOKEN), "telegram_api": stand.address}
    )
    with running(settings, app.respond):
        stand.say("收到支付令怎么办", chat=902)
        (answer,) = stand.wait_told(1, chat=902)
        stand.press(labels_of(answer)[0], chat=902)
        stand.wait_told(2, chat=902)
    kinds = [entity["type"] for entity in answer["entities"]]
    assert "expandable_blockquote" in kinds
    assert "15" in answer["text"]


def test_the_package_needs_neither_torch_nor_chroma() -> None:
    code = (
        "import sys, bot.transports.telegram.bot, bot.transports.telegram.webhook\n"
        "print([name for name in ('torch', 'chromadb') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == b"[]"
