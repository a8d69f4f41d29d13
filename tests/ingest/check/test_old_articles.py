import pytest

from tests.ingest.tiny_base import ENTRY, TOMORROW, TinyBase

CITED = '{instrument: public-security-penalties-law-2025, article: "50", verified: text}'
FACT = "多次发信息恐吓、干扰正常生活的，可处五日以下拘留（治安管理处罚法第50条）。"


def test_harassment_under_its_number_from_before_the_revision(base: TinyBase) -> None:
    cited = base.plant(TOMORROW, CITED, CITED.replace("50", "42"))
    told = base.plant(TOMORROW, FACT, FACT.replace("50", "42"))
    found = [(line, code) for _, line, code in base.findings() if code == "old-article"]
    assert found == [(cited, "old-article"), (told, "old-article")]


@pytest.mark.parametrize("article", ["40", "四十"])
def test_entering_a_home_under_its_old_number(base: TinyBase, article: str) -> None:
    fact = "非法侵入住宅可拘留十日以上十五日以下（治安管理处罚法第47条）。"
    line = base.plant(ENTRY, fact, fact.replace("47", article))
    assert (ENTRY, line, "old-article") in base.findings()


def test_what_the_article_says_today_is_no_mistake(base: TinyBase) -> None:
    base.plant(TOMORROW, CITED, CITED.replace("50", "42"))
    base.plant(TOMORROW, FACT, "擅自进入铁路防护网的会被罚款（治安管理处罚法第42条）。")
    assert base.findings() == []
