import pytest

from ingest.check.contacts import contacts
from tests.ingest.tiny_base import ENTRY, TinyBase

LINE = "不要动手，不要当场签字。"


@pytest.mark.parametrize(
    "wrong",
    [
        "打 12387 投诉。",
        "打 12378 或 12336 投诉。",
        "拨打 96119 反映。",
        "打 119 求助。",
        "投诉到 42378。",
        "打客服 400-123-4567。",
        "打 021-12345678 问清楚。",
        "打他手机 13812345678。",
        "拨95599转人工。",
        "打 987654 反映。",
        "到 www.nfra.com.cn 查询。",
        "到 https://nfra-help.cn/a 填表。",
        "发到 help@nfra.gov.cn 反映。",
    ],
)
def test_a_number_or_site_that_no_registry_bears(base: TinyBase, wrong: str) -> None:
    line = base.plant(ENTRY, LINE, wrong)
    assert base.findings() == [(ENTRY, line, "unknown-contact")]


@pytest.mark.parametrize(
    "right",
    [
        "打 110 或 12378，想说话打 12356。",
        "到 nfra.gov.cn 查询。",
        "欠款 12000 元，每月还 95000元，分 120 期。",
        "120天以内，12345.67 元。",
        "法释〔2018〕19号里的110条。",
        "每天打 3 次电话。",
        "推荐标准 45251-2025 不管这个。",
    ],
)
def test_registered_contacts_and_plain_figures(base: TinyBase, right: str) -> None:
    base.plant(ENTRY, LINE, right)
    assert base.findings() == []


def test_english_lines_are_read_too(base: TinyBase) -> None:
    line = base.plant(ENTRY, "way in, call 110.", "way in, call 911.")
    assert base.findings() == [(ENTRY, line, "unknown-contact")]


def test_a_number_has_one_spelling() -> None:
    assert contacts("400 810 8866、400-8108-866") == {"4008108866"}
