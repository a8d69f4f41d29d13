"""A lender's name in a message does not hide what it is about, nor does a topic hide the lender."""

import pytest

from bot.app import App
from bot.dialogue.message import Message


async def lead(app: App, text: str) -> str:
    return (await app.respond(Message("console", text, text))).reply.passages[0]


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("花呗逾期两个月了，晚上睡不着怎么办", "safety"),
        ("微粒贷逾期了，催收半夜打电话违法吗", "phone-harassment"),
        ("借呗还不上了，公司把我裁员了没收入", "hardship-groups"),
        ("拍拍贷说今天不还就上征信", "credit-report"),
    ],
)
async def test_the_topic_leads_whoever_the_lender_is(app: App, said: str, topic: str) -> None:
    assert app.library.entry[await lead(app, said)].topic == topic


@pytest.mark.parametrize(
    ("said", "entry"),
    [
        ("花呗逾期了该怎么办呀", "huabei-overdue"),
        ("微粒贷怎么协商还款", "weilidai-negotiate"),
        ("美团月付逾期一周了", "meituan-yuefu-overdue"),
    ],
)
async def test_what_to_do_about_a_product_is_told_by_its_entry(
    app: App, said: str, entry: str
) -> None:
    assert await lead(app, said) == entry


@pytest.mark.parametrize("said", ["会上门吗", "招行信用卡逾期会不会上门", "网贷真的会派人上门吗"])
async def test_an_entry_for_all_is_found_whoever_the_lender_is(app: App, said: str) -> None:
    assert await lead(app, said) == "visit-do-they-really-come"
