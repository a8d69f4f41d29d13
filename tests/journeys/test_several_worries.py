"""Who names several fears in one breath hears of each, in every language."""

import pytest

from bot.answering.pipeline import run
from bot.answering.reply import Reply
from bot.answering.turn import Turn
from bot.app import App
from bot.clock import today


async def reply(app: App, text: str) -> Reply:
    answered = (await run(Turn(id="1", text=text, today=today()), app.steps)).reply
    assert answered is not None
    return answered


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            "刚接到电话说我已经被立案了今晚不还两千就上征信黑名单还抓人，我手抖得不行",
            ["征信", "民事", "12368"],
        ),
        (
            "催收說要去村委會貼告示，還要告訴老闆，還要上征信",
            ["村委", "老闆|單位", "徵信|征信"],
        ),
        (
            "They will sue me, tell my boss and freeze my wechat",
            ["12368", "your employer owes nothing", "Only a court|only a court"],
        ),
    ],
)
async def test_each_fear_is_answered(app: App, message: str, told: list[str]) -> None:
    text = (await reply(app, message)).text
    for each in told:
        assert any(word in text for word in each.split("|")), (each, text)


async def test_a_sentence_on_a_worry_names_its_source(app: App) -> None:
    answered = await reply(app, "公司知道了要开除我，我想报警警察管不管，又怕坐牢")
    assert "单位" in answered.text
    assert any("1032" in source.locator for source in answered.sources)
