import pytest

from tests.ingest.tiny_base import ENTRY, TinyBase


@pytest.mark.parametrize(
    ("right", "wrong", "below"),
    [
        ("title: 催收员能不能进我家", 'title: "催收员能不能进我家"', 0),
        ("stages: [collection]", "stages:\n  - collection", 0),
        ("## 先说结论\n", "## 先说结论", 1),
        (
            "2. If they force their way in, call 110.\n",
            "2. If they force their way in, call 110.\n\n",
            2,
        ),
    ],
)
def test_an_entry_that_is_laid_out_otherwise(
    base: TinyBase, right: str, wrong: str, below: int
) -> None:
    line = base.plant(ENTRY, right, wrong) + below
    assert base.findings() == [(ENTRY, line, "layout")]
