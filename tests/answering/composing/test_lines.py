"""The lines that fit the question are shown, each once, within one phone screen."""

from datetime import date

import pytest

from bot.answering.composing.basis import basis_line, joined, sources_of, without_citation
from bot.answering.composing.choose import FEWEST_STEPS, OVER, Choice, choose
from bot.answering.composing.lines import Line, Section, lines_of
from bot.answering.composing.pool import SIGNS, pool
from bot.answering.composing.reminders import Clause, Reminders
from bot.answering.composing.shelf import Shelf
from bot.answering.composing.show import show
from bot.answering.composing.worth import Worth
from bot.answering.retrieval.explain import Reasons
from bot.answering.retrieval.retriever import Hit
from bot.knowledge.entry import Citation, Entry
from bot.knowledge.instrument import Instrument, InstrumentKind, InstrumentStatus
from bot.knowledge.library import Library
from bot.knowledge.passage import Passage
from bot.knowledge.vocabulary import Language, Risk, TrustTier, Verification

DAY = date(2026, 11, 23)
ENTRY = Entry(
    id="visit",
    title="上门",
    topic="home-visits",
    questions=("上门怎么办",),
    short_answer="可以不开门。",
    steps=("隔门问清是谁。", "全程录音录像。", "硬闯就打110。"),
    do_not=("不要当场转账。",),
    why=(
        "未经同意不得进入他人住宅（民法典第1033条）。",
        "夜里十点以后不得催收，据公开报道。",
        "未经同意，不得进入他人的住宅（民法典第1033条）。",
    ),
    created=DAY,
    reviewed=DAY,
    review_due=date(2027, 5, 1),
)
ANOTHER = ENTRY.model_copy(
    update={
        "id": "calls",
        "short_answer": "接到电话先问清姓名工号，不承诺还款。",
        "steps": ("截图来电时间。",),
        "do_not": (),
        "why": ("夜里十点以后不得催收，据公开资料。",),
    }
)
SHELF = Shelf(Library(entries=(ENTRY, ANOTHER)))
BY_QUESTION = Worth(-5.0, tuple(float(name == "shared_of_line") for name in SIGNS))


def hit(entry: Entry, score: float) -> Hit:
    passage = Passage(id=entry.id, title=entry.title, text="", trust=TrustTier.GUIDANCE)
    return Hit(passage, score, Reasons())


def chosen(question: str, room: int, *others: Hit) -> Choice:
    return choose(question, [hit(ENTRY, 0.9), *others], SHELF, BY_QUESTION, room)


def test_an_entrys_lines_come_in_the_order_they_are_shown() -> None:
    sections = [line.section for line in lines_of(ENTRY)]
    assert sections == sorted(sections, key=list(Section).index)


def test_what_fits_the_question_is_chosen_before_what_does_not() -> None:
    choice = chosen("夜里十点以后来催收", 35)
    reasons = [line.text for line in choice.shown if line.section is Section.WHY]
    assert reasons == ["夜里十点以后不得催收，据公开报道。"]
    assert choice.rest


def test_what_to_do_now_is_told_whatever_else_is_wanted() -> None:
    choice = chosen("夜里十点以后来催收", 40)
    assert sum(line.section is Section.STEP for line in choice.shown) >= FEWEST_STEPS


def test_a_distant_entry_lends_only_what_speaks_of_the_question() -> None:
    near, far = hit(ANOTHER, 0.8), hit(ANOTHER, 0.1)
    assert chosen("孩子", 500, near).entries == (ENTRY.id, ANOTHER.id)
    assert chosen("孩子", 500, far).entries == (ENTRY.id,)


def test_nothing_is_told_twice() -> None:
    choice = chosen("进入住宅", 500)
    texts = [line.text for line in (*choice.shown, *choice.rest)]
    assert sum("进入他人" in text for text in texts) == 1


def test_a_line_gives_way_to_a_fuller_one_that_says_it_too() -> None:
    fuller = ENTRY.model_copy(
        update={
            "why": (
                "夜里十点以后不得催收。",
                "夜里十点以后不得催收，早上八点以前也一样，可以留下记录，再去投诉。",
            )
        }
    )
    shelf = Shelf(Library(entries=(fuller,)))
    choice = choose("夜里十点以后不得催收", [hit(fuller, 0.9)], shelf, BY_QUESTION, 500)
    assert [line.text for line in choice.shown if line.section is Section.WHY] == [fuller.why[1]]


def test_a_lent_conclusion_does_not_answer_its_own_question() -> None:
    lent = Line("visit", Section.SHORT_ANSWER, 0, "不能。催收没有权力进屋。")
    assert show([lent]) == "· 催收没有权力进屋。"


@pytest.mark.parametrize("room", [0, 10, 40, 100, 500])
def test_the_room_is_kept(room: int) -> None:
    choice = chosen("上门", room)
    assert sum(len(without_citation(line.text)) for line in choice.shown) <= room


def test_lines_that_are_very_likely_wanted_go_over_the_room_by_a_share() -> None:
    sure = Worth(5.0, BY_QUESTION.weights)
    choice = choose("上门", [hit(ENTRY, 0.9)], SHELF, sure, 20)
    told = sum(len(without_citation(line.text)) for line in choice.shown)
    assert 20 < told <= 20 * (1 + OVER)


def test_another_entry_lends_its_conclusion_and_reasons_but_no_step() -> None:
    choice = chosen("夜里十点以后来电话", 500, hit(ANOTHER, 0.8))
    lent = [line for line in choice.shown if line.entry == ANOTHER.id]
    assert {line.section for line in lent} <= {Section.SHORT_ANSWER, Section.WHY}
    assert choice.entries == (ENTRY.id, ANOTHER.id)


def test_an_entry_with_little_chance_lends_nothing() -> None:
    assert chosen("夜里十点以后来电话", 500, hit(ANOTHER, 0.01)).entries == (ENTRY.id,)


def test_what_is_said_to_the_beaten_is_lent_only_to_who_told_of_blows() -> None:
    safety = {"id": "beaten", "topic": "safety", "risk": Risk.VIOLENCE}
    beaten = ANOTHER.model_copy(update=safety)
    shelf = Shelf(Library(entries=(ENTRY, beaten)))
    hits = [hit(ENTRY, 0.9), hit(beaten, 0.8)]
    assert {line.entry for line in pool("催收找我爸要钱", hits, shelf).lines} == {ENTRY.id}
    told = {line.entry for line in pool("催收走后老公打我", hits, shelf).lines}
    assert told == {ENTRY.id, "beaten"}


def test_a_line_that_another_entry_agrees_with_shows_it() -> None:
    found = pool("催收", [hit(ENTRY, 0.9), hit(ANOTHER, 0.8)], SHELF)
    agreed = dict(zip(found.lines, found.signs[:, SIGNS.index("agreed")], strict=True))
    by_text = {line.text: share for line, share in agreed.items() if line.entry == ENTRY.id}
    assert by_text["夜里十点以后不得催收，据公开报道。"] > by_text["全程录音录像。"]


def test_the_shipped_weights_know_every_sign() -> None:
    assert len(Worth.load().weights) == len(SIGNS)


def instrument(id_: str, name: str, **more: object) -> Instrument:
    facts: dict[str, object] = {
        "kind": InstrumentKind.LAW,
        "issuer": "全国人大常委会",
        "effective": date(2021, 1, 1),
    }
    return Instrument(id=id_, name=name, short_names=(name,), **(facts | more))  # type: ignore[arg-type]


LIBRARY = Library(
    instruments=(
        instrument("civil-code", "民法典", english="Civil Code"),
        instrument("new-law", "治安管理处罚法", effective=date(2026, 1, 1)),
        instrument("old-notice", "旧通知", ended=date(2026, 4, 1), status=InstrumentStatus.EXPIRED),
        instrument("standard", "催收国标", kind=InstrumentKind.STANDARD),
    )
)


def line(*citations: Citation) -> str:
    sources = sources_of(citations, LIBRARY, DAY)
    return basis_line(sources, "依据", DAY, Language.SIMPLIFIED)


def test_articles_of_one_law_stand_together() -> None:
    cited = [Citation(instrument="civil-code", article=each) for each in ("465", "1033", "465")]
    assert line(*cited) == "依据：民法典第465、1033条"


def test_a_reader_of_english_gets_both_names_of_a_law() -> None:
    sources = sources_of([Citation(instrument="civil-code", article="465")], LIBRARY, DAY)
    told = basis_line(sources, "Sources", DAY, Language.ENGLISH)
    assert told == "Sources: Civil Code (民法典第465条)"


def test_a_new_law_is_named_with_its_date() -> None:
    assert "2026-01-01起施行" in line(Citation(instrument="new-law", article="50"))


def test_what_was_not_read_in_the_original_says_so_and_comes_last() -> None:
    hearsay = Citation(instrument="standard", verified=Verification.SECONDARY)
    told = line(hearsay, Citation(instrument="civil-code", article="465"))
    assert told.startswith("依据：民法典")
    assert "行业规范，据公开报道" in told


def test_what_no_longer_applies_says_so() -> None:
    assert "已不再适用" in line(Citation(instrument="old-notice"))


def test_inserted_articles_are_written_as_the_law_does() -> None:
    assert joined(["第175条之一", "第193条"]) == "第193条、第175条之一"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("不得进屋（民法典第1033条）。", "不得进屋。"),
        ("不能坐飞机（限制消费规定第3条第（一）项）。", "不能坐飞机。"),
        ("官方客服（合同上有）。", "官方客服（合同上有）。"),
    ],
)
def test_a_line_leaves_its_article_to_the_basis(written: str, shown: str) -> None:
    assert without_citation(written) == shown


REMINDERS = Reminders(
    {
        "evidence": Clause(
            say="留好录音", unless=("录音",), say_en="Keep recordings", unless_en=("record",)
        ),
        "police": Clause(
            say="有威胁打 110", unless=("110",), say_en="Threats: 110", unless_en=("110",)
        ),
    },
    {"home-visits": ("evidence", "police")},
)


def test_a_habit_already_told_is_not_repeated() -> None:
    assert REMINDERS("home-visits", "记得录音") == "有威胁打 110。"
    assert REMINDERS("home-visits", "录音，打110") == ""
    assert REMINDERS("another topic", "") == ""
    english = Language.ENGLISH
    assert REMINDERS("home-visits", "Record them.", english) == "Threats: 110."
    assert REMINDERS("home-visits", "Go in.", english) == "Keep recordings. Threats: 110."
