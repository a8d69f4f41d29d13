"""A worry named in passing gets its sentence, once, within the room of the answer."""

from bot.answering.composing.choose import Choice
from bot.answering.composing.lines import Line, Section
from bot.answering.composing.worries_told import (
    citations_of,
    entries_with,
    lines_for,
    with_room_for,
)
from bot.knowledge.entry import Citation
from bot.knowledge.vocabulary import Verification
from bot.knowledge.worry import Worry

CODE = Citation(instrument="civil-code", article="577", verified=Verification.TEXT)
PRISON = Worry(
    id="arrest", words=("抓人",), entry="prison", citations=(CODE,), answered_by=("police",),
    says="抓人：单纯还不上不坐牢。", says_en="Arrest: no.",
)  # fmt: skip
WORK = Worry(id="work", words=("单位",), entry="work", says="单位：不还。", says_en="Work: no.")


def choice(*lines: Line) -> Choice:
    entries = ("visit", *(line.entry for line in lines))
    return Choice(entries, lines, (), frozenset(), frozenset(), entries)


def conclusion(entry: str) -> Line:
    return Line(entry, Section.SHORT_ANSWER, 0, "先核实。")


def test_the_sentences_take_their_room_from_the_lines() -> None:
    rooms: list[int] = []

    def choosing(room: int) -> Choice:
        rooms.append(room)
        return choice()

    _, told = with_room_for((PRISON, WORK), choosing, 200)
    assert told == (PRISON, WORK)
    assert rooms == [200, 200 - len(PRISON.says) - len(WORK.says)]


def test_what_a_chosen_conclusion_answers_is_not_said_again() -> None:
    assert with_room_for((PRISON,), lambda _: choice(conclusion("prison")), 200)[1] == ()
    assert with_room_for((PRISON,), lambda _: choice(conclusion("police")), 200)[1] == ()
    step = Line("prison", Section.STEP, 0, "打110核实。")
    assert with_room_for((PRISON,), lambda _: choice(step), 200)[1] == (PRISON,)


def test_a_conclusion_that_makes_room_leaves_its_worry_to_the_sentence() -> None:
    def choosing(room: int) -> Choice:
        return choice(conclusion("work")) if room == 200 else choice()

    assert with_room_for((PRISON, WORK), choosing, 200)[1] == (PRISON, WORK)


def test_without_worries_lines_are_chosen_once() -> None:
    rooms: list[int] = []

    def choosing(room: int) -> Choice:
        rooms.append(room)
        return choice()

    with_room_for((), choosing, 200)
    assert rooms == [200]


def test_a_sentence_brings_its_entry_and_its_sources() -> None:
    assert lines_for((PRISON,)) == (Line("prison", Section.SHORT_ANSWER, 0, PRISON.says),)
    assert entries_with(("visit", "prison"), (PRISON, WORK)) == ("visit", "prison", "work")
    assert citations_of((PRISON, WORK)) == (CODE,)
