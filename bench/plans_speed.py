"""How long ten thousand plans take, from fields and from words: `python bench/plans_speed.py`."""

import json
import random
import sys
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.transports.jsonl.lines import run
from bot.transports.jsonl.plan import plan_record

PLANS = 10_000
LIMIT_S = 10.0
TODAY = date(2026, 11, 23)
NAMES = ("分期乐", "微粒贷", "花呗", "招行信用卡", "拍拍贷", "借呗")


def main() -> int:
    """Time both ways; 1 when fields take longer than promised."""
    fields = timed([in_fields(random.Random(place), place) for place in range(PLANS)])
    words = timed([in_words(random.Random(place), place) for place in range(PLANS)])
    print(f"{PLANS} plans from fields: {fields:.1f} s; from words: {words:.1f} s")
    return int(fields > LIMIT_S)


def timed(records: list[dict[str, object]]) -> float:
    """Seconds for all records through the command's own loop."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        lines = (json.dumps(record, ensure_ascii=False) for record in records)
        source.write_text("\n".join(lines), encoding="utf-8")
        began = time.perf_counter()
        assert run(str(source), str(target), partial(plan_record, today=TODAY)) == 0
        return time.perf_counter() - began


def in_fields(chance: random.Random, number: int) -> dict[str, object]:
    """A household with one to four debts, some of them hopeless."""
    debts = [
        {
            "creditor": name,
            "principal": chance.randrange(2_000, 60_000),
            "interest": chance.randrange(0, 3_000),
            "apr": chance.choice([0.15, 0.18, 0.24]),
        }
        for name in chance.sample(NAMES, chance.randrange(1, 5))
    ]
    income = chance.randrange(3_500, 9_000)
    essential = income - chance.randrange(-300, 2_500)
    return {"id": number, "income": income, "essential": essential, "buffer": 300, "debts": debts}


def in_words(chance: random.Random, number: int) -> dict[str, object]:
    """The same in a message."""
    income = chance.randrange(4_500, 9_000)
    owed = "，".join(
        f"{name}欠{chance.randrange(2_000, 60_000)}逾期{chance.randrange(1, 9)}个月"
        for name in chance.sample(NAMES, 2)
    )
    rent = chance.randrange(800, 1_500)
    text = f"月入{income}，房租{rent}，吃饭{chance.randrange(800, 1_500)}，留300应急，{owed}"
    return {"id": number, "text": text}


if __name__ == "__main__":
    sys.exit(main())
