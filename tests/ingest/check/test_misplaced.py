import pytest

from tests.ingest.tiny_base import ENTRY, TOMORROW, TinyBase

CITED = '{instrument: public-security-penalties-law-2025, article: "50", verified: text}'
FACT = "多次发信息恐吓、干扰正常生活的，可处五日以下拘留（治安管理处罚法第50条）。"


def test_a_line_that_tells_of_another_article_than_it_names(base: TinyBase) -> None:
    base.plant(TOMORROW, CITED, CITED.replace("50", "47"))
    line = base.plant(TOMORROW, FACT, "不得多次发送恐吓信息、滋扰他人（治安管理处罚法第47条）。")
    assert base.findings() == [(TOMORROW, line, "misplaced")]


@pytest.mark.parametrize(
    "fact",
    [
        "多次发送恐吓信息的处五日以下拘留（治安管理处罚法第50条）。",
        "滋扰他人正常生活，也可以请派出所来（治安管理处罚法第47、50条）。",
    ],
)
def test_a_line_that_tells_of_what_it_names(base: TinyBase, fact: str) -> None:
    both = f"{CITED}\n  - {CITED.replace('50', '47')}"
    base.plant(TOMORROW, CITED, both)
    base.plant(TOMORROW, FACT, fact)
    assert base.findings() == []


def test_a_loose_line_about_an_article_that_another_line_tells_of(base: TinyBase) -> None:
    fact = "- 非法侵入住宅可拘留十日以上十五日以下（治安管理处罚法第47条）。"
    base.plant(ENTRY, fact, f"{fact}\n- 不得多次发送恐吓信息、滋扰他人（治安管理处罚法第47条）。")
    assert base.findings() == []
