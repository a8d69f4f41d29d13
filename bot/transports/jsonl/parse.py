"""The `parse` command: what amounts, rates, times and days a text names."""

from collections.abc import Iterator
from datetime import date

from bot.chinese.amounts import Amount
from bot.chinese.reading import Reading, read
from bot.debt.money import LARGEST
from bot.transports.jsonl.fields import optional_day
from bot.transports.jsonl.lines import Record, RecordError


def parse_record(record: Record, today: date) -> Record:
    """Everything a text counts, and what must be asked where it can be read in two ways."""
    text = record.get("text")
    if not isinstance(text, str):
        raise RecordError("missing_field", "缺少 text：请写出要读的文字")
    reading = read(text, optional_day(record, "today") or today)
    return {
        "amounts": [written for each in reading.amounts for written in amounts_of(each)],
        "rates": [
            {"apr": float(round(rate.apr, 6)), "assumed": rate.assumed}
            for rate in reading.rates
            if not rate.absurd
        ],
        "days": [each.days for each in reading.durations],
        "dates": [each.day.isoformat() for each in reading.days if each.day],
        "questions": list(dict.fromkeys(questions(reading))),
    }


def amounts_of(amount: Amount) -> list[str]:
    """An amount, both ends of a range, or nothing where it makes no sense."""
    ends = [amount.value] if amount.high is None else [amount.value, amount.high]
    return [f"{end:.2f}" for end in ends if 0 <= end <= LARGEST]


def questions(reading: Reading) -> Iterator[str]:
    """What to ask back."""
    if reading.nothing:
        yield "没有读到金额、利率、时间或日期；请写出具体的数和单位。"
    for each in reading.amounts:
        if each.value < 0:
            yield f"金额“{each.text}”不能是负数，请核对。"
        elif each.value > LARGEST:
            yield f"金额“{each.text}”太大，请核对单位。"
        elif each.high is not None:
            yield f"“{each.text}”是一个范围，具体是多少元？"
        elif not each.exact:
            yield f"“{each.text}”是大概的数，具体是多少元？"
    for each in reading.unclear:
        yield f"“{each.text}”是 {each.text} 元、{each.text} 万元，还是别的？"
    for rate in reading.rates:
        if rate.absurd:
            yield f"利率“{rate.text}”不合常理，请核对。"
        elif rate.question:
            yield rate.question
    yield from (each.question for each in reading.durations if each.question)
    yield from (each.question for each in reading.days if each.question)
