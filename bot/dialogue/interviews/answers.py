"""How each answer of the plan interview is read; nothing is guessed silently."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.chinese.durations import durations
from bot.chinese.normalise import normalise
from bot.chinese.numbers import chinese_number
from bot.debt.budget import Budget
from bot.debt.caution import is_card
from bot.debt.money import ZERO, yuan
from bot.dialogue.creditor_names import CreditorNames
from bot.dialogue.intake import Intake, intake
from bot.dialogue.interviews.told import Told, merged, with_overdue

NOTHING = re.compile(
    r"(?:没有?(?:了|啦|别的|其他的?|钱留|留|人)?|无|不留|不用|不需要|没|零|0|就这些|就这几家|只有这些|都没有)[。.!]?"
)
_OTHERS = re.compile(r"其他|其它|其余|别的|剩下|另外")
_NOBODY = re.compile(
    r"(?:都|全部|全都|各家|所有|大概|大约|差不多|已经|基本|逾期|拖欠|了|有|约|快|我|是)*"
    r"[0-9一二两三四五六七八九十半几百零多来 ]+个?(?:天|日|周|星期|礼拜|月|年)(?:半|多|左右|了|吧|的样子)*"
)
NOT_OVERDUE = re.compile(r"(?:都)?(?:还)?没(?:有)?(?:逾期|到期)?|未逾期|正常还|按时还|不逾期|没有")
REST = "其余开支"
LONGEST_REASON = 200
_COUNT = re.compile(r"([0-9]|[一二两三四五六七八九])\s?(?:个|口|位|名)?(?:人|孩子|小孩|老人)?")
_PEOPLE = re.compile(
    r"(?P<count>[0-9]|[一二两三四五六七八九])\s?(?:个|位|名|口)?(?:孩子|小孩|娃|老人|儿子|女儿|人)"
    r"|(?P<two>父母|爸妈|公婆|岳父母|爷爷奶奶|外公外婆)"
    r"|老婆|老公|妻子|丈夫|爱人|妈妈?|母亲|爸爸?|父亲|[爷奶]{1,2}|外[公婆]|岳[父母]|婆婆|公公"
    r"|[弟妹哥姐]{1,2}|孩子|小孩|娃|儿子|女儿|老人"
)
_CLAUSE = re.compile(r"[，,；;。\n]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer adds; None in ``told`` where nothing could be read, ``asks`` says why."""

    told: Told | None
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading an answer depends on besides its words."""

    today: date
    names: CreditorNames

    def read(self, text: str) -> Intake:
        """The message as the intake reads it."""
        return intake(text, self.today, self.names)


def message(text: str, told: Told, reader: Reader, _pending: str = "") -> Answer:
    """A free message: everything in it that says what it is about."""
    found, asks = _without_overlap(reader.read(text), told)
    if not _tells(found):
        return Answer(None, asks or _asked_back(found))
    return Answer(merged(told, found), (*asks, *_asked_back(found)))


def _without_overlap(found: Intake, told: Told) -> tuple[Intake, tuple[str, ...]]:
    """Costs that are already part of one figure (房租 of 房租吃饭4700) are asked about, not added."""
    wholes = {
        each.label: whole
        for each in found.budget.spending
        for whole in told.budget.spending
        if each.label != whole.label and each.label in whole.label
    }
    if not wholes:
        return found, ()
    kept = tuple(each for each in found.budget.spending if each.label not in wholes)
    essentials = sum((each.amount for each in kept), ZERO) if kept else None
    asks = tuple(
        f"{label}之前和别的一起写了（{whole.label} {yuan(whole.amount)} 元），"
        "必要开支现在一共多少？写「开支改成…」就行。"
        for label, whole in wholes.items()
    )
    return replace(found, budget=replace(found.budget, spending=kept, essentials=essentials)), asks


def labelled(word: str, answered: Callable[[Intake], bool]) -> Callable[..., Answer]:
    """A reader for a sum of money: the words as they are, else with their label before them."""

    def read(text: str, told: Told, reader: Reader, pending: str) -> Answer:
        if NOTHING.fullmatch(text.strip()) and word != "开支":
            text = f"{word}0元"
        asks: tuple[str, ...] = ()
        for said in (text, word + text, word + pending + text):
            found = reader.read(said)
            asks = asks or _asked_back(found)
            if answered(found):
                return Answer(merged(told, found, restated=word == "开支"), _asked_back(found))
        return replace(message(text, told, reader), asks=asks)

    return read


def read_more_essentials(text: str, told: Told, reader: Reader, _pending: str) -> Answer:
    """Further costs: by name, or one sum for all the rest, added to such a sum told before."""
    found = reader.read(text)
    if found.budget.essentials is None:
        found = reader.read(f"{REST}{text}")
        found = replace(found, budget=_added_to_rest(found.budget, told))
    if found.budget.essentials is None:
        return message(text, told, reader)
    return Answer(merged(told, found), _asked_back(found))


def _added_to_rest(new: Budget, told: Told) -> Budget:
    known = sum((each.amount for each in told.budget.spending if each.label == REST), ZERO)
    spending = tuple(
        replace(each, amount=each.amount + known) if each.label == REST else each
        for each in new.spending
    )
    return replace(
        new,
        spending=spending,
        essentials=sum((each.amount for each in spending), ZERO) if spending else new.essentials,
    )


def read_dependants(text: str, told: Told, reader: Reader, _pending: str) -> Answer:
    """How many people live on this income besides the borrower."""
    plain = normalise(text).strip()
    if NOTHING.fullmatch(plain):
        return Answer(_with_dependants(told, 0))
    if match := _COUNT.fullmatch(plain):
        return Answer(_with_dependants(told, int(chinese_number(match[1]) or 0)))
    if people := people_named(plain):
        return Answer(_with_dependants(told, people))
    return message(text, told, reader)


def people_named(plain: str) -> int:
    """How many people a text names.

    >>> people_named("老婆和两个孩子"), people_named("父母"), people_named("儿子")
    (3, 2, 1)
    """
    people = 0
    for match in _PEOPLE.finditer(plain):
        if match["count"]:
            people += int(chinese_number(match["count"]) or 0)
        else:
            people += 2 if match["two"] else 1
    return people


def _with_dependants(told: Told, number: int) -> Told:
    return replace(told, budget=replace(told.budget, dependants=number), dependants_told=True)


def read_debts(text: str, told: Told, reader: Reader, pending: str) -> Answer:
    """Creditors and sums; a sum alone belongs to the creditor named just before."""
    for said in (text, pending + text, f"欠{pending}{text}"):
        found = reader.read(said)
        if found.debts and not (pending and said is text and _only_unnamed(found)):
            return Answer(merged(told, found), _asked_back(found))
    return message(text, told, reader)


def _only_unnamed(found: Intake) -> bool:
    return all(debt.creditor.startswith("没写名字") for debt in found.debts)


def read_overdue(text: str, told: Told, reader: Reader, _pending: str) -> Answer:
    """How long each debt is overdue; a time that names nobody goes for all not known yet."""
    plain = normalise(text)
    if NOT_OVERDUE.fullmatch(plain.strip("。 ")):
        return Answer(with_overdue(told, 0))
    dated: set[str] = set()
    asks: list[str] = []
    for clause in _CLAUSE.split(plain):
        days = _days_late(clause)
        if days is None:
            continue
        meant = _debts_meant(clause, told, dated, reader)
        if meant is None:
            asks.append(f"“{clause.strip()}”说的是哪一家？")
            continue
        told = with_overdue(told, days, meant)
        dated.update(meant or (debt.creditor for debt in told.debts))
    if dated or asks:
        return Answer(told if dated else None, tuple(asks))
    return message(text, told, reader)


def _days_late(clause: str) -> int | None:
    """The days a clause tells; none late is 0, nothing about it is None."""
    days = [each.days for each in durations(clause)]
    if days:
        return days[0]
    return 0 if re.search(r"没(?:有)?逾期|未逾期|正常|按时|没有?$", clause) else None


def _debts_meant(
    clause: str, told: Told, dated: set[str], reader: Reader
) -> tuple[str, ...] | None:
    """The creditors a clause is about; () for all that are open, None where it is unclear."""
    owed = [debt.creditor for debt in told.debts]
    said = [each.text for each in reader.names.find(clause)]
    named = [
        name for name in owed
        if normalise(name) in clause or any(normalise(name).startswith(word) for word in said)
    ]  # fmt: skip
    if not named and "信用卡" in clause:
        named = [debt.creditor for debt in told.debts if is_card(debt)]
    if named:
        return tuple(named)
    if _OTHERS.search(clause):
        return tuple(name for name in owed if name not in dated) or None
    return () if _NOBODY.fullmatch(clause.strip()) or len(owed) == 1 else None


def read_reason(text: str, told: Told, _reader: Reader, _pending: str) -> Answer:
    """Why it became hard, in the borrower's own words."""
    said = " ".join(text.split())[:LONGEST_REASON]
    return Answer(replace(told, reason=said)) if said else Answer(None)


def _tells(found: Intake) -> bool:
    budget = found.budget
    told = (budget.income, budget.essentials, budget.buffer, budget.pledge, found.plan_apr)
    return bool(found.debts or budget.dependants or any(each is not None for each in told))


def _asked_back(found: Intake) -> tuple[str, ...]:
    """What the intake could not settle, without the questions the interview asks anyway."""
    usual = len(found.missing)
    return found.questions[: len(found.questions) - usual] if usual else found.questions
