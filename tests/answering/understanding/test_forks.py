"""Which fork an answer leaves open, and which branch a message takes."""

from datetime import date

import pytest

from bot.answering.understanding.forks import Forks
from bot.chinese.scripts import traditionalise
from bot.knowledge.entry import Entry
from bot.knowledge.fork import Branch, Fork
from bot.knowledge.library import Library
from bot.knowledge.vocabulary import Language, LenderType

DAY = date(2026, 11, 30)


def entry(id_: str, *questions: str) -> Entry:
    return Entry(
        id=id_, title=id_, topic="court", questions=questions, short_answer="先核实。",
        created=DAY, reviewed=DAY, review_due=DAY,
    )  # fmt: skip


LETTER = Fork(
    id="letter",
    asks="这是谁发来的？",
    asks_en="Who sent it?",
    under=("summons",),
    about=("信", "letter"),
    unless=("签收",),
    branches=(
        Branch(label="法院的文书", label_en="Paper from the court", words=("法院", "传票", "court"),
               entry="summons", question="收到传票怎么办", question_en="I got a summons"),
        Branch(label="律师的函", label_en="A lawyer", words=("律师", "lawyer"),
               entry="lawyer", question="收到律师函怎么办", question_en="I got a lawyer's letter"),
    ),
)  # fmt: skip
LENDER = Fork(
    id="lender",
    asks="钱是向谁借的？",
    asks_en="Whom did you borrow from?",
    under=("overdue",),
    branches=(
        Branch(label="信用卡", label_en="Card", words=("信用卡", "card"), lender_types=(LenderType.CREDIT_CARD,),
               entry="card", question="信用卡逾期怎么办", question_en="my card is overdue"),
        Branch(label="朋友", label_en="A friend", words=("朋友", "friend"), lender_types=(LenderType.PRIVATE,),
               entry="friend", question="欠朋友钱怎么办", question_en="I owe a friend"),
    ),
)  # fmt: skip
ENTRIES = (
    entry("summons", "收到传票怎么办", "I got a summons"),
    entry("lawyer", "收到律师函怎么办", "I got a lawyer's letter"),
    entry("overdue", "逾期了怎么办"),
    entry("card", "信用卡逾期怎么办"),
    entry("friend", "欠朋友钱怎么办"),
)
FORKS = Forks(Library(entries=ENTRIES, forks=(LETTER, LENDER)))
TOLD = f"先核实。\n\n{LETTER.asks}"


def is_open(lead: str, question: str, *said: str, lender_named: bool = False) -> bool:
    return FORKS.open(lead, question, said, lender_named=lender_named) is not None


def test_a_fork_is_open_where_nothing_tells_the_branch() -> None:
    assert FORKS.open("summons", "收到一封信", (), lender_named=False) is LETTER
    assert is_open("summons", "收到传票或者律师的信")


@pytest.mark.parametrize(
    ("lead", "question", "said"),
    [
        ("summons", "收到法院的信", ()),
        ("summons", "这封信怎么回", ("收到律师函",)),
        ("summons", "这封信我不签收", ()),
        ("summons", "明天开庭", ()),
        ("lawyer", "收到一封信", ()),
        ("overdue", "逾期了", ("信用卡还不上",)),
    ],
)
def test_nothing_is_asked_that_was_said_or_does_not_matter(
    lead: str, question: str, said: tuple[str, ...]
) -> None:
    assert not is_open(lead, question, *said)


def test_a_lender_that_is_named_tells_what_kind_it_is() -> None:
    assert is_open("overdue", "逾期了")
    assert not is_open("overdue", "逾期了", lender_named=True)


def test_a_button_that_was_pressed_is_not_offered_again() -> None:
    assert not is_open("overdue", "逾期了还有信", "欠朋友钱怎么办")
    assert not is_open("summons", "我想问信的事", "收到传票怎么办")


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("法院的文书", "收到传票怎么办"),
        ("是法院寄的", "收到传票怎么办"),
        ("1", "收到传票怎么办"),
        ("第二个", "收到律师函怎么办"),
        ("不是法院的，是律师", "收到律师函怎么办"),
        ("律师发的，要回吗", "收到律师函怎么办 要回吗"),
    ],
)
def test_an_answer_in_words_or_by_number_takes_its_branch(said: str, question: str) -> None:
    assert FORKS.taken(said, TOLD, Language.SIMPLIFIED) == question


@pytest.mark.parametrize(
    "said",
    ["不知道", "3", "律师说再不还就去我单位找领导", "催收半夜打电话怎么办", "法院和律师都来信"],
)
def test_what_names_no_branch_takes_none(said: str) -> None:
    assert FORKS.taken(said, TOLD, Language.SIMPLIFIED) is None


def test_a_branch_is_taken_of_the_fork_asked_last_only() -> None:
    assert FORKS.taken("律师", "先核实。", Language.SIMPLIFIED) is None
    assert FORKS.taken("朋友", TOLD, Language.SIMPLIFIED) is None


def test_forks_are_answered_in_each_language() -> None:
    assert (
        FORKS.taken("from the court", f"Check it.\n\n{LETTER.asks_en}", Language.ENGLISH)
        == "I got a summons"
    )
    assert FORKS.taken("是律师", traditionalise(TOLD), Language.TRADITIONAL) == "收到律师函怎么办"


def test_a_fork_whose_entry_was_retired_is_not_asked() -> None:
    forks = Forks(Library(entries=ENTRIES[:1], forks=(LETTER,)))
    assert forks.open("summons", "收到一封信", (), lender_named=False) is None
