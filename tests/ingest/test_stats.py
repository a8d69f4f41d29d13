from datetime import date

from bot.knowledge.library import Library
from ingest.load.knowledge_base import read_knowledge_base
from ingest.stats import statistics
from tests.ingest.tiny_base import TinyBase


def test_counts_what_the_base_holds(base: TinyBase) -> None:
    counted = statistics(read_knowledge_base(base.folder))
    assert (counted.entries, counted.question_forms, counted.with_english) == (2, 24, 1)
    assert (counted.instruments, counted.provisions) == (4, 5)
    assert counted.records["channels"] == 2
    assert counted.by_topic == {"home-visits": 2}
    assert counted.by_risk == {"none": 2}
    assert counted.citations_by_verification == {"secondary": 1, "text": 3}
    assert counted.next_review == date(2027, 5, 23)


def test_an_empty_base_has_no_next_review() -> None:
    assert statistics(Library()).next_review is None
