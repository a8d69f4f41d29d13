import pytest

from tests.ingest.tiny_base import ENTRY, TinyBase

SHORT = "先别开门。"


@pytest.mark.parametrize(
    ("right", "limit", "before"),
    [
        ("你可以不开门，也可以隔着门说话。催收员没有权力进你家。", 120, ""),
        ("先不开门，隔门问清姓名和公司。", 60, ""),
        ("未经同意不得进入他人住宅（民法典第1033条）。", 90, "（民法典第1033条）"),
    ],
)
def test_a_line_may_be_as_long_as_its_limit_and_no_longer(
    base: TinyBase, right: str, limit: int, before: str
) -> None:
    fitting = before + SHORT * ((limit - len(before)) // len(SHORT))
    fitting += "。" * (limit - len(fitting))
    base.plant(ENTRY, right, fitting)
    assert base.findings() == []
    line = base.plant(ENTRY, fitting, fitting + "。")
    assert base.findings() == [(ENTRY, line, "too-long")]


def test_a_sentence_nobody_can_say_in_one_breath(base: TinyBase) -> None:
    line = base.plant(ENTRY, "不要动手，不要当场签字。", "不要" * 31 + "。")
    assert base.findings() == [(ENTRY, line, "long-sentence")]


def test_a_source_in_brackets_does_not_make_a_sentence_longer(base: TinyBase) -> None:
    base.plant(ENTRY, "不要动手，不要当场签字。", "不要" * 29 + "（见同一条的说明，写在括号里）。")
    assert base.findings() == []


@pytest.mark.parametrize(
    "steps", ["1. 先不开门。", "\n".join(f"{number}. 先不开门。" for number in range(1, 8))]
)
def test_too_few_or_too_many_steps(base: TinyBase, steps: str) -> None:
    two = "1. 先不开门，隔门问清姓名和公司。\n2. 对方硬闯，打 110，说清地址和人数。"
    line = base.plant(ENTRY, two, steps)
    assert base.findings() == [(ENTRY, line - 2, "step-count")]


def test_a_single_action_is_no_choice(base: TinyBase) -> None:
    wrong = "template: stop-visits"
    line = base.plant(ENTRY, wrong, f"actions: [visit-tomorrow]\n{wrong}")
    assert base.findings() == [(ENTRY, line, "action-count")]
