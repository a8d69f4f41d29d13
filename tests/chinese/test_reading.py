from datetime import date

import pytest

from bot.chinese.normalise import normalise
from bot.chinese.reading import read
from bot.chinese.spans import Place

TODAY = date(2026, 11, 23)


def test_each_figure_is_read_once() -> None:
    reading = read("分期乐欠3万2逾期两个月，年化24%，分36期，12月1号还500", TODAY)
    assert [int(each.value) for each in reading.amounts] == [32000, 500]
    assert [str(each.apr) for each in reading.rates] == ["0.24"]
    assert [each.days for each in reading.durations] == [60]
    assert [each.months for each in reading.terms] == [36]
    assert [str(each.day) for each in reading.days] == ["2026-12-01"]


def test_a_bare_fraction_is_a_rate_and_asked_about() -> None:
    (rate,) = read("0.24", TODAY).rates
    assert str(rate.apr) == "0.24"
    assert rate.question


@pytest.mark.parametrize("said", ["3.5", "欠50"])
def test_a_small_figure_without_a_unit_is_unclear(said: str) -> None:
    reading = read(said, TODAY)
    assert reading.amounts == ()
    assert len(reading.unclear) == 1


@pytest.mark.parametrize("said", ["", "你好", "打我13812345678", "晚上10:30还在打", "400-800-1234"])
def test_where_nothing_is_counted_nothing_is_read(said: str) -> None:
    assert read(said, TODAY).nothing


def test_a_name_with_digits_is_no_amount() -> None:
    assert read("360借条", TODAY, [Place(0, 5)]).nothing


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("５万", "5万"),
        ("微粒貸", "微粒贷"),
        ("２４％", "24%"),
        ("３，０００", "3,000"),
        ("5，000", "5，000"),
    ],
)
def test_text_is_brought_to_one_script_and_width(written: str, plain: str) -> None:
    assert normalise(written) == plain
