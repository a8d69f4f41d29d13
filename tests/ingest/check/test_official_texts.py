import pytest

from tests.ingest.tiny_base import CIVIL_CODE, ENTRY, TinyBase

POLICE = "instruments/public-security-penalties-law-2025.yaml"


def test_a_provision_that_the_official_text_does_not_have(base: TinyBase) -> None:
    line = base.plant(POLICE, 'article: "42"', 'article: "48"')
    assert base.findings(with_law_texts=True) == [(POLICE, line, "no-such-article")]


def test_a_citation_of_an_article_that_does_not_exist(base: TinyBase) -> None:
    (base.law_texts / "civil-code.md").write_text("第一条　为了保护权益。\n", encoding="utf-8")
    found = {(file, code) for file, _, code in base.findings(with_law_texts=True)}
    assert {(CIVIL_CODE, "no-such-article"), (ENTRY, "no-such-article")} <= found


def test_a_paraphrase_of_something_else(base: TinyBase) -> None:
    right = "没有法律规定或本人明确同意，谁都不能进入、拍摄别人的住宅。"
    base.plant(CIVIL_CODE, "title: 隐私权侵害行为", "title: 借款利息")
    line = base.plant(CIVIL_CODE, right, "借钱没写利率就当没有利息。")
    assert base.findings(with_law_texts=True) == [(CIVIL_CODE, line, "unlike-text")]


def test_a_number_in_a_paraphrase_that_the_article_does_not_have(base: TinyBase) -> None:
    line = base.plant(POLICE, "处五日以下拘留", "处20日以下拘留")
    assert base.findings(with_law_texts=True) == [(POLICE, line, "not-in-text")]


@pytest.mark.parametrize("wrong", ["拘留十日以上二十日以下", "拘留10到30天"])
def test_a_number_in_a_line_that_its_articles_do_not_have(base: TinyBase, wrong: str) -> None:
    line = base.plant(ENTRY, "拘留十日以上十五日以下", wrong)
    assert base.findings(with_law_texts=True) == [(ENTRY, line, "not-in-text")]


@pytest.mark.parametrize("right", ["拘留10天以上15天以下", "旧法是五日以下，现在拘留十到十五日"])
def test_the_same_numbers_in_other_words(base: TinyBase, right: str) -> None:
    base.plant(ENTRY, "拘留十日以上十五日以下", right)
    assert base.findings(with_law_texts=True) == []


def test_a_text_that_is_not_in_the_folder(base: TinyBase) -> None:
    (base.law_texts / "police.md").unlink()
    assert base.findings(with_law_texts=True) == [(POLICE, 9, "no-text")]


def test_without_the_texts_a_line_is_held_against_our_paraphrase(base: TinyBase) -> None:
    line = base.plant(ENTRY, "拘留十日以上十五日以下", "拘留十日以上二十日以下")
    assert base.findings() == [(ENTRY, line, "not-in-text")]


def test_without_the_texts_a_paraphrase_is_taken_as_it_is(base: TinyBase) -> None:
    base.plant(POLICE, "处十日以上十五日以下拘留", "处十日以上十五日以下拘留或者20日以下拘役")
    assert base.findings() == []


@pytest.mark.parametrize(("right", "wrong"), [("days: 15", "days: 20"), ("拘留期满", "三十日期满")])
def test_a_deadline_that_its_article_does_not_have(base: TinyBase, right: str, wrong: str) -> None:
    line = base.plant("deadlines.yaml", right, wrong)
    assert base.findings(with_law_texts=True) == [("deadlines.yaml", line, "not-in-text")]


def test_a_deadline_in_working_days_is_another_period(base: TinyBase) -> None:
    line = base.plant(
        "deadlines.yaml", "counted_from: 决定之日", "counted_from: 决定之日（工作日）"
    )
    assert base.findings(with_law_texts=True) == [("deadlines.yaml", line - 1, "not-in-text")]


def test_a_paraphrase_under_its_neighbours_number(base: TinyBase) -> None:
    right = "擅自进入铁路防护网的，处五百元以下罚款。"
    wrong = "发送恐吓信息，干扰他人正常生活的，处一千元以下罚款。"
    line = base.plant(POLICE, right, wrong)
    assert (POLICE, line, "unlike-text") in base.findings(with_law_texts=True)
