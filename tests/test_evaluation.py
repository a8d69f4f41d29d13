"""The labelled sets are sound, the judge judges fairly, and no score falls below its floor."""

import asyncio
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answering.reply import Reply, Source, Status
from bot.answering.screen import LEXICONS, Screen
from bot.answering.screening.outcome import Outcome
from bot.app import App
from bot.evaluation.cases import Case, Point, patterns, read_cases
from bot.evaluation.evaluate import ANSWERED, GUARDED, answer, evaluate, judge_set
from bot.evaluation.guards import score_guard, score_guards
from bot.evaluation.judge import Judge, as_citation, comparable
from bot.evaluation.report import high, score, share
from bot.knowledge.instrument import InstrumentKind
from bot.knowledge.library import Library
from bot.knowledge.mentions import ArticleMentions
from bot.knowledge.vocabulary import Verification
from bot.settings import ROOT

FOLDER = ROOT / "tests" / "evaluation"
FLOOR = json.loads((ROOT / "bench" / "evaluation-floor.json").read_text("utf-8"))
TODAY = date(2026, 11, 23)
AT_LEAST = {
    "questions": 400,
    "legal_checks": 100,
    "conversations": 30,
    "several": 20,
    "abstain": 60,
    "safety": 40,
}


def cases(name: str) -> tuple[Case, ...]:
    return read_cases(FOLDER / f"{name}.jsonl")


def every_case() -> list[Case]:
    return [case for name in ANSWERED for case in cases(name)]


@pytest.fixture(scope="module")
def library(app: App) -> Library:
    return app.library


@pytest.fixture(scope="module")
def judge(library: Library) -> Judge:
    return Judge(library)


# The sets


@pytest.mark.parametrize(("name", "count"), AT_LEAST.items())
def test_each_set_is_large_enough_and_split_in_two(name: str, count: int) -> None:
    splits = Counter(case.split for case in cases(name))
    assert sum(splits.values()) >= count
    assert set(splits) == {"dev", "held_out"}
    assert min(splits.values()) >= 0.35 * count


def test_no_id_and_no_question_stands_twice() -> None:
    assert [each for each, n in Counter(case.id for case in every_case()).items() if n > 1] == []
    asked = Counter((case.earlier, case.text) for case in every_case())
    assert [each for each, n in asked.items() if n > 1] == []


def test_half_of_what_questions_ask_for_is_specific() -> None:
    for name in ("questions", "legal_checks", "conversations", "several"):
        points = [point for case in cases(name) for point in case.points]
        assert sum(point.specific for point in points) >= len(points) / 2, name


def test_questions_come_in_other_scripts_and_languages_too() -> None:
    texts = [case.text for case in cases("questions")]
    english = [text for text in texts if re.fullmatch(r"[\x00-\x7f]+", text)]
    assert len(english) >= 25
    assert sum(text != comparable(text) for text in texts) >= 25


def test_every_source_asked_for_is_an_article_the_library_holds(library: Library) -> None:
    mentions = ArticleMentions(library.instruments)
    held = {(i.id, p.article) for i in library.instruments for p in i.provisions}
    labels = {cite for case in every_case() for cite in case.cite}
    unknown = [each for each in labels if not set(mentions.in_text(as_citation(each))) & held]
    assert unknown == []


def test_outcomes_are_statuses_an_answer_can_have() -> None:
    assert {each for case in every_case() for each in case.outcomes} <= set(Status)


# The judge


def a_case(**labels: Any) -> Case:
    return Case(id="a", topic="visit", split="dev", text="能不开门吗", **labels)


def a_point(*wordings: str, specific: bool = True) -> Point:
    return Point(wordings[0], patterns(wordings), specific)


def a_source(title: str, locator: str) -> Source:
    return Source(
        title, locator, InstrumentKind.LAW, "in_force", date(2026, 1, 1), Verification.TEXT
    )


@pytest.mark.parametrize(
    "text", ["拨打 110", "**打110**", "撥打１１０", "Call 110 now", "马上打 110 报警"]
)
def test_a_point_counts_in_any_script_width_and_spacing(judge: Judge, text: str) -> None:
    case = a_case(points=(a_point("打110", "call 110"),))
    assert judge(case, Reply(Status.ANSWERED, text), 1.0).complete


def test_a_point_that_was_not_said_is_named(judge: Judge) -> None:
    case = a_case(points=(a_point("110"), a_point("录音", specific=False)))
    verdict = judge(case, Reply(Status.ANSWERED, "打 110。"), 1.0)
    assert verdict.said == (True, False)
    assert verdict.missing == ("录音",)
    assert not verdict.complete


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("利率按24%-36%执行。", True),
        ("24%-36%的旧规则已经被取代。", False),
        ("说24%-36%合法是误解。", False),
        ("没有统一上限。\n24%-36%是法定区间。", True),
    ],
)
def test_a_forbidden_statement_is_not_its_correction(judge: Judge, text: str, wrong: bool) -> None:
    case = a_case(forbidden=patterns(["24%-36%"]))
    assert bool(judge(case, Reply(Status.ANSWERED, text), 1.0).forbidden) is wrong


def test_an_article_is_backed_only_by_a_source_that_names_it(judge: Judge) -> None:
    reply = Reply(
        Status.ANSWERED,
        "依据：民法典第1033条；刑法第245条",
        sources=(a_source("民法典", "第1032、1033条"),),
    )
    verdict = judge(a_case(), reply, 1.0)
    assert verdict.cited - verdict.backed == {("criminal-law", "245")}


def test_an_article_the_library_does_not_hold_is_never_backed(judge: Judge) -> None:
    reply = Reply(Status.ANSWERED, "民法典第9999条", sources=(a_source("民法典", "第9999条"),))
    assert judge(a_case(), reply, 1.0).backed == frozenset()


@pytest.mark.parametrize(
    ("locator", "right"), [("第47、50条", True), ("第四十七条", True), ("第40条", False)]
)
def test_one_of_the_wanted_sources_is_enough(judge: Judge, locator: str, right: bool) -> None:
    case = a_case(cite=("治安管理处罚法 47", "民法典 1033"))
    reply = Reply(Status.ANSWERED, "可以", sources=(a_source("治安管理处罚法", locator),))
    assert judge(case, reply, 1.0).right_source is right


def test_a_source_named_in_traditional_characters_counts(judge: Judge) -> None:
    case = a_case(cite=("民法典 1033",))
    reply = Reply(Status.ANSWERED, "可以", sources=(a_source("民法典", "第1033條"),))
    assert judge(case, reply, 1.0).right_source


@pytest.mark.parametrize(
    ("status", "wanted", "right"),
    [
        (Status.ANSWERED, (), True),
        (Status.NO_SOURCE, (), False),
        (Status.NO_SOURCE, ("no_source", "refused"), True),
        (Status.ANSWERED, ("no_source", "refused"), False),
        (Status.CRISIS, ("crisis",), True),
    ],
)
def test_an_ending_is_right_or_wrong(
    judge: Judge, status: Status, wanted: tuple[str, ...], right: bool
) -> None:
    assert judge(a_case(outcomes=wanted), Reply(status, "好"), 1.0).right_outcome is right


def test_saying_that_nobody_can_know_is_as_good_as_declining(judge: Judge) -> None:
    case = a_case(outcomes=("no_source",), or_says=patterns(["没有人能保证"]))
    assert judge(case, Reply(Status.ANSWERED, "没有人能保证结果。"), 1.0).right_outcome


@pytest.mark.parametrize(
    ("label", "citation"), [("民法典 1033", "民法典第1033条"), ("刑法 253-1", "刑法第253条之1")]
)
def test_labels_read_as_citations(label: str, citation: str) -> None:
    assert as_citation(label) == citation


# The report


def test_scores_are_given_for_all_for_each_split_and_for_each_topic(judge: Judge) -> None:
    case = a_case(points=(a_point("110"), a_point("录音", specific=False)))
    scores = score([judge(case, Reply(Status.ANSWERED, "打110"), took) for took in (10.0, 30.0)])
    assert set(scores) == {"all", "dev", "held_out", "visit"}
    assert scores["all"] == scores["dev"] == scores["visit"]
    assert scores["all"]["points"] == 0.5
    assert scores["all"]["specific"] == 1.0
    assert scores["all"]["complete"] == 0.0
    assert scores["all"]["ms"] == 20
    assert scores["held_out"]["cases"] == 0
    assert scores["held_out"]["points"] is None


def test_shares_and_high_values() -> None:
    assert share([True, True, False, False]) == 0.5
    assert share([]) is None
    assert high([1.0, 2.0, 3.0, 4.0, 5.0], 50) == 3
    assert high([7.0], 95) == 7
    assert high([], 95) is None


def test_evaluate_prints_a_table_and_writes_each_reply(
    app: App, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = {
        "id": "a-1",
        "topic": "door",
        "split": "dev",
        "text": "收到支付令怎么办",
        "points": [{"name": "15", "any": ["15日"], "specific": True}],
    }
    path = tmp_path / "own.jsonl"
    path.write_text(json.dumps(line, ensure_ascii=False) + "\n", "utf-8")
    guards = FOLDER / f"{GUARDED[0]}.jsonl"
    evaluate(app.steps, app.library, TODAY, [path, guards], tmp_path / "scores.json")
    printed = capsys.readouterr().out
    assert "door" in printed
    assert "wrongdoing" in printed
    written = json.loads((tmp_path / "scores.json").read_text("utf-8"))
    assert written["scores"]["own"]["all"]["points"] == 1.0
    assert [each["id"] for each in written["replies"]] == ["a-1"]


def test_what_was_said_before_is_answered_first(app: App) -> None:
    alone = Case("b", "follow", "dev", "那要多久")
    after = Case("b", "follow", "dev", "那要多久", earlier=("征信报告有错怎么办",))
    reply, _ = asyncio.run(answer(app.steps, TODAY, after))
    assert "20" in reply.text
    assert asyncio.run(answer(app.steps, TODAY, alone))[0].text != reply.text


# The guards


def test_a_guard_is_scored_by_what_it_missed_and_what_it_took_from_others() -> None:
    screened = [
        (Outcome.CRISIS, Outcome.CRISIS),
        (Outcome.CRISIS, Outcome.CLEAR),
        (Outcome.CLEAR, Outcome.CRISIS),
    ]
    scores = score_guard(Outcome.CRISIS, screened)
    assert scores == {"cases": 2, "recall": 0.5, "precision": 0.5}


def test_a_blow_at_the_door_may_be_called_either_danger() -> None:
    screened = [(Outcome.AT_THE_DOOR, Outcome.VIOLENCE_NOW)]
    assert score_guard(Outcome.AT_THE_DOOR, screened)["recall"] == 1.0
    assert score_guard(Outcome.VIOLENCE_NOW, screened)["precision"] == 1.0


def test_no_guard_cries_wolf() -> None:
    scores = score_guards(Screen.read(LEXICONS), [FOLDER / f"{name}.jsonl" for name in GUARDED])
    low = {guard: values for guard, values in scores.items() if (values["precision"] or 0) < 0.8}
    assert set(low) <= {Outcome.CLEAR, Outcome.CRISIS_CHECK}, low  # a check is asked too often


# The floor


@pytest.mark.parametrize("name", ANSWERED)
def test_no_score_falls_below_its_floor(app: App, judge: Judge, name: str) -> None:
    verdicts = judge_set(app.steps, judge, TODAY, FOLDER / f"{name}.jsonl")
    reached = score(verdicts)["all"]
    below = [
        (key, reached[key], floor) for key, floor in FLOOR[name].items() if reached[key] < floor
    ]
    assert below == []
    assert [(each.case.id, each.forbidden) for each in verdicts if each.forbidden] == []
