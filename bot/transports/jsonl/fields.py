"""Fields of a record as exact values, refused by name when they make no sense."""

import math
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.chinese.amounts import amount
from bot.chinese.normalise import normalise
from bot.chinese.rates import rates
from bot.debt.money import LARGEST, to_fen
from bot.transports.jsonl.lines import Record, RecordError

HIGHEST_APR = Decimal(10)  # 24 for 24% is far likelier than 2,400% a year


def money(record: Record, name: str, within: str = "") -> Decimal:
    """A sum in yuan that must be there: a number, or words such as 3万5."""
    value = optional_money(record, name, within)
    if value is None:
        raise RecordError("missing_field", f"缺少 {within}{name}：请写出金额（元）")
    return value


def optional_money(record: Record, name: str, within: str = "") -> Decimal | None:
    """A sum in yuan, where it is given."""
    if record.get(name) is None:
        return None
    value = number(record[name], within + name)
    if value < 0:
        raise RecordError("invalid_amount", f"{within}{name} 不能是负数：{record[name]}")
    if value > LARGEST:
        raise RecordError("invalid_amount", f"{within}{name} 太大，请核对单位：{record[name]}")
    return to_fen(value)


def optional_rate(record: Record, name: str, within: str = "") -> Decimal | None:
    """A rate as a fraction a year, where it is given; words such as 24% and 月息2分 are read."""
    raw = record.get(name)
    if raw is None:
        return None
    value = _rate_in_words(raw, within + name) if _is_words(raw) else number(raw, within + name)
    if value < 0:
        raise RecordError("invalid_rate", f"{within}{name} 不能是负数：{raw}")
    if value > HIGHEST_APR:
        raise RecordError("invalid_rate", f"{within}{name} 应写成小数，如 24% 写 0.24；收到 {raw}")
    return value


def optional_count(record: Record, name: str, within: str = "", least: int = 0) -> int | None:
    """A whole number, where it is given."""
    if record.get(name) is None:
        return None
    value = number(record[name], within + name)
    if value != value.to_integral_value() or not least <= value <= 100_000:
        raise RecordError(
            "invalid_number", f"{within}{name} 应当是不小于 {least} 的整数：{record[name]}"
        )
    return int(value)


def count(record: Record, name: str, least: int = 1) -> int:
    """A whole number that must be there."""
    value = optional_count(record, name, least=least)
    if value is None:
        raise RecordError("missing_field", f"缺少 {name}")
    return value


def optional_text(record: Record, name: str, within: str = "") -> str | None:
    """A text, where it is given."""
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise RecordError("invalid_text", f"{within}{name} 应当是文字")
    return value


def optional_day(record: Record, name: str) -> date | None:
    """A day written 2026-12-01, where it is given."""
    value = record.get(name)
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as fault:
        raise RecordError("invalid_date", f"{name} 应写成 2026-12-01：{value}") from fault


def number(raw: Any, name: str) -> Decimal:
    """A finite number."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise RecordError("invalid_number", f"{name} 应当是数字：{raw}")
    if isinstance(raw, float) and not math.isfinite(raw):
        raise RecordError("invalid_number", f"{name} 不是有效的数字：{raw}")
    try:
        value = Decimal(str(raw).strip().replace(",", ""))
    except InvalidOperation:
        value = _in_words(str(raw), name)
    if not value.is_finite():
        raise RecordError("invalid_number", f"{name} 不是有效的数字：{raw}")
    return value


def _in_words(said: str, name: str) -> Decimal:
    value = amount(normalise(said))
    if value is None:
        raise RecordError("invalid_number", f"{name} 读不懂：{said}")
    return value


def _is_words(raw: Any) -> bool:
    if not isinstance(raw, str):
        return False
    try:
        return not Decimal(raw.strip()).is_finite()
    except InvalidOperation:
        return True


def _rate_in_words(said: str, name: str) -> Decimal:
    found = rates(normalise(said))
    if len(found) != 1:
        raise RecordError("invalid_rate", f"{name} 读不懂：{said}")
    return found[0].apr
