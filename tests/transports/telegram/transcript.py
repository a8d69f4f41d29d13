"""``docs/telegram.md``: real talks with the whole assistant, written down by a test run.

``python -m tests.transports.telegram.transcript`` writes the page again.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import App, build
from bot.settings import ROOT, Settings
from tests.stands.bot_api import TOKEN, BotApi, bot_api, labels_of
from tests.transports.telegram.running import running

PAGE = ROOT / "docs" / "telegram.md"
QUESTIONS = (
    "/start",
    "分期乐上门催收是不是真的?",
    "他们真的会去吗?",
    "欠多少钱才会上门?",
    "微粒贷逾期了怎么和他们协商?",
)
PLAN = (
    "/plan",
    "月入6500，房租吃饭4700，留300应急，分期乐欠32600逾期两个月，微粒贷15400没逾期",
    "〔没有〕",
    "〔没有了〕",
    "〔跳过〕",
    "〔跳过〕",
    "〔对〕",
    "〔看图表〕",
    "〔写协商信〕",
)
OWN_DATA = ("/privacy", "/mydata", "/forget")
TALKS = (("Questions", QUESTIONS), ("A repayment plan, with letters", PLAN), ("Own data", OWN_DATA))
INTRODUCTION = """# The Telegram bot

Set `BORROWER_AID_TELEGRAM_TOKEN` (from @BotFather) and run `make run`, or `borrower-aid telegram`
for the bot alone. It polls; with `BORROWER_AID_TELEGRAM_WEBHOOK_URL` and
`BORROWER_AID_TELEGRAM_WEBHOOK_SECRET` Telegram posts to the web chat's host and port instead, and
any number of replicas may share the work over one database.

Every update is stored before it is worked on, and its answers are stored together with the mark
that it is done. A send that fails is tried again until Telegram has taken it; a wait that Telegram
asks for stops that chat alone. What was under way when a process was killed is sent again at the
next start, so a message may stand twice, and none is lost. A person's words leave the queue as soon
as they are answered.

The talks below were written down by `python -m tests.transports.telegram.transcript`, which runs
the bot against the tests' Bot API server. 〔〕 are buttons, 📎 files, > folded blocks.
"""


def write_page() -> None:
    """Run the talks and write them down."""
    with tempfile.TemporaryDirectory() as folder:
        app = build(Settings(_env_file=None, data_dir=Path(folder)))
        PAGE.write_text(page(app), "utf-8")


def page(app: App) -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    for number, (title, talk) in enumerate(TALKS):
        parts.append(f"## {title}\n\n{record(app, talk, chat=5000 + number)}")
    return "\n".join(parts)


def record(app: App, talk: Sequence[str], chat: int) -> str:
    """One talk, turn by turn."""
    settings = app.settings.model_copy(update={"telegram_token": SecretStr(TOKEN)})
    turns: list[str] = []
    with bot_api() as stand:
        settings = settings.model_copy(update={"telegram_api": stand.address})
        with running(settings, app.respond):
            for said in talk:
                turns.append(f"**我：{said}**\n")
                turns += [shown(message) for message in exchange(stand, said, chat)]
    return "\n".join(turns)


def exchange(stand: BotApi, said: str, chat: int) -> list[dict[str, Any]]:
    """Say or press something; the messages that come back."""
    before = len(stand.told(chat))
    if said.startswith("〔"):
        stand.press(said.strip("〔〕"), chat)
    else:
        stand.say(said, chat)
    stand.send(chat, dice={"emoji": "🎲", "value": 3})  # answered in order: it ends the exchange
    stand.wait_for(lambda stand: stand.told(chat)[before:] and is_end(stand.told(chat)[-1]), said)
    return stand.told(chat)[before:-1]


def is_end(message: dict[str, Any]) -> bool:
    """Whether a message is the kind word on something nobody can read."""
    return str(message.get("text", "")).startswith("这种消息我读不了")


def shown(message: dict[str, Any]) -> str:
    """A message of the bot as Markdown."""
    if "document" in message:
        return f"📎 {message['document']['file_name']}\n"
    if "photo" in message:
        return "📎 （图）\n"
    text = "  \n".join(marked(message).splitlines()).replace("  \n  \n", "\n\n").rstrip()
    buttons = " ".join(f"〔{label}〕" for label in labels_of(message))
    return f"{text}\n\n{buttons}\n" if buttons else f"{text}\n"


def marked(message: dict[str, Any]) -> str:
    """The text with its folded blocks quoted."""
    units = message["text"].encode("utf-16-le")
    out, place = "", 0
    for entity in message["entities"]:
        if entity["type"] != "expandable_blockquote":
            continue
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        folded = units[start:end].decode("utf-16-le")
        out += units[place:start].decode("utf-16-le")
        out += "\n" + "\n".join(f"> {line}" for line in folded.splitlines())
        place = end
    return out + units[place:].decode("utf-16-le")


if __name__ == "__main__":
    write_page()
