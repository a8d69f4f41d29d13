import pytest

from tests.ingest.tiny_base import ENTRY, TinyBase

LINE = "不要动手，不要当场签字。"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("千万别开门！", "exclamation"),
        ("亲，先别开门。", "pet-name"),
        ("银行必须同意分期。", "must-agree"),
        ("这样谈保证成功。", "promised-outcome"),
        ("可以向信用卡协会投诉。", "no-such-body"),
        ("可以向银保监会投诉。", "old-regulator"),
        ("利率在24%-36%之间的可以自愿付。", "dead-rate-rule"),
        ("利率在24%至36%之间的可以自愿付。", "dead-rate-rule"),
        ("你可以申请停息挂账。", "no-such-right"),
        ("逾期30天就会上门。", "visit-myth"),
        ("超过5万就上门。", "visit-myth"),
        ("请申请一次性信用修复。", "closed-window"),
        ("撤销裁决要在六个月内提出。", "old-arbitration-limit"),
        ("同上，先别开门。", "leans-on-context"),
    ],
)
def test_a_phrase_that_has_no_place(base: TinyBase, wrong: str, code: str) -> None:
    line = base.plant(ENTRY, LINE, wrong)
    assert base.findings() == [(ENTRY, line, code)]


@pytest.mark.parametrize(
    "right",
    [
        "没有规定说银行必须同意分期。",
        "说保证成功的是骗子。",
        "信用卡协会不受理投诉。",
        "银保监会已改为国家金融监督管理总局。",
        "24%-36%的旧规则已不再适用。",
        "停息挂账不是法律上的权利。",
        "没有规定说逾期30天就会上门。",
        "一次性信用修复已在2026-03-31截止。",
        "撤销裁决的期限由旧法的六个月改为三个月。",
        "看合同上写的放款机构。",
        "亲属没有替你还的义务。",
    ],
)
def test_a_line_that_sets_a_myth_right(base: TinyBase, right: str) -> None:
    base.plant(ENTRY, LINE, right)
    assert base.findings() == []


def test_a_title_may_ask_about_a_myth(base: TinyBase) -> None:
    base.plant(ENTRY, "title: 催收员能不能进我家", "title: 停息挂账是真的吗")
    assert base.findings() == []


def test_registries_are_read_for_phrases_too(base: TinyBase) -> None:
    line = base.plant("scam_signs.yaml", "why: 协商不收费。", "why: 你有权停息挂账。")
    assert base.findings() == [("scam_signs.yaml", line, "no-such-right")]


def test_an_official_name_may_hold_an_old_name(base: TinyBase) -> None:
    base.plant("instruments/old-measures.yaml", "issuer: 国务院", "issuer: 中国银监会")
    assert base.findings() == []
