"""The description of the API holds: every answer is one it names, and no input breaks it."""

import json
import re
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.transports.web.visitor import Visitor

SAID = st.one_of(st.text(max_size=80), st.sampled_from(["月入6500，分期乐欠3万2", "到手1万", ""]))
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**40), 10**40),
    st.floats(),
    SAID,
    st.sampled_from(
        ["3万2", "24%", "2026-02-30", "9999-12-31", "0001-01-01", "1e400", "NaN", "-0"]
    ),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SAID, inner, max_size=4),
    max_leaves=12,
)
FIELDS = {
    "conversations": ["site"],
    "chat": ["text", "language", "kind", "conversation", "site"],
    "messages": ["text", "language", "kind"],
    "feedback": ["useful", "reason"],
    "plans": ["text", "income", "essential", "buffer", "dependants", "debts", "plan_apr",
              "max_instalments", "first_due", "today"],
    "rates": ["text", "received", "monthly", "instalment", "months", "repay", "days", "payments",
              "received_on", "upfront_fees", "contract_amount", "lender_type", "advertised_apr"],
    "readings": ["text", "today"],
    "{kind}": ["text", "income", "essential", "debts", "offer", "reason", "first_due"],
}  # fmt: skip
DEBT_FIELDS = ("creditor", "principal", "interest", "fees", "apr", "overdue_days", "secured")
DEBT = st.fixed_dictionaries({}, optional=dict.fromkeys(DEBT_FIELDS, LEAVES))
PAYMENT = st.fixed_dictionaries({}, optional={"date": LEAVES, "amount": LEAVES})
LIKELY = {
    "kind": st.sampled_from(["text", "start", "photo"]),
    "language": st.sampled_from(["zh-Hans", "zh-Hant", "en"]),
    "site": st.sampled_from(["news", "closed", "nobody"]),
    "useful": st.booleans(),
    "debts": st.lists(DEBT, max_size=4),
    "payments": st.lists(PAYMENT, max_size=4),
    "monthly": st.lists(LEAVES, max_size=6),
    "text": SAID,
}


def bodies(path: str) -> st.SearchStrategy[Any]:
    """Bodies that come near the described ones, and some that do not."""
    fields = FIELDS[re.sub(r".*/", "", path)]
    near = {name: LIKELY.get(name, LEAVES) | VALUES for name in fields}
    return st.fixed_dictionaries({}, optional=near) | VALUES


def described(site: str) -> dict[str, Any]:
    return dict(httpx.get(f"{site}/openapi.json").json())


def operations(site: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, methods in described(site)["paths"].items()
        for method, operation in methods.items()
    ]


def test_every_operation_says_what_it_takes_and_how_it_ends(site: str) -> None:
    for method, path, operation in operations(site):
        where = f"{method} {path}"
        assert operation["summary"], where
        assert operation["description"], where
        if path == "/healthz":
            continue
        assert {"422", "500"} <= set(operation["responses"]), where
        for status, answer in operation["responses"].items():
            assert answer["description"], f"{where} {status}"
            if status >= "400":
                problem = answer["content"]["application/problem+json"]
                assert problem["example"]["status"] == int(status), f"{where} {status}"


def test_every_reference_leads_somewhere(site: str) -> None:
    document = described(site)
    for name in re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)):
        assert name in document["components"]["schemas"]


def test_the_examples_work(site: str) -> None:
    document = described(site)
    for path in ("plans", "rates", "readings"):
        content = document["paths"][f"/api/v1/{path}"]["post"]["requestBody"]["content"]
        for name, example in content["application/json"]["examples"].items():
            reply = httpx.post(f"{site}/api/v1/{path}", json=example["value"])
            assert reply.status_code == 200, f"{path} {name}: {reply.text}"
    for example in document["components"]["schemas"]["Question"]["examples"]:
        assert Visitor.of(site).post(**example).status_code == 200


@pytest.fixture(scope="module")
def visitor(site: str) -> Visitor:
    return Visitor.of(site)


@pytest.mark.parametrize(
    ("path", "examples"),
    [
        ("/api/v1/plans", 150),
        ("/api/v1/rates", 150),
        ("/api/v1/drafts/{kind}", 60),
        ("/api/v1/readings", 100),
        ("/api/v1/conversations", 40),
        ("/api/v1/chat", 40),
        ("/api/v1/conversations/{conversation_id}/messages", 40),
        ("/api/v1/conversations/{conversation_id}/answers/{answer_id}/feedback", 30),
    ],
)
def test_no_body_breaks_the_api(site: str, visitor: Visitor, path: str, examples: int) -> None:
    known = set(described(site)["paths"][path]["post"]["responses"])
    address = site + path.format(
        conversation_id=visitor.id, answer_id="x" * 43, kind="negotiation-letter"
    )

    with httpx.Client(timeout=20) as client:

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(body=bodies(path))
        def check(body: Any) -> None:
            reply = client.post(
                address,
                content=json.dumps(body).encode(),
                headers={**visitor.pass_, "Content-Type": "application/json"},
            )
            assert str(reply.status_code) in known, reply.text
            assert reply.status_code < 500, reply.text
            assert "event: error" not in reply.text
            if reply.status_code >= 400:
                assert reply.headers["content-type"] == "application/problem+json"
                assert reply.json()["status"] == reply.status_code

        check()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"\xff\xfe", 400),
        (b"{", 422),
        (b"[" * 100_000, 400),
        (b'{"text": ' + b"9" * 5000 + b"}", 400),
        (b"", 422),
        (b"null", 422),
        (b'{"text": "\\ud83d"}', 422),
    ],
)
def test_a_body_that_is_no_json_is_a_problem(site: str, body: bytes, status: int) -> None:
    headers = {"Content-Type": "application/json"}
    for path in ("chat", "readings"):
        reply = httpx.post(f"{site}/api/v1/{path}", content=body, headers=headers)
        assert reply.status_code in (status, 422), path
        assert reply.json()["type"].startswith("urn:borrower-aid:problem:")


@pytest.mark.parametrize(
    "headers",
    [
        {"Idempotency-Key": "short"},
        {"Idempotency-Key": "x" * 129},
        {"Last-Event-ID": "1"},
        {"Authorization": "Basic eDp5"},
        {"Authorization": "Bearer"},
        {"Content-Type": "text/plain"},
    ],
)
def test_odd_headers_are_a_problem(site: str, visitor: Visitor, headers: dict[str, str]) -> None:
    reply = visitor.post("上门", headers)
    assert reply.status_code in (401, 422)
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/chat", 405),
        ("PUT", "/api/v1/plans", 405),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/%2e%2e/app.py", 404),
        ("GET", f"/api/v1/conversations/{'%00' * 43}", 422),
        ("GET", "/embed/UPPER", 422),
    ],
)
def test_other_addresses_end_in_a_problem(site: str, method: str, path: str, status: int) -> None:
    reply = httpx.request(method, site + path)
    assert reply.status_code in (status, 422)
    assert reply.json()["type"].startswith("urn:borrower-aid:problem:")


def test_a_wrong_method_is_told_the_right_ones(site: str) -> None:
    reply = httpx.put(f"{site}/api/v1/conversations/{'x' * 43}")
    assert (reply.status_code, reply.headers["allow"]) == (405, "DELETE, GET")
