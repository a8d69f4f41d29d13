"""The `plan` command: one record in, the plans for it out."""

from datetime import date
from decimal import Decimal
from typing import Any

from bot.debt.budget import Budget, Need, Spending
from bot.debt.case import LONGEST_CARD_PLAN, Case, Debt
from bot.debt.money import ZERO
from bot.debt.plan import Assessment, Plan, assess
from bot.dialogue.creditor_names import NO_NAMES, CreditorNames
from bot.dialogue.intake import Intake, intake
from bot.dialogue.intake_words import GUARANTEED, SECURED
from bot.transports.jsonl.fields import (
    count,
    money,
    optional_count,
    optional_day,
    optional_money,
    optional_rate,
    optional_text,
)
from bot.transports.jsonl.lines import Record, RecordError

MOST_DEBTS = 200
MOST_INSTALMENTS = 600


def plan_record(record: Record, today: date, names: CreditorNames = NO_NAMES) -> Record:
    """The plans for a case given in fields, or in the borrower's own words."""
    told: Intake | None = None
    if record.get("text") is not None:
        told = read_text(record, today, names)
        case = with_fields(told, record)
    else:
        case = case_of(record, names)
    result = written(assess(case, optional_day(record, "first_due")))
    if told is not None:
        result["warnings"] = [*result["warnings"], *told.questions]
        read = f"读到：{'；'.join(told.read)}。"
        result["assumptions"] = [read, *told.assumptions, *result["assumptions"]]
    return result


def read_text(record: Record, today: date, names: CreditorNames) -> Intake:
    """The case as far as the words tell it."""
    text = optional_text(record, "text")
    return intake(text or "", optional_day(record, "today") or today, names)


def with_fields(told: Intake, record: Record) -> Case:
    """The case told in words, with the plan's terms where fields give them too."""
    case = told.case()
    if case is None:
        questions = "；".join(told.questions)
        raise RecordError("missing_facts", f"缺少 {'、'.join(told.missing)}：{questions}")
    apr = optional_rate(record, "plan_apr")
    longest = longest_of(record)
    return Case(
        case.budget,
        case.debts,
        case.plan_apr if apr is None else apr,
        case.max_instalments if longest is None else longest,
    )


def case_of(record: Record, names: CreditorNames) -> Case:
    """The case in a record's fields."""
    spending = spending_of(record)
    budget = Budget(
        income=money(record, "income"),
        essentials=sum((each.amount for each in spending), ZERO)
        if spending
        else money(record, "essential"),
        buffer=optional_money(record, "buffer"),
        dependants=optional_count(record, "dependants") or 0,
        spending=spending,
    )
    return Case(
        budget,
        tuple(debts_of(record, names)),
        optional_rate(record, "plan_apr"),
        longest_of(record) or LONGEST_CARD_PLAN,
    )


def spending_of(record: Record) -> tuple[Spending, ...]:
    """Essential spending by name, where it is not one sum."""
    named = record.get("essential")
    if not isinstance(named, dict):
        return ()
    return tuple(
        Spending(
            Need(name) if name in set(Need) else Need.OTHER, name, money(named, name, "essential.")
        )
        for name in named
    )


def longest_of(record: Record) -> int | None:
    """The longest plan that may be asked for, in instalments."""
    if record.get("max_instalments") is None:
        return None
    longest = count(record, "max_instalments")
    if longest > MOST_INSTALMENTS:
        raise RecordError(
            "invalid_number", f"max_instalments 不能超过 {MOST_INSTALMENTS}：{longest}"
        )
    return longest


def debts_of(record: Record, names: CreditorNames) -> list[Debt]:
    """The debts, which there must be."""
    given = record.get("debts")
    if not isinstance(given, list) or not given:
        raise RecordError("no_debts", "缺少 debts：请至少写一笔欠款，包括 creditor 和 principal")
    if len(given) > MOST_DEBTS:
        raise RecordError("too_many_debts", f"debts 最多 {MOST_DEBTS} 笔")
    debts = [debt_of(each, f"debts[{place}].", names) for place, each in enumerate(given)]
    if not any(debt.claim for debt in debts):
        raise RecordError("no_debts", "debts 的欠款都是 0：请写出 principal")
    return debts


def debt_of(given: Any, within: str, names: CreditorNames) -> Debt:
    """One debt; its lender type is known where the registry knows the name."""
    if not isinstance(given, dict):
        raise RecordError("invalid_debt", f"{within.rstrip('.')} 应当是一个对象")
    name = optional_text(given, "creditor", within)
    if name is None:
        raise RecordError("missing_field", f"缺少 {within}creditor：请写出机构名称")
    return Debt(
        creditor=name,
        principal=money(given, "principal", within),
        interest=optional_money(given, "interest", within) or ZERO,
        fees=optional_money(given, "fees", within) or ZERO,
        apr=optional_rate(given, "apr", within),
        overdue_days=optional_count(given, "overdue_days", within),
        remaining_instalments=optional_count(given, "remaining_instalments", within),
        lender_type=optional_text(given, "lender_type", within) or names.lender_type(name) or "any",
        secured=bool(given.get("secured")) or bool(SECURED.search(name)),
        guaranteed=bool(given.get("guaranteed")) or bool(GUARANTEED.search(name)),
    )


def written(result: Assessment) -> Record:
    """An assessment as the contract writes it: money as decimal strings."""
    return {
        "disposable": str(result.disposable),
        "total_debt": str(result.total_debt),
        "allocation": [
            {"creditor": each.creditor, "claim": str(each.claim), "monthly": str(each.monthly)}
            for each in result.allocation
        ],
        "months_interest_free": result.months_interest_free,
        "last_instalment": optional(result.last_instalment),
        "months_at_plan_apr": result.months_at_plan_apr,
        "min_monthly_for_60": str(result.min_monthly_for_60),
        "min_monthly_for_60_at_plan_apr": str(result.min_monthly_for_60_at_plan_apr),
        "verdict": result.verdict.value,
        "plans": [written_plan(each) for each in result.plans],
        "warnings": list(result.warnings),
        "assumptions": list(result.assumptions),
    }


def written_plan(plan: Plan) -> Record:
    """One plan in sums; its table is for letters."""
    return {
        "kind": plan.kind.value,
        "title": plan.title,
        "monthly": str(plan.monthly),
        "apr": float(round(plan.apr, 6)),
        "months": plan.months,
        "total": optional(plan.total),
        "total_interest": optional(plan.interest),
        "finish": plan.finish.isoformat() if plan.finish else None,
        "allocation": [
            {"creditor": each.creditor, "monthly": str(each.monthly)} for each in plan.allocation
        ],
        "notes": list(plan.notes),
    }


def optional(amount: Decimal | None) -> str | None:
    """A sum, where there is one."""
    return None if amount is None else str(amount)
