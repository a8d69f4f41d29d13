import pytest

from bot.answering.understanding.greeting import is_acknowledgement, is_greeting


@pytest.mark.parametrize(
    "said",
    ["好的", "好，我试试", "谢谢你", "嗯嗯，知道了", "非常感谢", "OK", "thank you", "收到，谢谢！"],
)
def test_taking_an_advice_asks_for_nothing(said: str) -> None:
    assert is_acknowledgement(said)


@pytest.mark.parametrize(
    "said",
    [
        "好怕",
        "好，那他们上门怎么办",
        "行不行",
        "可以不还吗",
        "谢谢，征信怎么查",
        "知道我妈电话",
        "你好",
    ],
)
def test_a_question_is_no_acknowledgement(said: str) -> None:
    assert not is_acknowledgement(said)


def test_a_greeting_with_a_question_is_a_question() -> None:
    assert is_greeting("你好呀")
    assert not is_greeting("你好，催收上门怎么办")
