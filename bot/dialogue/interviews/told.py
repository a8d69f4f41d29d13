"""What a borrower has told so far, and how a new message adds to it without losing the rest."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from bot.debt.budget import Budget, Spending
from bot.debt.case import LONGEST_CARD_PLAN, Case, Debt
from bot.debt.money import ZERO
from bot.dialogue.intake import Intake
from bot.dialogue.intake_debts import UNNAMED


@dataclass(frozen=True, slots=True)
class Told:
    """The budget and the debts as far as they are known; ``dependants_told`` tells 0 from unknown."""

    budget: Budget = field(default_factory=Budget)
    debts: tuple[Debt, ...] = ()
    plan_apr: Decimal | None = None
    max_instalments: int = LONGEST_CARD_PLAN
    dependants_told: bool = False
    reason: str | None = None

    def case(self) -> Case | None:
        """The case, once it is complete enough to compute plans from."""
        if not self.budget.complete or not any(debt.claim for debt in self.debts):
            return None
        return Case(self.budget, self.debts, self.plan_apr, self.max_instalments)


def merged(told: Told, new: Intake, *, restated: bool = False) -> Told:
    """What was told before and what a message tells now; the later word about a thing counts.

    ``restated`` says that the message answers the question about spending itself, so that single
    costs stand for all of it rather than for a part of a sum told before.
    """
    return replace(
        told,
        budget=_budget(told.budget, new.budget, restated=restated),
        debts=_debts(told.debts, new.debts),
        plan_apr=told.plan_apr if new.plan_apr is None else new.plan_apr,
        max_instalments=new.max_instalments
        if new.max_instalments != LONGEST_CARD_PLAN
        else told.max_instalments,
        dependants_told=told.dependants_told or bool(new.budget.dependants),
    )


def without_debt(told: Told, creditor: str) -> Told:
    """The same without one creditor's debt."""
    return replace(told, debts=tuple(debt for debt in told.debts if debt.creditor != creditor))


def with_overdue(told: Told, days: int, creditors: tuple[str, ...] = ()) -> Told:
    """How long debts are overdue: those of the creditors named, else all not known yet."""

    def dated(debt: Debt) -> Debt:
        meant = debt.creditor in creditors if creditors else debt.overdue_days is None
        return replace(debt, overdue_days=days) if meant else debt

    return replace(told, debts=tuple(dated(debt) for debt in told.debts))


def _budget(old: Budget, new: Budget, *, restated: bool) -> Budget:
    listed_now = sum((each.amount for each in new.spending), ZERO)
    is_whole = new.essentials is not None and new.essentials != listed_now
    spending = (
        new.spending if is_whole else _spending(old.spending, new.spending, restated=restated)
    )
    has_income = new.income is not None
    return Budget(
        income=new.income if has_income else old.income,
        essentials=_essentials(old, new, spending, restated=restated),
        buffer=old.buffer if new.buffer is None else new.buffer,
        dependants=new.dependants or old.dependants,
        incomes=new.incomes if has_income else old.incomes,
        spending=spending,
        pledge=old.pledge if new.pledge is None else new.pledge,
    )


def _essentials(
    old: Budget, new: Budget, spending: tuple[Spending, ...], *, restated: bool
) -> Decimal | None:
    """A sum told now counts; single costs add to those told before, not to a sum told before."""
    if new.essentials is None:
        return old.essentials
    listed_now = sum((each.amount for each in new.spending), ZERO)
    if not new.spending or new.essentials != listed_now:
        return new.essentials
    listed = sum((each.amount for each in spending), ZERO)
    listed_before = sum((each.amount for each in old.spending), ZERO)
    was_a_sum = old.essentials is not None and old.essentials != listed_before
    if was_a_sum and not restated:
        assert old.essentials is not None
        return max(old.essentials, listed)
    return listed


def _spending(
    old: tuple[Spending, ...], new: tuple[Spending, ...], *, restated: bool
) -> tuple[Spending, ...]:
    """Costs by label; told apart again, they replace one figure that held them together."""
    if restated:
        old = tuple(each for each in old if not any(n.label in each.label for n in new))
    by_label = {each.label: each for each in old} | {each.label: each for each in new}
    return tuple(by_label.values())


def _debts(old: tuple[Debt, ...], new: tuple[Debt, ...]) -> tuple[Debt, ...]:
    """Debts by creditor; several to the same creditor in one message stay several."""
    told_now = [debt.creditor for debt in new if debt.creditor != UNNAMED.name]
    kept = list(old)
    for debt in new:
        place = next(
            (
                place
                for place, known in enumerate(kept)
                if known.creditor == debt.creditor and told_now.count(debt.creditor) == 1
            ),
            None,
        )
        if place is None:
            kept.append(debt)
        else:
            kept[place] = _restated(kept[place], debt)
    return tuple(kept)


def _restated(old: Debt, new: Debt) -> Debt:
    """A debt told again: the new sums, and what was known of it besides."""
    return replace(
        new,
        apr=old.apr if new.apr is None else new.apr,
        overdue_days=old.overdue_days if new.overdue_days is None else new.overdue_days,
        remaining_instalments=new.remaining_instalments or old.remaining_instalments,
        lender_type=old.lender_type if new.lender_type == "any" else new.lender_type,
        secured=old.secured or new.secured,
        guaranteed=old.guaranteed or new.guaranteed,
    )
