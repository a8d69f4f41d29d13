import pytest

from tests.ingest.tiny_base import ENTRY, TinyBase


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("related: [visit-tomorrow]", "related: [visit-someday]"),
        ("related: [visit-tomorrow]", "related: [visit-tomorrow]\nactions: [visit-tomorrow, gone]"),
        ("channels: [police-110]", "channels: [police-119]"),
        ("template: stop-visits", "template: stop-calls"),
    ],
)
def test_an_entry_that_names_what_is_not_there(base: TinyBase, right: str, wrong: str) -> None:
    line = base.plant(ENTRY, right, wrong) + wrong.count("\n")
    assert base.findings() == [(ENTRY, line, "unknown-id")]


def test_an_unknown_creditor(base: TinyBase) -> None:
    line = base.plant(ENTRY, "risk: none", "creditors: [no-lender]\nrisk: none")
    assert base.findings() == [(ENTRY, line, "unknown-id")]


def test_an_entry_related_to_itself(base: TinyBase) -> None:
    line = base.plant(ENTRY, "related: [visit-tomorrow]", "related: [visit-may-they-enter]")
    assert base.findings() == [(ENTRY, line, "self-link")]


def test_a_creditor_that_no_known_channel_looks_after(base: TinyBase) -> None:
    line = base.plant("creditors.yaml", "regulator_channel: nfra-12378", "regulator_channel: cbrc")
    assert base.findings() == [("creditors.yaml", line, "unknown-id")]


def test_an_instrument_replaced_by_nothing_we_know(base: TinyBase) -> None:
    file = "instruments/old-measures.yaml"
    line = base.plant(file, "replaced_by: civil-code", "replaced_by: new-measures")
    assert base.findings() == [(file, line, "unknown-id")]
