import json
from datetime import date
from typing import Any

import pytest

from bot.transports.jsonl.lines import RecordError
from bot.transports.jsonl.plan import plan_record
from tests.dialogue.test_intake import NAMES

TODAY = date(2026, 11, 23)
FIELDS = {
    "disposable", "total_debt", "allocation", "months_interest_free", "last_instalment",
    "months_at_plan_apr", "min_monthly_for_60", "min_monthly_for_60_at_plan_apr", "verdict",
    "plans", "warnings", "assumptions",
}  # fmt: skip


def case(**changes: Any) -> dict[str, Any]:
    return {
        "income": 6500,
        "essential": 4700,
        "buffer": 300,
        "debts": [
            {"creditor": "分期乐", "principal": 32600},
            {"creditor": "微粒贷", "principal": 15400},
        ],
        "plan_apr": 0.18,
        **changes,
    }


def planned(record: dict[str, Any]) -> dict[str, Any]:
    return plan_record(record, TODAY, NAMES)


def test_the_known_example_field_by_field() -> None:
    reply = planned(case())
    assert set(reply) == FIELDS
    assert reply["disposable"] == "1500.00"
    assert reply["total_debt"] == "48000.00"
    assert reply["allocation"] == [
        {"creditor": "分期乐", "claim": "32600.00", "monthly": "1018.75"},
        {"creditor": "微粒贷", "claim": "15400.00", "monthly": "481.25"},
    ]
    assert reply["months_interest_free"] == 32
    assert reply["last_instalment"] == "1500.00"
    assert reply["months_at_plan_apr"] == 44
    assert reply["min_monthly_for_60"] == "800.00"
    assert reply["min_monthly_for_60_at_plan_apr"] == "1218.89"
    assert reply["verdict"] == "feasible"


def test_words_give_the_same_figures_as_fields() -> None:
    text = "月入6500，房租吃饭4700，留300应急，分期乐欠32600，微粒贷15400，希望按年化18%"
    spoken, written = planned({"text": text}), planned(case())
    assert set(spoken) == FIELDS
    assert "分期乐：欠 32,600 元" in spoken["assumptions"][0]
    for name in FIELDS - {"assumptions", "warnings"}:
        assert spoken[name] == written[name], name


def test_words_may_come_with_the_plan_s_terms_in_fields() -> None:
    text = "工资5500，开支4700，欠分期乐48000"
    reply = planned({"text": text, "plan_apr": 0, "max_instalments": 50})
    assert (reply["months_at_plan_apr"], reply["verdict"]) == (60, "infeasible_over_60")
    assert reply["min_monthly_for_60"] == "960.00"


def test_a_plan_never_repaid_has_no_months() -> None:
    reply = planned(case(income=5700))
    assert reply["months_at_plan_apr"] is None
    assert reply["verdict"] == "infeasible_over_60"


def test_without_capacity_nothing_is_promised() -> None:
    reply = planned(case(income=4000))
    assert reply["disposable"] == "0.00"
    assert reply["verdict"] == "no_capacity"
    assert reply["months_interest_free"] is None
    assert reply["last_instalment"] is None
    assert [each["monthly"] for each in reply["allocation"]] == ["0.00", "0.00"]


def test_amounts_and_rates_may_be_words() -> None:
    debts = [
        {"creditor": "分期乐", "principal": "3万2600", "apr": "月息2分"},
        {"creditor": "微粒贷", "principal": "1.54w"},
    ]
    assert planned(case(debts=debts, income="6,500"))["allocation"] == planned(case())["allocation"]


def test_essentials_may_be_listed() -> None:
    reply = planned(case(essential={"housing": 2000, "food": 1500, "other": 1200}))
    assert reply["disposable"] == "1500.00"


def test_a_plan_knows_a_card_by_its_name_and_by_the_registry() -> None:
    for name in ("某某信用卡", "招行"):
        reply = planned(case(debts=[{"creditor": name, "principal": 10000}]))
        assert any(f"{name}是信用卡" in words for words in reply["warnings"])


def test_plans_carry_their_sums() -> None:
    plan = planned(case(first_due="2026-12-15"))["plans"][0]
    assert plan["kind"] == "interest_free"
    assert (plan["months"], plan["total"], plan["total_interest"]) == (32, "48000.00", "0.00")
    assert plan["finish"] == "2029-07-15"


def test_questions_about_the_words_are_warnings() -> None:
    reply = planned({"text": "工资6000左右，开支4000，分期乐和微粒贷一共欠5万"})
    assert any("各欠多少" in words for words in reply["warnings"])
    assert any("6000左右" in words for words in reply["assumptions"])


@pytest.mark.parametrize(
    ("changes", "code", "named"),
    [
        ({"debts": []}, "no_debts", "debts"),
        ({"debts": None}, "no_debts", "debts"),
        ({"debts": [{"creditor": "甲", "principal": 0}]}, "no_debts", "principal"),
        ({"debts": ["分期乐"]}, "invalid_debt", "debts[0]"),
        ({"debts": [{"principal": 5}]}, "missing_field", "debts[0].creditor"),
        ({"debts": [{"creditor": "甲"}]}, "missing_field", "debts[0].principal"),
        ({"debts": [{"creditor": "甲", "principal": -5}]}, "invalid_amount", "debts[0].principal"),
        ({"debts": [{"creditor": 5, "principal": 5}]}, "invalid_text", "debts[0].creditor"),
        (
            {"debts": [{"creditor": "甲", "principal": 5, "apr": 99.99}]},
            "invalid_rate",
            "debts[0].apr",
        ),
        (
            {"debts": [{"creditor": "甲", "principal": 5, "apr": "9999%"}]},
            "invalid_rate",
            "debts[0].apr",
        ),
        (
            {"debts": [{"creditor": "甲", "principal": 5, "overdue_days": -1}]},
            "invalid_number",
            "overdue_days",
        ),
        ({"income": None}, "missing_field", "income"),
        ({"income": -1}, "invalid_amount", "income"),
        ({"income": float("nan")}, "invalid_number", "income"),
        ({"income": float("inf")}, "invalid_number", "income"),
        ({"income": "NaN"}, "invalid_number", "income"),
        ({"income": 1e12}, "invalid_amount", "income"),
        ({"income": True}, "invalid_number", "income"),
        ({"income": "很多"}, "invalid_number", "income"),
        ({"income": [1]}, "invalid_number", "income"),
        ({"essential": None}, "missing_field", "essential"),
        ({"essential": {"food": -3}}, "invalid_amount", "essential.food"),
        ({"buffer": -300}, "invalid_amount", "buffer"),
        ({"dependants": 1.5}, "invalid_number", "dependants"),
        ({"plan_apr": -0.1}, "invalid_rate", "plan_apr"),
        ({"plan_apr": 18}, "invalid_rate", "plan_apr"),
        ({"plan_apr": "高"}, "invalid_rate", "plan_apr"),
        ({"max_instalments": 0}, "invalid_number", "max_instalments"),
        ({"max_instalments": 601}, "invalid_number", "max_instalments"),
        ({"first_due": "12月"}, "invalid_date", "first_due"),
        ({"text": ""}, "invalid_text", "text"),
        ({"text": "分期乐欠3万"}, "missing_facts", "income"),
        ({"text": "你好"}, "missing_facts", "debts"),
        ({"text": "收入-6500，开支3000，分期乐欠3万"}, "missing_facts", "不能是负数"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(changes: dict, code: str, named: str) -> None:
    with pytest.raises(RecordError) as refused:
        planned(case(**changes))
    assert refused.value.code == code
    assert named in refused.value.message


def test_a_reply_can_be_written() -> None:
    assert json.loads(json.dumps(planned(case()), allow_nan=False))
