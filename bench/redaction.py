"""Precision and recall of the masks on four hundred generated messages, always the same ones.

python -m bench.redaction           # a table, one row for each kind
python -m bench.redaction --show    # and every miss and every wrong mask
python -m bench.redaction --set again  # other forms: bench/redaction_again.py
"""

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answering.redact import Finding, Kind, redact
from bot.answering.redaction.numbers import luhn, valid_identity

CASES = 400
SEED = 20261123


@dataclass(frozen=True, slots=True)
class Case:
    """A message with the details in it; ``details`` are (kind, words) in the order of the text."""

    text: str
    details: tuple[tuple[Kind, str], ...]


@dataclass(slots=True)
class Count:
    """How many details were masked, missed, and masked wrongly."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def recall(self) -> float:
        """The share of details that were masked."""
        return self.right / (self.right + self.missed or 1)

    @property
    def precision(self) -> float:
        """The share of masks that hid a detail."""
        return self.right / (self.right + self.wrong or 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="first", choices=["first", "again"])
    parser.add_argument("--show", action="store_true", help="every miss and wrong mask")
    chosen = parser.parse_args(arguments)
    counts, notes = measure(generated() if chosen.set == "first" else second_set())
    print(f"{'kind':<8}{'right':>7}{'missed':>8}{'wrong':>7}{'recall':>9}{'precision':>11}")
    for kind, count in counts.items():
        print(
            f"{kind.name.lower():<14}{count.right:>5}{count.missed:>8}{count.wrong:>7}"
            f"{count.recall:>9.3f}{count.precision:>11.3f}"
        )
    if chosen.show:
        print("\n".join(notes))


def second_set() -> list[Case]:
    """The cases of the other generator."""
    from bench.redaction_again import generated as others

    return others()


def measure(cases: Sequence[Case]) -> tuple[dict[Kind, Count], list[str]]:
    """Counts for each kind, and a line for each thing that went wrong."""
    counts = {kind: Count() for kind in Kind}
    notes: list[str] = []
    for case in cases:
        found = list(redact(case.text).found)
        for kind, words in case.details:
            start = case.text.index(words)
            hit = next((f for f in found if covers(f, start, start + len(words))), None)
            if hit and hit.kind is kind:
                counts[kind].right += 1
                found.remove(hit)
            else:
                counts[kind].missed += 1
                notes.append(f"missed {kind}: {words} | {case.text}")
        for finding in found:
            counts[finding.kind].wrong += 1
            notes.append(f"wrong {finding.kind}: {case.text[finding.start : finding.end]}")
    return counts, notes


def covers(finding: Finding, start: int, end: int) -> bool:
    """Whether the mask hides the whole detail and at most a few letters around it."""
    return (
        finding.start <= start
        and end <= finding.end
        and finding.end - finding.start <= end - start + 6
    )


def generated() -> list[Case]:
    """The cases: half with personal details, half with numbers that must stay readable."""
    chance = random.Random(SEED)
    return [personal(chance) if number % 2 else readable(chance) for number in range(CASES)]


def personal(chance: random.Random) -> Case:
    """A message with one to three details among numbers that stay."""
    makers = chance.sample(sorted(MAKERS), k=chance.randint(1, 3))
    details = [(Kind[name], MAKERS[name](chance)) for name in makers]
    parts = [chance.choice(LABELS[kind]).format(words) for kind, words in details]
    text = "，".join([*parts, chance.choice(READABLE)])
    return Case(text, tuple((kind, words) for kind, words in details))


def readable(chance: random.Random) -> Case:
    """A message without personal details."""
    return Case("，".join(chance.sample(READABLE, k=3)), ())


def identity(chance: random.Random) -> str:
    """A number of the right shape with the right check digit, in one of the ways people write."""
    region = chance.choice(["110101", "430102", "440305", "510104"])
    born = f"{chance.randint(1960, 2005)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    body = f"{region}{born}{chance.randint(0, 999):03}"
    whole = next(body + last for last in "0123456789X" if valid_identity(body + last))
    grouped = f"{whole[:6]} {whole[6:14]} {whole[14:]}"
    return chance.choice([whole, whole.lower(), wide(whole), grouped, "-".join(grouped.split())])


def mobile(chance: random.Random) -> str:
    """Eleven digits, plain, grouped, spaced, full-width or as they are read out."""
    number = f"1{chance.choice('3456789')}{chance.randint(0, 999999999):09}"
    grouped = f"{number[:3]} {number[3:7]} {number[7:]}"
    ways = [number, grouped, grouped.replace(" ", "-"), wide(number), " ".join(number)]
    return chance.choice([*ways, f"+86 {number}", spoken(number)])


def landline(chance: random.Random) -> str:
    """An area code and a number."""
    area = chance.choice(["010", "021", "0755", "0731"])
    number = f"{chance.randint(2, 8)}{chance.randint(0, 9999999):07}"
    return chance.choice([f"{area}-{number}", f"{area}{number}", f"({area}){number}"])


def bank_card(chance: random.Random) -> str:
    """Sixteen or nineteen digits that pass Luhn's check."""
    body = chance.choice(["622202", "621700", "625910"]) + "".join(
        chance.choices("0123456789", k=chance.choice([9, 12]))
    )
    whole = next(body + last for last in "0123456789" if luhn(body + last))
    fours = " ".join(whole[start : start + 4] for start in range(0, len(whole), 4))
    return chance.choice([whole, fours, wide(whole)])


def address(chance: random.Random) -> str:
    """A street, a number and often a flat."""
    town = chance.choice(["湖南省长沙市岳麓区", "广东省深圳市南山区", "成都市武侯区", ""])
    street = chance.choice(["麓山路", "科苑南路", "人民大街", "桃花村", "幸福小区"])
    door = f"{chance.randint(1, 300)}号" if street != "幸福小区" else f"{chance.randint(1, 30)}栋"
    flat = chance.choice(["", f"{chance.randint(1, 9)}单元{chance.randint(1, 30)}02室", "2栋1203"])
    return town + street + door + flat


def name(chance: random.Random) -> str:
    """A surname and one or two letters."""
    return chance.choice("王李张刘陈杨赵黄周吴") + chance.choice(
        ["伟", "秀英", "建国", "子涵", "婷"]
    )


def wide(text: str) -> str:
    """The text in full-width digits."""
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


def spoken(digits: str) -> str:
    """The digits as a voice message writes them."""
    return "".join("零幺二三四五六七八九"[int(digit)] for digit in digits)


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "IDENTITY_CARD": identity,
    "MOBILE": mobile,
    "LANDLINE": landline,
    "BANK_CARD": bank_card,
    "EMAIL": lambda chance: (
        f"user{chance.randint(1, 9999)}@{chance.choice(['qq.com', '163.com', 'mail.example.cn'])}"
    ),
    "ADDRESS": address,
    "WECHAT": lambda chance: (
        f"{chance.choice(['wx_', 'li', 'abc-'])}{chance.randint(10000, 999999)}"
    ),
    "QQ": lambda chance: str(chance.randint(100000, 3999999999)),
    "NAME": name,
}
LABELS: dict[Kind, list[str]] = {
    Kind.IDENTITY_CARD: ["身份证{}", "我的身份证号是{}", "证件号：{}", "号码{}"],
    Kind.MOBILE: ["电话{}", "打{}找我", "手机号：{}", "我的号码是 {}", "联系{}"],
    Kind.LANDLINE: ["座机{}", "家里电话{}", "打{}"],
    Kind.BANK_CARD: ["卡号{}", "银行卡 {}", "从{}扣的"],
    Kind.EMAIL: ["邮箱{}", "发到{}", "email: {}"],
    Kind.ADDRESS: ["我住在{}", "地址：{}", "家在{}", "他们来{}找我"],
    Kind.WECHAT: ["微信号{}", "加我微信：{}", "vx {}"],
    Kind.QQ: ["QQ{}", "qq号：{}", "扣扣 {}"],
    Kind.NAME: ["我叫{}", "姓名：{}", "本人{}", "我的名字是{}"],
}
READABLE = [
    "欠分期乐32600元",
    "打12378投诉",
    "12356、120、110都打过",
    "招商银行95555",
    "客服400-820-8820",
    "客服4008308208",
    "民法典第675条",
    "法释〔2018〕19号",
    "GB/T 45251-2025第4条",
    "2026年11月23日到期",
    "2026-11-23 08:30",
    "二〇二六年一月一日起",
    "利率是24.00%",
    "一共120000.00元",
    "每月还1,251.11元还36期",
    "逾期一百二十天",
    "金规〔2025〕9号",
    "案号（2025）湘0104民初12345号",
    "订单号20261123000012345",
    "反诈96110",
    "106开头的短信1069012345678",
    "本月12号上门",
    "在长沙住了10年",
    "法院在人民路88号",
    "我叫他别再打了",
    "本人已失业",
    "微信转账3000",
    "微信支付",
    "个性化分期60期",
    "第1064条和第1161条",
    "尾号1234的卡",
    "12号楼下有人",
]


if __name__ == "__main__":
    main()
