"""Plans, rates and readings over HTTP say what the batch commands say."""

import base64

import httpx
import pytest

SAID = "月入6500，房租吃饭4700，留300应急，分期乐欠32600，微粒贷15400"


def calculate(site: str, path: str, record: dict[str, object]) -> httpx.Response:
    return httpx.post(f"{site}/api/v1/{path}", json=record)


def test_a_household_gets_its_plans(site: str) -> None:
    plan = calculate(site, "plans", {"text": SAID}).json()
    assert (plan["disposable"], plan["total_debt"]) == ("1500.00", "48000.00")
    assert [each["monthly"] for each in plan["allocation"]] == ["1018.75", "481.25"]
    assert plan["months_interest_free"] == 32


def test_a_loan_gets_its_true_price(site: str) -> None:
    record = {"received": 10000, "instalment": 1000, "months": 12, "lender_type": "microloan"}
    rate = calculate(site, "rates", record).json()
    assert rate["monthly_irr"] == pytest.approx(0.029229, abs=1e-6)
    assert rate["total_cost"] == "2000.00"


def test_what_a_text_counts_is_read(site: str) -> None:
    reading = calculate(site, "readings", {"text": "还3万2，日息万分之五"}).json()
    assert reading["amounts"] == ["32000.00"]
    assert reading["rates"][0]["apr"] == pytest.approx(0.18, abs=0.003)


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("txt", b"")])
def test_a_letter_is_written_for_each_lender(site: str, form: str, begins: bytes) -> None:
    written = calculate(site, f"drafts/negotiation-letter?form={form}", {"text": SAID}).json()
    assert len(written["documents"]) == 2
    for each in written["documents"]:
        assert each["name"].endswith(f".{form}")
        assert base64.b64decode(each["content"]).startswith(begins)
        assert each["size"] > 300


@pytest.mark.parametrize(
    ("path", "record", "code"),
    [
        ("plans", {}, "missing_field"),
        ("plans", {"income": 1, "essential": 1, "debts": []}, "no_debts"),
        ("plans", {"text": "我欠钱了"}, "missing_facts"),
        ("rates", {"received": -5, "instalment": 1, "months": 1}, "invalid_amount"),
        ("drafts/love-letter", {"text": SAID}, "unknown_kind"),
        ("drafts/negotiation-letter", {}, "missing_facts"),
        ("drafts/negotiation-letter?form=exe", {"text": SAID}, "invalid"),
        ("readings", {"text": 7}, "missing_field"),
    ],
)
def test_what_is_missing_is_named(
    site: str, path: str, record: dict[str, object], code: str
) -> None:
    reply = calculate(site, path, record)
    assert (reply.status_code, reply.json()["code"]) == (422, code)
    assert reply.json()["detail"]
