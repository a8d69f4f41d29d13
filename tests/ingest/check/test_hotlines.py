import pytest

from tests.ingest.tiny_base import ENTRY, TinyBase

LINE = "不要动手，不要当场签字。"
NUMBERS = "".join(
    f'- id: line-{number}\n  name: 热线\n  number: "{number}"\n  takes: [来电]\n  verified: memory\n'
    for number in ("12348", "12363", "12368", "96110")
)


@pytest.fixture
def lines(base: TinyBase) -> TinyBase:
    base.write("channels.yaml", base.read("channels.yaml") + NUMBERS)
    return base


@pytest.mark.parametrize(
    "wrong",
    [
        "打 12368 免费问律师。",
        "先冷静，征信异议打 12378 问。",
        "撑不住打 12348。",
        "开庭时间打 12356 报案号查。",
    ],
)
def test_a_hotline_for_another_ones_matter(lines: TinyBase, wrong: str) -> None:
    line = lines.plant(ENTRY, LINE, wrong)
    assert lines.findings() == [(ENTRY, line, "wrong-hotline")]


@pytest.mark.parametrize(
    "right",
    [
        "打 12348 免费问律师。",
        "征信异议打 12363，银行催收打 12378。",
        "征信异议不归 12378 管。",
        "法院的事打 12368 或 12348。",
        "先打 110。",
    ],
)
def test_a_hotline_for_its_own_matter(lines: TinyBase, right: str) -> None:
    lines.plant(ENTRY, LINE, right)
    assert lines.findings() == []
