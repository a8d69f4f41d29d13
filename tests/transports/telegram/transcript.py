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
    "到期前提醒我",
    "〔每月10号〕",
)
# Said by the borrower, or by a volunteer in the volunteers' chat.
HAND_OFF = (
    "分期乐的人说明天来我单位闹，我叫张伟，电话13800138000",
    "/human",
    "〔同意转给志愿者〕",
    "志愿者〔接手 #1〕",
    "我该请假躲一天吗",
    "志愿者：不用躲。先跟领导说一声有人可能来闹，来了让保安登记，拍下来。",
    "我明天先打官方客服",
    "志愿者：/close 先跟领导和保安说好，来人就拍照登记；今天打官方客服要工单号。",
    "催收员真来了怎么办",
)
IN_ENGLISH = (
    "/language",
    "〔English〕",
    "/plan",
    "〔Step by step〕",
    "6500",
    "rent 1800, food 2900",
    "〔Nothing more〕",
    "300",
    "〔None〕",
    "Fenqile 32600, credit card 15400",
    "〔Nothing more〕",
    "60 days",
    "〔Skip〕",
    "〔Yes〕",
    "〔Show the chart〕",
    "/rates",
    "I received 9500, pay 1000 a month for 12 months",
    "〔Online platform〕",
    "Fenqile offers 36 instalments with a monthly fee of 0.9%. Should I accept?",
    "〔Other numbers of instalments〕",
    "〔Write the reply〕",
    "/forget",
    "yes",
)
FILES = {
    "传票.txt": "北京市某某区人民法院\n传 票\n被传唤人：张伟，电话13800138000\n案由：金融借款合同纠纷\n"
    "应到时间：2026年12月15日9时\n无正当理由不到庭，可以缺席判决。"
}
A_FILE = ("📎 传票.txt",)
OWN_DATA = ("催收打我妈电话怎么办", "/privacy", "/mydata", "/forget", "〔确定删除〕")
TALKS = (
    ("Questions", QUESTIONS),
    ("A repayment plan, with letters and reminders", PLAN),
    ("In English: a plan, a rate, an offer, and everything deleted", IN_ENGLISH),
    ("A letter sent as a file", A_FILE),
    ("Own data", OWN_DATA),
    ("Handed over to a volunteer", HAND_OFF),
)
VOLUNTEERS, ANMING = -100900, 77
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

## Who else is in the talk

- **Volunteers.** Set `BORROWER_AID_TELEGRAM_VOLUNTEERS_CHAT` to the id of a group with the bot in it
  (and `BORROWER_AID_VOLUNTEER_HOURS`). Who asks for a human is told what would be passed on, agrees,
  and waits with a position. In the group a button takes the talk, replies to a message with its
  number go back, `/close` with a few words ends it with that summary, `/queue` shows who waits.
  What a volunteer writes is marked with 👤; danger is still answered by the bot at once. The group
  sees masked words only, never an account. Who gets no word of the volunteer for
  `BORROWER_AID_VOLUNTEER_QUIET_MINUTES` has the assistant back and is in the queue again; a talk in which
  nobody says anything for a day ends with a summary. The same desk, without Telegram, is
  `bot/dialogue/volunteer_desk.py`.
- **Reminders.** A finished plan offers them: the day of the month, then a message at ten in the
  morning of the day before, never between 22:00 and 8:00 (Asia/Shanghai), sent once, whichever
  replica sees it first; what was missed while the bot was away is left out.
- **Files.** A PDF, Word (docx) or text file of up to 5 MB is read: which paper it is by the word that stands
  first (`knowledge_base/phrases/letters_received.yaml`), the days and terms in it, and the answer to the
  question that belongs to it; a short text is answered as if it had been typed. The file is judged by what
  it holds, not by its name, and read in a process of its own (`ingest/read_apart.py`) with 1 GB, 20 s of
  processor time, no keys and no file to write. Locked, scanned, damaged and disguised files and pictures
  get a calm word. Nothing of a file is kept, and none is opened in a group.
- **Languages.** `/language` chooses; who has not chosen is answered as he writes. The plan interview, the
  true rate and a lender's offer ask, read and answer in English by the reviewed lists
  `knowledge_base/phrases/*_english.yaml`; letters stay in Chinese, for the lender.
- **Groups.** The bot speaks when addressed, about the law and the practice, never about a person's
  own plan or data.
- **Limits.** `BORROWER_AID_TELEGRAM_PER_MINUTE` for a chat; thirty sends a second over all; who waits
  for a place longer than three seconds is told how many are before him, and that message grows
  into the answer. `borrower-aid switch` turns the bot off with a note, and on again.
"""


def write_page() -> None:
    """Run the talks and write them down."""
    with tempfile.TemporaryDirectory() as folder:
        app = with_volunteers(Path(folder))
        PAGE.write_text(page(app), "utf-8")


def page(app: App) -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    for number, (title, talk) in enumerate(TALKS):
        parts.append(f"## {title}\n\n{record(app, talk, chat=5000 + number)}")
    return "\n".join(parts)


def with_volunteers(folder: Path, store: str | None = None) -> App:
    """The whole assistant with a volunteers' chat."""
    return build(
        Settings(
            _env_file=None,
            data_dir=folder,
            database_url=store,
            telegram_volunteers_chat=VOLUNTEERS,
        )
    )


def record(app: App, talk: Sequence[str], chat: int) -> str:
    """One talk, turn by turn."""
    settings = app.settings.model_copy(update={"telegram_token": SecretStr(TOKEN)})
    turns: list[str] = []
    with bot_api() as stand:
        settings = settings.model_copy(update={"telegram_api": stand.address})
        with running(settings, app.respond):
            stand.messages[VOLUNTEERS] = {}
            for said in talk:
                if said.startswith("志愿者"):
                    turns.append(f"**{said}**\n")
                    turns += [shown(message) for message in answered(stand, said, chat)]
                    continue
                turns.append(f"**我：{said}**\n")
                told = exchange(stand, said, chat)
                turns += [shown(message) for message in told]
                turns += [f"（志愿者看到）{shown(each)}" for each in relayed(stand, said, told)]
    return "\n".join(turns)


def exchange(stand: BotApi, said: str, chat: int) -> list[dict[str, Any]]:
    """Say or press something; the messages that come back."""
    before = len(stand.told(chat))
    if said.startswith("〔"):
        stand.press(said.strip("〔〕"), chat)
    elif said.startswith("📎"):
        name = said.removeprefix("📎 ")
        stand.send_file(name, FILES[name].encode(), chat)
    else:
        stand.say(said, chat)
    stand.send(chat, dice={"emoji": "🎲", "value": 3})  # answered in order: it ends the exchange
    stand.wait_for(lambda stand: stand.told(chat)[before:] and is_end(stand.told(chat)[-1]), said)
    return stand.told(chat)[before:-1]


def answered(stand: BotApi, said: str, chat: int) -> list[dict[str, Any]]:
    """A volunteer presses or says something; what the borrower gets of it."""
    before = len(stand.told(chat))
    if "〔" in said:
        stand.press(said.removeprefix("志愿者").strip("〔〕"), VOLUNTEERS, ANMING)
    else:
        newest = next(each for each in reversed(stand.told(VOLUNTEERS)) if "#" in each["text"])
        text = said.removeprefix("志愿者：")
        stand.say(text, VOLUNTEERS, user=ANMING, reply_to_message=newest)
    stand.wait_for(lambda stand: stand.told(chat)[before:], said)
    return stand.told(chat)[before:]


def relayed(stand: BotApi, said: str, told: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the volunteers' chat shows of it, where the borrower was told that it is passed on."""
    words = "".join(each.get("text", "") for each in told)
    queued, passed_on = "已经替你排上队" in words, "已转给志愿者" in words
    if not (queued or passed_on):
        return []
    wanted = "有人在等志愿者" if queued else said
    found = stand.wait_for(
        lambda stand: [each for each in stand.told(VOLUNTEERS) if wanted in each["text"]], said
    )
    return list(found[-1:])


def is_end(message: dict[str, Any]) -> bool:
    """Whether a message is the kind word on something nobody can read."""
    return str(message.get("text", "")).startswith(("这种消息我读不了", "I cannot read this kind"))


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
