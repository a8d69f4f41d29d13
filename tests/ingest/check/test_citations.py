import pytest

from tests.ingest.tiny_base import CIVIL_CODE, ENTRY, TOMORROW, TinyBase

CITED = '{instrument: public-security-penalties-law-2025, article: "50", verified: text}'


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ('{instrument: privacy-law, article: "50", verified: text}', "unknown-instrument"),
        ('{instrument: civil-code, article: "680", verified: text}', "unknown-article"),
        ('{instrument: old-measures, article: "5", verified: text}', "not-in-force"),
        ('{instrument: civil-code, article: "1033", verified: memory}', "memory-article"),
        ('{instrument: civil-code, article: "1033", verified: secondary}', "secondary-article"),
        ("{instrument: collection-guideline, verified: text}", "overclaimed"),
    ],
)
def test_a_citation_that_does_not_hold(base: TinyBase, wrong: str, code: str) -> None:
    line = base.plant(TOMORROW, CITED, wrong)
    assert (TOMORROW, line, code) in base.findings()


def test_a_law_that_was_not_yet_in_force_on_the_day_of_review(base: TinyBase) -> None:
    base.plant(CIVIL_CODE, "effective: 2021-01-01", "effective: 2027-01-01")
    line = base.read(ENTRY)[: base.read(ENTRY).index("{instrument: civil-code")].count("\n") + 1
    assert base.findings() == [(ENTRY, line, "not-in-force")]


def test_a_paragraph_or_item_is_found_under_its_article(base: TinyBase) -> None:
    base.plant(ENTRY, 'article: "1033"', 'article: "1033.2"')
    base.plant(ENTRY, "（民法典第1033条）", "（民法典）")
    assert base.findings() == []


@pytest.mark.parametrize("file", ["conduct_rules.yaml", "deadlines.yaml"])
def test_records_are_held_to_their_citations_too(base: TinyBase, file: str) -> None:
    article = "1033" if file.startswith("conduct") else "47"
    line = base.plant(file, f'article: "{article}"', 'article: "9999"')
    assert (file, line, "unknown-article") in base.findings()


def test_one_article_read_in_its_text_within_an_instrument_known_by_report(base: TinyBase) -> None:
    file = "instruments/collection-guideline.yaml"
    provision = 'provisions:\n  - {article: "70", title: 分期, paraphrase: 可以协商分期。}\n'
    base.write(file, base.read(file) + provision)
    base.plant(
        ENTRY,
        "{instrument: collection-guideline, verified: secondary}",
        '{instrument: collection-guideline, article: "70", verified: text}',
    )
    base.plant(
        ENTRY,
        "据公开报道，催收指引要求上门至少两人，以官方文件为准。",
        "分期可以商量（催收指引第70条）。",
    )
    assert base.findings() == []


def test_a_rule_that_is_over_may_be_named_as_over(base: TinyBase) -> None:
    line = base.plant(TOMORROW, CITED, "{instrument: old-measures, verified: text}")
    fact = "多次发信息恐吓、干扰正常生活的，可处五日以下拘留（治安管理处罚法第50条）。"
    base.plant(TOMORROW, fact, "旧办法里有这样的规定。")
    assert base.findings() == [(TOMORROW, line, "not-in-force")]
    base.plant(TOMORROW, "旧办法里有这样的规定。", "旧办法里的规定已经废止。")
    assert base.findings() == []
