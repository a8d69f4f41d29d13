from tests.ingest.tiny_base import TinyBase


def test_a_faultless_base_has_no_findings(base: TinyBase) -> None:
    assert base.findings() == []


def test_a_faultless_base_agrees_with_the_official_texts(base: TinyBase) -> None:
    assert base.findings(with_law_texts=True) == []
