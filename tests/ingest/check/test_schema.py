import pytest

from tests.ingest.tiny_base import CIVIL_CODE, ENTRY, TinyBase


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("risk: none", "risk: high"),
        ("stages: [collection]", "stages: [collecting]"),
        ("risk: none", "mood: sad"),
        ("title: 催收员能不能进我家", "heading: 催收员能不能进我家"),
        ('article: "1033"', "article: 1033"),
        ("created: 2026-11-23", "created: yesterday"),
        ("risk: none", "short_answer: 可以"),
    ],
)
def test_a_field_that_does_not_fit(base: TinyBase, right: str, wrong: str) -> None:
    line = base.plant(ENTRY, right, wrong)
    assert (ENTRY, line, "schema") in base.findings()


@pytest.mark.parametrize("section", ["先说结论", "现在可以做"])
def test_a_section_that_is_missing(base: TinyBase, section: str) -> None:
    line = base.plant(ENTRY, f"## {section}", "## 别的")
    found = base.findings()
    assert (ENTRY, line, "layout") in found
    assert any(code == "layout" and at < line for _, at, code in found)


def test_a_registry_field_nobody_knows(base: TinyBase) -> None:
    line = base.plant("channels.yaml", '  number: "12378"', '  phone: "12378"')
    assert ("channels.yaml", line, "schema") in base.findings()


def test_an_instrument_of_no_known_kind(base: TinyBase) -> None:
    line = base.plant(CIVIL_CODE, "kind: law", "kind: poem")
    assert (CIVIL_CODE, line, "schema") in base.findings()


def test_a_file_that_is_no_yaml(base: TinyBase) -> None:
    line = base.plant("channels.yaml", "takes: [威胁, 硬闯]", "takes: [威胁, 硬闯")
    assert ("channels.yaml", line + 1, "yaml") in base.findings()


def test_a_field_given_twice(base: TinyBase) -> None:
    line = base.plant(ENTRY, "risk: none", "risk: none\nrisk: scam")
    assert (ENTRY, line + 1, "yaml") in base.findings()
