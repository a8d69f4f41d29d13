"""How sure the engine is decides between an answer, a doubtful answer and “not covered”."""

import asyncio
from datetime import date

import pytest

from bot.answering.compose import Compose
from bot.answering.composing.from_entries import OF_PEOPLE
from bot.answering.composing.glosses import MOST, Glosses
from bot.answering.composing.reminders import Clause, Reminders
from bot.answering.reply import Status
from bot.answering.retrieval.explain import Reasons
from bot.answering.retrieval.retriever import Hit
from bot.answering.screening.outcome import Screening
from bot.answering.turn import Draft, Turn, Understanding
from bot.knowledge.entry import EnglishText, Entry
from bot.knowledge.library import Library
from bot.knowledge.passage import Passage
from bot.knowledge.vocabulary import Language, LenderType, TrustTier
from bot.settings import ROOT
from bot.wording import Wording

DAY = date(2026, 11, 23)
ENTRY = Entry(
    id="visit",
    title="上门",
    topic="home-visits",
    questions=("上门怎么办",),
    short_answer="可以不开门。",
    english=EnglishText(short_answer="You need not open the door.", steps=("Record them.",)),
    created=DAY,
    reviewed=DAY,
    review_due=date(2027, 5, 1),
)
OTHER = ENTRY.model_copy(
    update={
        "id": "calls",
        "questions": ("来电话",),
        "english": EnglishText(short_answer="Night calls are not allowed."),
    }
)
WORDING = Wording.read(ROOT / "knowledge_base" / "phrases" / "conversation.yaml")
GLOSSES = Glosses({"open the door": "开门"})
COMPOSE = Compose(Library(entries=(ENTRY, OTHER)), WORDING, Reminders({}, {}), GLOSSES)
SURE, DOUBTFUL, UNLIKE = 0.8, 0.385, 0.1


def draft(
    question: str,
    likeness: float,
    language: Language = Language.SIMPLIFIED,
    compose: Compose = COMPOSE,
    off_topic: float = 0.0,
) -> Draft:
    reasons = Reasons(vector=likeness)
    hits = tuple(
        Hit(Passage(id=each.id, title=each.title, text="", trust=TrustTier.GUIDANCE), 0.9, reasons)
        for each in (ENTRY, OTHER)
    )
    understanding = Understanding(questions=(question,), topics=(question,))
    turn = Turn(
        "1", question, DAY, language=language, understanding=understanding, found=(hits,),
        screening=Screening(off_topic=off_topic),
    )  # fmt: skip
    found = asyncio.run(compose(turn)).draft
    assert found is not None
    return found


@pytest.mark.parametrize("language", [Language.SIMPLIFIED, Language.ENGLISH])
def test_an_answer_that_may_not_be_what_was_meant_begins_by_saying_so(language: Language) -> None:
    unsure = WORDING.say("unsure", language)
    assert draft("门口有人", DOUBTFUL, language).text.startswith(unsure)
    assert unsure not in draft("门口有人", SURE, language).text


def test_what_is_unlike_all_that_is_known_is_not_answered() -> None:
    assert draft("门口有人在等我回家", UNLIKE).status is Status.NO_SOURCE


def test_a_few_words_that_are_like_nothing_known_are_asked_back() -> None:
    few = draft("门口有人", UNLIKE)
    assert (few.status, few.text) == (
        Status.CLARIFY,
        WORDING.say("which_matter", Language.SIMPLIFIED),
    )
    assert draft("门口有人", UNLIKE, off_topic=0.8).status is Status.NO_SOURCE


def test_what_may_be_another_matter_is_answered_only_where_that_is_less_likely() -> None:
    other = WORDING.say("other_matter", Language.SIMPLIFIED)
    assert draft("门口有人", DOUBTFUL, off_topic=0.02).status is Status.ANSWERED
    declined = draft("门口有人在等我回家", DOUBTFUL, off_topic=0.3)
    assert (declined.status, declined.text) == (Status.NO_SOURCE, other)
    assert draft("门口有人", 0.95, off_topic=0.95).status is Status.ANSWERED


def test_words_that_somebody_reviewed_are_answered_without_doubt() -> None:
    assert draft("上门怎么办", UNLIKE).text.startswith("**可以不开门。**")


def test_an_english_answer_adds_the_conclusion_of_the_next_entry() -> None:
    text = draft("someone at the door", SURE, Language.ENGLISH).text
    assert text.splitlines()[-1] == "· Night calls are not allowed."


def test_an_english_answer_gives_the_chinese_words_to_say() -> None:
    assert "open the door (开门)" in draft("someone at the door", SURE, Language.ENGLISH).text


def test_a_word_is_glossed_once_and_only_so_many_words_are() -> None:
    terms = {f"term {letter}": f"词{letter}" for letter in "abcdefg"}
    said = Glosses(terms)("Term a, term a, " + ", ".join(terms))
    assert said.startswith("Term a (词a), term a, term a, ")
    assert said.count("(") == MOST


def test_a_word_that_is_there_in_chinese_already_is_not_glossed() -> None:
    assert Glosses({"legal aid": "法律援助"})("legal aid, 法律援助") == "legal aid, 法律援助"


@pytest.mark.parametrize("language", [Language.SIMPLIFIED, Language.ENGLISH])
@pytest.mark.parametrize("kind", [LenderType.PRIVATE, LenderType.ANY])
def test_where_people_lent_nobody_is_sent_to_an_institution(
    kind: LenderType, language: Language
) -> None:
    clauses = {
        "complain": Clause(
            say="打 12378", unless=("12378",), say_en="Complain at 12378", unless_en=("12378",)
        ),
        "lawyer": Clause(
            say="打 12348", unless=("12348",), say_en="Ask 12348", unless_en=("12348",)
        ),
    }
    reminders = Reminders(clauses, {"home-visits": ["complain"], OF_PEOPLE: ["lawyer"]})
    library = Library(entries=(ENTRY.model_copy(update={"lender_types": (kind,)}), OTHER))
    compose = Compose(library, WORDING, reminders, GLOSSES)
    text = draft("门口有人", SURE, language, compose).text
    assert ("12348" in text, "12378" in text) == (
        kind is LenderType.PRIVATE,
        kind is LenderType.ANY,
    )
