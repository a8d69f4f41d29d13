from pathlib import Path

from ingest.check import check

FOLDER = Path(__file__).parents[3] / "knowledge_base"


def test_our_own_knowledge_base_is_clean() -> None:
    assert [str(finding) for finding in check(FOLDER)] == []
