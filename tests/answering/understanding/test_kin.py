"""A relative whom no entry names is family, where he is called or written to."""

import pytest

from bot.answering.pipeline import run
from bot.answering.turn import Turn
from bot.answering.understanding.kin import as_family
from bot.app import App
from bot.clock import today


@pytest.mark.parametrize("said", ["催收天天打给我小舅子", "姑妈接到催收短信了", "我嫂子被催收骂了"])
def test_who_is_called_is_family(said: str) -> None:
    assert "家人" in as_family(said)


@pytest.mark.parametrize(
    "said", ["岳父给我担保的贷款", "催收去了婆婆家里", "表弟拿我身份证贷款", "姐夫欠我的钱"]
)
def test_whose_home_debt_or_name_it_is_stays_told(said: str) -> None:
    assert as_family(said) == said


async def test_a_relative_who_is_called_gets_what_families_get(app: App) -> None:
    done = await run(Turn(id="kin", text="我大舅子天天接催收电话", today=today()), app.steps)
    assert done.reply is not None
    assert done.reply.passages[0] == "contacts-family-called"
