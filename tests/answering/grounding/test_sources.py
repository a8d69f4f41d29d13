"""What stands in no passage does not pass."""

import pytest

from bot.answering.grounding.sources import Sources
from bot.knowledge.instrument import Instrument, InstrumentKind

CIVIL_CODE = Instrument(
    id="civil-code",
    name="中华人民共和国民法典",
    short_names=("民法典",),
    kind=InstrumentKind.LAW,
    issuer="全国人民代表大会",
)
CRIMINAL_LAW = Instrument(
    id="criminal-law",
    name="中华人民共和国刑法",
    short_names=("刑法",),
    kind=InstrumentKind.LAW,
    issuer="全国人民代表大会",
)
PASSAGE = (
    "任何人未经同意不得进入他人住宅（民法典第1033条）。"
    "收到支付令之日起15日内提出书面异议。打 12378 投诉。2026-01-01 起施行，罚款一千元以下。先不要开门，隔着门说话。"
)


@pytest.fixture
def sources() -> Sources:
    return Sources([PASSAGE], [CIVIL_CODE, CRIMINAL_LAW])


@pytest.mark.parametrize(
    "claim",
    [
        "未经同意不能进你家，见民法典第一千零三十三条。",
        "收到之日起十五天内书面异议。",
        "可以打12378。",
        "2026年1月1日起，罚款1000元以下。",
        "先不要开门，隔着门说话。",
    ],
)
def test_what_stands_in_the_passages_passes(sources: Sources, claim: str) -> None:
    assert sources.ungrounded(claim) == []


@pytest.mark.parametrize(
    "claim",
    [
        "见民法典第1032条。",
        "见刑法第1033条。",
        "根据刑法要坐牢。",
        "根据《催收管理条例》不得上门。",
        "收到之日起10日内异议。",
        "收到之日起15个月内异议。",
        "可以打12368。",
        "罚款2000元。",
        "年利率超过24%不用还。",
        "2025年1月1日起施行。",
        "详见 https://example.com/help",
        "写信到 help@example.com",
        "打开 zhifu.cn 缴费",
        "微信加 13800138000。",
    ],
)
def test_what_stands_in_none_is_named(sources: Sources, claim: str) -> None:
    assert sources.ungrounded(claim) != []
