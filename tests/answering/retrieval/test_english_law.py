"""English questions find provisions by their English sentences."""

from datetime import date

import pytest

from bot.answering.retrieval.english_law import EnglishLaw
from bot.answering.retrieval.provisions import LEAST
from bot.knowledge.instrument import Instrument, InstrumentKind, Provision
from bot.knowledge.library import Library

DAY = date(2026, 11, 23)


def a_law(id_: str, english: str, ended: date | None = None, **told: str) -> Instrument:
    return Instrument(
        id=id_,
        name=id_,
        short_names=(id_,),
        english=english,
        kind=InstrumentKind.LAW,
        issuer="人大",
        ended=ended,
        provisions=tuple(
            Provision(article=article.removeprefix("a"), title="条", paraphrase="话", english=said)
            for article, said in told.items()
        ),
    )


LIBRARY = Library(
    instruments=(
        a_law(
            "procedure",
            "Civil Procedure Law",
            a130="An objection to the court's jurisdiction must be raised within the time for the defence.",
            a227="Within fifteen days of receiving a payment order you either pay or object to it in writing.",
            a254="A court may withhold wages, but must leave living expenses.",
            a999="",
        ),
        a_law("old", "Old Law", date(2024, 1, 1), a1="Objection to the court's jurisdiction."),
    )
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Which article lets me object to the jurisdiction of a court?", "procedure:130"),
        ("payment order: how many days, and which article?", "procedure:227"),
        ("May they take the whole wage? legal basis", "procedure:254"),
    ],
)
def test_the_sentence_with_the_words_of_the_question_comes_first(question: str, found: str) -> None:
    best = max(EnglishLaw(LIBRARY)(question, DAY), key=lambda hit: hit.score)
    assert best.passage.id == found
    assert 0 < best.score < 1


def test_a_question_about_nothing_told_is_like_no_sentence() -> None:
    found = EnglishLaw(LIBRARY)("Which law is about marrying foreigners?", DAY)
    assert max(hit.score for hit in found) < LEAST


def test_words_that_no_sentence_has_speak_against_all() -> None:
    law = EnglishLaw(LIBRARY)
    ours = law("Which article is on jurisdiction objections?", DAY)
    others = law("Which article is on objections to noisy neighbours and barking dogs?", DAY)
    assert max(hit.score for hit in ours) > max((hit.score for hit in others), default=0.0)


def test_what_has_ended_is_found_only_in_its_time() -> None:
    question = "Which article is on jurisdiction objections?"
    now = [hit.passage.id for hit in EnglishLaw(LIBRARY)(question, DAY)]
    then = [hit.passage.id for hit in EnglishLaw(LIBRARY)(question, date(2020, 1, 1))]
    assert ("old:1" in now, "old:1" in then) == (False, True)
