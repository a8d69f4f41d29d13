import numpy as np

from bot.answering.retrieval.citation_prior import (
    article_label,
    citation_prior,
    citations_in,
    cited_names,
)
from tests.answering.retrieval.builders import passage

CODE, INTERPRETATION = "中华人民共和国民法典", "最高人民法院关于审理民间借贷案件的规定"


def prior_of(passages):
    names = cited_names(passages)
    return citation_prior(passages, [citations_in(each.text, names) for each in passages])


def article(name: str, label: str, text: str, title: str = CODE):
    return passage(name, text, title=title, heading=("合同", label))


def test_counts_who_is_named_by_others() -> None:
    prior = prior_of(
        [
            article("a", "第六百七十五条", "借款人应当按照约定的期限返还借款。"),
            article("b", "第六百七十六条", "依照民法典第六百七十五条办理。"),
            article("c", "第一条", "根据《中华人民共和国民法典》制定本规定。", INTERPRETATION),
            article("d", "第二条", "适用《民法典》第六百七十五条的规定。", INTERPRETATION),
            article("e", "第三条", "民法典第六百七十五条不适用的除外。", INTERPRETATION),
        ]
    )
    titles, articles = np.expm1(prior).round().T.tolist()
    assert titles == [3, 3, 0, 0, 0]
    assert articles == [2, 0, 0, 0, 0]


def test_counts_what_entries_cite() -> None:
    prior = prior_of([passage("x"), passage("y", cites=("x",)), passage("z", cites=("x", "?"))])
    assert np.expm1(prior[:, 1]).round().tolist() == [2, 0, 0]


def test_reads_the_article_from_heading_or_text() -> None:
    assert article_label(article("a", "第一百七十五条之一", "")) == "第一百七十五条之一"
    assert article_label(passage("a", "第十条　借款人应当")) == "第十条"
    assert article_label(passage("a", "借款人依照第十条")) is None


def test_no_passages_have_no_prior() -> None:
    assert prior_of([]).shape == (0, 2)
