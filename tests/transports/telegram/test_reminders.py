"""A reminder is sent once, on time, whatever restarts, and stopped by a button."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.clock import SHANGHAI
from bot.dialogue.reminders import Instalments, Share
from bot.dialogue.volunteer_desk import VolunteerDesk
from bot.knowledge.vocabulary import Language
from bot.settings import ROOT
from bot.store.conversations import Conversations
from bot.store.database import open_database
from bot.store.hand_offs import HandOffs
from bot.store.outbox import Outbox
from bot.store.reminders import Reminders
from bot.store.switches import Switches
from bot.transports.telegram.errands import Errands
from bot.transports.telegram.volunteers import Volunteers
from bot.wording import Wording
from tests.stands.bot_api import BotApi, labels_of
from tests.transports.telegram.running import running, settings_for
from tests.transports.telegram.scripted import Scripted

PHRASES = ROOT / "knowledge_base" / "phrases"
WORDS = Wording.read(PHRASES / "instalments.yaml", PHRASES / "hand_off.yaml")
PLAN = Instalments(
    date(2026, 12, 10), (Share("分期乐", Decimal("1018.75"), 2, Decimal("1018.75")),)
)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(f"sqlite:///{tmp_path}/borrower_aid.sqlite3")


def shanghai(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=SHANGHAI).astimezone(UTC)


def remind(engine: Engine, key: str = "42") -> None:
    conversation = Conversations(engine).open("telegram", key)
    Reminders(engine).set(conversation.id, PLAN, Language.SIMPLIFIED)


def errands(engine: Engine, outbox: Outbox) -> Errands:
    hand_offs = HandOffs(engine)
    volunteers = Volunteers(VolunteerDesk(hand_offs, WORDS), WORDS, None)
    return Errands(
        outbox, hand_offs, volunteers, Reminders(engine), WORDS, Switches(engine), lambda _: None
    )


def said(outbox: Outbox) -> str | None:
    outgoing = outbox.next_outgoing(42)
    return outgoing.body["html"] if outgoing else None


def test_a_reminder_waits_for_its_morning(engine: Engine) -> None:
    remind(engine)
    outbox = Outbox(engine, "one:1")
    assert errands(engine, outbox).run(shanghai(9, 9)) == set()
    assert errands(engine, outbox).run(shanghai(9, 10)) == {42}
    assert "明天（2026-12-10）是第 1 期还款日，共 2 期" in (said(outbox) or "")


def test_two_processes_send_it_once(engine: Engine) -> None:
    remind(engine)
    first, second = (errands(engine, Outbox(engine, f"one:{n}")) for n in (1, 2))
    assert [each.run(shanghai(9, 10)) for each in (first, second)] == [{42}, set()]


def test_late_in_the_day_it_still_comes_but_not_at_night(engine: Engine) -> None:
    remind(engine)
    outbox = Outbox(engine, "one:1")
    assert errands(engine, outbox).run(shanghai(9, 23)) == set()
    assert errands(engine, outbox).run(shanghai(10, 8)) == {42}
    assert "今天（2026-12-10）" in (said(outbox) or "")


def test_what_is_past_is_left_out_and_the_next_one_comes(engine: Engine) -> None:
    remind(engine)
    outbox = Outbox(engine, "one:1")
    assert errands(engine, outbox).run(shanghai(11, 9)) == set()
    january = datetime(2027, 1, 9, 10, tzinfo=SHANGHAI)
    assert errands(engine, outbox).run(january) == {42}
    assert "第 2 期" in (said(outbox) or "")
    assert errands(engine, outbox).run(january.replace(year=2028)) == set()


def test_a_reminder_arrives_with_a_button_that_stops_it(stand: BotApi, tmp_path: Path) -> None:
    settings, dialogue = settings_for(stand, tmp_path), Scripted()
    engine = open_database(settings.store_url)
    remind(engine)
    stand.messages[42] = {}
    errands(engine, Outbox(engine, "gone:1")).run(shanghai(9, 10))
    with running(settings, dialogue):
        (reminder,) = stand.wait_told(1)
        assert labels_of(reminder) == ["这期还不上", "停止提醒"]
        stand.press("停止提醒")
        stand.wait_told(2)
    assert dialogue.heard[-1].text == "停止提醒"
