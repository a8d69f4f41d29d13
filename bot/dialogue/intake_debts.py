"""The figures said about one debt, made into what is claimed."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from bot.debt.case import Debt
from bot.debt.money import ZERO, yuan
from bot.dialogue import intake_words as words
from bot.dialogue.creditor_names import Lender

UNNAMED = Lender("没写名字的欠款", "any")


@dataclass(slots=True)
class Owed:
    """A debt while it is being read: its figures by what they are."""

    lender: Lender
    figures: dict[str, Decimal] = field(default_factory=dict)
    parts_included: bool = False
    apr: Decimal | None = None
    overdue_days: int | None = None
    remaining_instalments: int | None = None
    guaranteed: bool = False

    def add(self, role: str, value: Decimal) -> None:
        """One more figure; interest and fees named twice add up."""
        adds_up = role in ("interest", "fees")
        self.figures[role] = value + (self.figures.get(role, ZERO) if adds_up else ZERO)


@dataclass(frozen=True, slots=True)
class Made:
    """A debt with what was assumed and what must be asked; None where its sum is unknown."""

    debt: Debt | None
    assumptions: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def debt_of(owed: Owed) -> Made:
    """What the figures come to, and whether the name is one at all."""
    made = _from_figures(owed)
    if made.debt is not None and owed.lender == UNNAMED:
        ask = f"{yuan(made.debt.claim)} 元是欠哪一家的？"
        return replace(made, questions=(*made.questions, ask))
    if not owed.lender.guessed or made.debt is None:
        return made
    ask = f"“{owed.lender.name}”是欠款的机构吗？这里先当作一笔欠款。"
    return replace(made, questions=(*made.questions, ask))


def _from_figures(owed: Owed) -> Made:
    figures = owed.figures
    name = owed.lender.name
    interest = figures.get("interest", ZERO)
    fees = figures.get("fees", ZERO)
    whole = figures.get("owed", figures.get("remaining"))
    if "principal" in figures:
        return _from_principal(owed, whole, interest, fees)
    if whole is not None and owed.parts_included:
        return Made(_debt(owed, whole - interest - fees, interest, fees))
    if whole is not None:
        note = f"{name}的利息、费用加在欠款 {yuan(whole)} 元之外。"
        return Made(_debt(owed, whole, interest, fees), (note,) if interest or fees else ())
    if "borrowed" in figures:
        return _from_borrowed(owed, interest, fees)
    if "overdue" in figures:
        overdue = figures["overdue"]
        ask = f"{name}一共欠多少？这里先按逾期的 {yuan(overdue)} 元算。"
        return Made(_debt(owed, overdue, interest, fees), (), (ask,))
    is_known = (
        owed.overdue_days is not None or "monthly" in figures or owed.lender.lender_type != "any"
    )
    return Made(None, (), (f"{name}还欠多少？没有写，这次没有算进去。",) if is_known else ())


def _from_principal(owed: Owed, whole: Decimal | None, interest: Decimal, fees: Decimal) -> Made:
    principal = owed.figures["principal"]
    if whole is None or whole == principal + interest + fees:
        return Made(_debt(owed, principal, interest, fees))
    name = owed.lender.name
    if whole > principal and not interest and not fees:
        rest = whole - principal
        note = f"{name}欠款 {yuan(whole)} 元减去本金，其余 {yuan(rest)} 元当作利息和费用。"
        return Made(_debt(owed, principal, rest, ZERO), (note,))
    ask = f"{name}的本金、利息、费用加起来和总数 {yuan(whole)} 元对不上，哪个对？这里先按各项相加。"
    return Made(_debt(owed, principal, interest, fees), (), (ask,))


def _from_borrowed(owed: Owed, interest: Decimal, fees: Decimal) -> Made:
    name, borrowed = owed.lender.name, owed.figures["borrowed"]
    paid = owed.figures.get("paid", ZERO)
    if paid >= borrowed:
        return Made(
            None, (), (f"{name}借了 {yuan(borrowed)} 元、还了 {yuan(paid)} 元，现在还欠多少？",)
        )
    left = borrowed - paid
    note = f"{name}没有写还欠多少，按借的减去还的 {yuan(left)} 元算。"
    ask = f"{name}现在账单上还欠多少？这里先按 {yuan(left)} 元算。"
    return Made(_debt(owed, left, interest, fees), (note,), (ask,))


def _debt(owed: Owed, principal: Decimal, interest: Decimal, fees: Decimal) -> Debt:
    return Debt(
        creditor=owed.lender.name,
        principal=principal,
        interest=interest,
        fees=fees,
        apr=owed.apr,
        overdue_days=owed.overdue_days,
        remaining_instalments=owed.remaining_instalments,
        lender_type=owed.lender.lender_type,
        secured=bool(words.SECURED.search(owed.lender.name)),
        guaranteed=owed.guaranteed,
    )
