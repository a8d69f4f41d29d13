import pytest

from ingest.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先别怕。再打电话！好吗？", ["先别怕。", "再打电话！", "好吗？"]),
        ("他说：“明天来！”然后挂了", ["他说：“明天来！”", "然后挂了"]),
        ("年化15.4%，合法。", ["年化15.4%，合法。"]),
        ("Save it. Then call 110.", ["Save it.", "Then call 110."]),
        ("等等……再说", ["等等……", "再说"]),
        ("一\n二", ["一", "二"]),
        ("", []),
        ("。。。", ["。。。"]),
    ],
)
def test_ends_a_sentence_with_its_mark(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
