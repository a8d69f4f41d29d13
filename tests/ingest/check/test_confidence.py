import pytest

from tests.ingest.tiny_base import ENTRY, TinyBase

HEDGED = "据公开报道，催收指引要求上门至少两人，以官方文件为准。"


def test_a_report_told_as_certain(base: TinyBase) -> None:
    base.plant(ENTRY, HEDGED, f"{HEDGED}\n- 晚上十点后不得上门（催收指引）。")
    line = base.read(ENTRY)[: base.read(ENTRY).index("晚上十点")].count("\n") + 1
    assert base.findings() == [(ENTRY, line, "unhedged")]


def test_an_entry_that_never_says_it_knows_by_report_only(base: TinyBase) -> None:
    base.plant(ENTRY, HEDGED, "不欠钱的人不用理会。")
    cited = "{instrument: collection-guideline, verified: secondary}"
    line = base.read(ENTRY)[: base.read(ENTRY).index(cited)].count("\n") + 1
    assert base.findings() == [(ENTRY, line, "unhedged")]


@pytest.mark.parametrize("hedge", ["据公开资料，", "据报道，"])
def test_other_ways_to_say_so(base: TinyBase, hedge: str) -> None:
    base.plant(ENTRY, HEDGED, f"{hedge}催收指引要求上门至少两人。")
    assert base.findings() == []


@pytest.mark.parametrize(
    "wrong",
    [
        "据公开报道，违反催收指引就是违法。",
        "据公开报道，GB/T 45251-2025 是国家法律。",
        "据公开报道，行业指引属于法律规定。",
    ],
)
def test_a_recommendation_called_law(base: TinyBase, wrong: str) -> None:
    line = base.plant(ENTRY, HEDGED, wrong)
    assert base.findings() == [(ENTRY, line, "called-law")]


@pytest.mark.parametrize(
    "right",
    [
        "据公开报道，催收指引是行业规范，不是法律，违反它不等于违法。",
        "据公开报道，催收指引禁止进屋；未经同意进入住宅违法（民法典第1033条）。",
    ],
)
def test_a_recommendation_beside_the_law(base: TinyBase, right: str) -> None:
    base.plant(ENTRY, HEDGED, right)
    assert base.findings() == []


@pytest.mark.parametrize("wrong", ["国标规定每天最多3次。", "行业协会的催收指引2026年发布。"])
def test_a_figure_from_a_recommendation_that_is_not_named_in_full(
    base: TinyBase, wrong: str
) -> None:
    base.plant(ENTRY, HEDGED, f"{HEDGED}\n- {wrong}")
    line = base.read(ENTRY)[: base.read(ENTRY).index(wrong)].count("\n") + 1
    assert base.findings() == [(ENTRY, line, "unhedged")]
