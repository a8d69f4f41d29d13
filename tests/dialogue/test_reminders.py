"""Reminders of instalments: opting in, the day before, quiet hours, stopping."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from bot.app import App
from bot.clock import SHANGHAI
from bot.debt.budget import Budget
from bot.debt.case import Case, Debt
from bot.dialogue.message import Message
from bot.dialogue.reminders import dump, instalments_of, is_quiet, load

CASE = Case(
    Budget(income=Decimal(6500), essentials=Decimal(4700), buffer=Decimal(300)),
    (Debt("分期乐", Decimal(32600)), Debt("微粒贷", Decimal(15400))),
)
STORY = "月入6500，房租1800，吃饭2900，留300应急，分期乐欠32600逾期两个月，微粒贷15400"
EASY_ANSWERS = ("没有了", "跳过", "对", "没有")


async def say(app: App, text: str, key: str, transport: str = "telegram") -> tuple[str, list[str]]:
    reply = (await app.respond(Message(transport, key, text))).reply
    return reply.text, [action.message for action in reply.actions]


async def plan_made(app: App, key: str, transport: str = "telegram") -> list[str]:
    _, buttons = await say(app, STORY, key, transport)
    while "写协商信" not in buttons:
        answer = next(each for each in EASY_ANSWERS if each in buttons)
        _, buttons = await say(app, answer, key, transport)
    return buttons


@pytest.mark.parametrize(
    ("today", "day", "first"),
    [
        (date(2026, 11, 30), 10, date(2026, 12, 10)),
        (date(2026, 11, 9), 10, date(2026, 11, 10)),
        (date(2026, 11, 10), 10, date(2026, 12, 10)),
        (date(2026, 11, 30), 31, date(2026, 12, 31)),
        (date(2027, 2, 1), 31, date(2027, 2, 28)),
    ],
)
def test_the_first_payment_is_the_next_such_day(today: date, day: int, first: date) -> None:
    assert instalments_of(CASE, day, today).first_due == first


def test_a_reminder_comes_the_morning_before() -> None:
    plan = load(dump(instalments_of(CASE, 10, date(2026, 11, 30))))
    assert plan.remind_at(1) == datetime(2026, 12, 9, 10, tzinfo=SHANGHAI)
    assert plan.lines(1) == "· 分期乐 1,018.75 元\n· 微粒贷 481.25 元"
    assert plan.count == 32


def test_the_last_payment_is_the_rest() -> None:
    plan = instalments_of(CASE, 10, date(2026, 11, 30))
    paid = sum(share.payment(n) for share in plan.shares for n in range(1, share.months + 1))
    assert paid == Decimal(48000)


@pytest.mark.parametrize(("hour", "quiet"), [(22, True), (7, True), (8, False), (21, False)])
def test_nobody_is_disturbed_at_night(hour: int, *, quiet: bool) -> None:
    assert is_quiet(datetime(2026, 12, 9, hour, tzinfo=SHANGHAI)) is quiet


async def test_opting_in_and_out_by_buttons(app: App) -> None:
    assert "到期前提醒我" in await plan_made(app, "reminded")
    asked, days = await say(app, "到期前提醒我", "reminded")
    assert "每月几号还款" in asked
    told, buttons = await say(app, days[1], "reminded")
    assert "1,018.75" in told
    assert "-10 到期" in told
    assert buttons == ["停止提醒"]
    assert "不再提醒" in (await say(app, "停止提醒", "reminded"))[0]
    assert "没有设提醒" in (await say(app, "取消提醒", "reminded"))[0]


async def test_the_day_can_be_typed(app: App) -> None:
    await plan_made(app, "typed")
    await say(app, "到期前提醒我", "typed")
    assert "-12 到期" in (await say(app, "12号", "typed"))[0]


async def test_without_a_plan_the_way_to_one_is_shown(app: App) -> None:
    told, buttons = await say(app, "还款前提醒我", "planless")
    assert "先做一个计划" in told
    assert buttons == ["帮我做一个还款方案"]


async def test_where_nobody_can_be_written_to_nothing_is_offered(app: App) -> None:
    assert "到期前提醒我" not in await plan_made(app, "on the page", "web")
