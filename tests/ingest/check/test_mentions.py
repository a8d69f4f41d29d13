import pytest

from ingest.check.mentions import mentions, names_of
from ingest.load.knowledge_base import read_sources
from tests.ingest.tiny_base import ENTRY, TinyBase

LINE = "不要动手，不要当场签字。"
CODE, POLICE = "civil-code", "public-security-penalties-law-2025"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("民法典第1033条", [(CODE, "1033")]),
        ("《民法典》第一千零三十三条", [(CODE, "1033")]),
        ("中华人民共和国民法典第1033条第2项", [(CODE, "1033")]),
        ("民法典第667、674和675条", [(CODE, "667"), (CODE, "674"), (CODE, "675")]),
        ("民法典第1032条、第1033条", [(CODE, "1032"), (CODE, "1033")]),
        ("治安管理处罚法（2025年修订）第47条", [(POLICE, "47")]),
        (
            "民法典第1033条；治安管理处罚法第47条、第50条",
            [(CODE, "1033"), (POLICE, "47"), (POLICE, "50")],
        ),
        ("民法典第175条之一", [(CODE, "175-1")]),
        ("按国籍法第3条", [(None, "3")]),
        ("看第70条，也就是民法典第70条", [(None, "70"), (CODE, "70")]),
        ("合同第5条写了利率", []),
        ("民法典里没有这样写", []),
    ],
)
def test_reads_the_articles_a_line_names(
    base: TinyBase, text: str, named: list[tuple[str | None, str]]
) -> None:
    names = names_of(read_sources(base.folder))
    found = [(m.instrument.id if m.instrument else None, m.article) for m in mentions(text, names)]
    assert found == named


def test_a_document_number_is_a_name(base: TinyBase) -> None:
    base.plant(
        "instruments/civil-code.yaml", "kind: law", "kind: law\nnumber: 法释〔2020〕17号（修正）"
    )
    names = names_of(read_sources(base.folder))
    assert [m.article for m in mentions("法释〔2020〕17号第25条", names) if m.instrument] == ["25"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("未经同意不得骚扰（民法典第1032条）。", "uncited"),
        ("未经同意不得骚扰（民法典第一千零三十二条）。", "uncited"),
        ("寻衅的也一样（治安管理处罚法第47、50条）。", "uncited"),
        ("拍照也不行（隐私保护条例第5条）。", "unnamed-law"),
        ("拍照也不行（第1033条）。", "unnamed-law"),
        ("据公开报道，上门要两人（催收指引第22条），以官方文件为准。", "secondary-article"),
    ],
)
def test_an_article_that_is_not_among_the_citations(base: TinyBase, wrong: str, code: str) -> None:
    line = base.plant(ENTRY, LINE, wrong)
    assert base.findings() == [(ENTRY, line, code)]


def test_english_lines_cite_too(base: TinyBase) -> None:
    line = base.plant(ENTRY, "Talk through the door.", "Talk through the door (article 1034).")
    assert base.findings() == [(ENTRY, line, "uncited")]


def test_a_line_may_name_an_article_it_calls_outdated(base: TinyBase) -> None:
    base.plant(ENTRY, LINE, "旧治安管理处罚法第48条的说法过时了。")
    assert base.findings() == []


def test_records_name_provisions_we_hold(base: TinyBase) -> None:
    line = base.plant("conduct_rules.yaml", "（民法典第1033条）", "（民法典第1035条）")
    assert base.findings() == [("conduct_rules.yaml", line, "unknown-article")]
