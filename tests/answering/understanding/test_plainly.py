"""How strongly something is said is taken out before anything is looked for."""

import pytest

from bot.answering.understanding.plainly import without_strong_words


@pytest.mark.parametrize(
    ("said", "calm"),
    [
        ("违约金高得离谱，能少点吗", "违约金高，能少点吗"),
        ("催收烦死人了，能投诉吗", "催收，能投诉吗"),
        ("天哪，收到法院短信了", "收到法院短信了"),
        ("在线等，明天扣款怎么办", "明天扣款怎么办"),
        ("我服了，又换了一家外包", "又换了一家外包"),
    ],
)
def test_an_exclamation_is_taken_out(said: str, calm: str) -> None:
    assert without_strong_words(said) == calm


@pytest.mark.parametrize(
    "said",
    [
        "明天哪家先还",
        "没饭吃了去哪里求助",
        "我靠这车吃饭，能不收车吗",
        "要命的是他们打给我老板",
        "烦死了",
        "我爸去世了欠的钱谁还",
        "i called, they hung up",
    ],
)
def test_what_means_something_stays(said: str) -> None:
    assert without_strong_words(said) == said
