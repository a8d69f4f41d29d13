import pytest

from bot.knowledge.library import Library
from bot.settings import Settings
from bot.transports.jsonl.conduct import conduct_record
from bot.transports.jsonl.lines import Record, RecordError
from ingest.load.knowledge_base import read_knowledge_base


@pytest.fixture(scope="module")
def library() -> Library:
    return read_knowledge_base(Settings().knowledge_dir)


@pytest.mark.parametrize(
    ("text", "verdict", "rule"),
    [
        ("昨晚十一点半还给我打电话催收", "against_standard", "quiet-hours"),
        ("打给我妈说我欠钱不还", "unlawful", "contacts-told-of-debt"),
        ("打电话到公司前台说我欠钱", "unlawful", "workplace-told"),
        ("自称法院的发短信说不还款就抓我", "unlawful", "impersonates-state"),
        ("两个人上午来我家敲门，很客气", "allowed", "polite-visit"),
        ("今天语音接通了四次", "against_standard", "connected-calls-over-three"),
        ("白天打了一个电话提醒还款", "allowed", "daytime-contact"),
        ("说要去法院起诉我", "allowed", "says-lawsuit"),
    ],
)
def test_an_account_in_words(library: Library, text: str, verdict: str, rule: str) -> None:
    first = conduct_record({"text": text}, library)["findings"][0]
    assert (first["verdict"], first["rule"]) == (verdict, rule)
    assert first["citation"]
    assert first["why"]


def test_an_incident_in_fields(library: Library) -> None:
    record: Record = {
        "at": "2026-11-29T23:10:00+08:00",
        "medium": "call",
        "contacted": "borrower",
        "frequency": 12,
        "acts": ["threat"],
    }
    found = conduct_record(record, library)
    assert [each["rule"] for each in found["findings"]] == [
        "threat-of-violence",
        "quiet-hours",
        "attempts-over-six",
    ]
    assert found["missing"] == ["这些电话里打通了几次？"]


def test_the_time_is_that_of_china(library: Library) -> None:
    record: Record = {"at": "2026-11-29T15:10:00+00:00", "medium": "visit", "acts": []}
    assert conduct_record(record, library)["findings"][0]["rule"] == "quiet-hours"


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({}, "missing_facts"),
        ({"at": "bad", "medium": "call"}, "invalid_field"),
        ({"medium": 3}, "invalid_field"),
        ({"medium": "call", "frequency": -1}, "invalid_number"),
    ],
)
def test_a_record_that_cannot_be_read_is_named(library: Library, record: Record, code: str) -> None:
    with pytest.raises(RecordError) as fault:
        conduct_record(record, library)
    assert fault.value.code == code
