"""Which provisions are meant, by their words, the entries behind them and the law that is named."""

from bot.answering.retrieval.explain import Reasons
from bot.answering.retrieval.provisions import likeliest
from bot.answering.retrieval.retriever import Hit
from bot.knowledge.passage import Passage

NONE_NAMED: frozenset[str] = frozenset()


def hit(id_: str, score: float, cites: tuple[str, ...] = ()) -> Hit:
    return Hit(Passage(id_, id_, id_, cites=cites), score, Reasons())


PROVISIONS = (hit("code:1", 0.3), hit("code:2", 0.2), hit("data:15", 0.1))


def ids(hits: list[Hit]) -> list[str]:
    return [each.passage.id for each in hits]


def test_without_entries_the_likest_words_decide() -> None:
    assert ids(likeliest(PROVISIONS, (), NONE_NAMED)) == ["code:1", "code:2", "data:15"]


def test_what_the_best_entry_cites_goes_before_what_is_a_little_more_alike() -> None:
    entries = (hit("withdraw", 0.5, ("data:15",)), hit("other", 0.05, ("code:1",)))
    assert ids(likeliest(PROVISIONS, entries, NONE_NAMED))[0] == "data:15"


def test_later_citations_and_poorer_entries_count_less() -> None:
    entries = (hit("withdraw", 0.5, ("code:2", "data:15")), hit("other", 0.001, ("code:1",)))
    assert ids(likeliest(PROVISIONS, entries, NONE_NAMED)) == ["code:2", "code:1", "data:15"]


def test_a_law_that_is_named_comes_before_all_others() -> None:
    assert ids(likeliest(PROVISIONS, (), frozenset({"data"})))[0] == "data:15"


def test_chances_fall_in_the_new_order() -> None:
    entries = (hit("withdraw", 0.5, ("data:15",)),)
    found = likeliest(PROVISIONS, entries, NONE_NAMED)
    assert [each.score for each in found] == [0.3, 0.2, 0.1]


def test_where_nothing_has_its_chance_no_provision_is_meant() -> None:
    unlike = (hit("code:1", 0.01),)
    assert likeliest(unlike, (hit("other", 0.1),), NONE_NAMED) == []
    assert ids(likeliest(unlike, (hit("sure", 0.9, ("code:1",)),), NONE_NAMED)) == ["code:1"]
