"""``borrower-aid evaluate``: every labelled set through the answering steps, and the scores."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

from rich.console import Console

from bot.answering.pipeline import Step, run
from bot.answering.reply import Reply, Utterance
from bot.answering.screen import LEXICONS, Screen
from bot.answering.turn import Turn
from bot.evaluation.cases import Case, read_cases
from bot.evaluation.guards import guards_table, score_guards
from bot.evaluation.judge import Judge, Verdict
from bot.evaluation.report import Scores, score, table
from bot.knowledge.library import Library

ANSWERED = (
    "questions",
    "questions_2",
    "questions_3",
    "questions_4",
    "questions_5",
    "questions_6",
    "facts",
    "legal_checks",
    "legal_checks_2",
    "legal_checks_3",
    "legal_checks_4",
    "legal_checks_5",
    "legal_checks_6",
    "legal_checks_7",
    "legal_checks_8",
    "conversations",
    "conversations_2",
    "conversations_3",
    "several",
    "abstain",
    "abstain_2",
    "safety",
    "safety_2",
    "safety_3",
)
GUARDED = ("guards/third", "guards/fourth")
SETS = ANSWERED + GUARDED
WIDTH = 120  # wide enough for every column, so that a copied table stays whole

Judged = Mapping[str, Sequence[Verdict]]


def evaluate(
    steps: Sequence[Step], library: Library, today: date, sets: Sequence[Path], json_to: Path | None
) -> None:
    """Judge every case of the sets, print the tables, and write the scores and every reply.

    Sets in a folder named ``guards`` are put to the safety screen alone.
    """
    judge = Judge(library)
    guard_sets = [path for path in sets if path.parent.name == "guards"]
    judged = {
        path.stem: judge_set(steps, judge, today, path) for path in sets if path not in guard_sets
    }
    guards = score_guards(Screen.read(LEXICONS), guard_sets)
    console = Console(width=WIDTH)
    for name, verdicts in judged.items():
        console.print(table(name, score(verdicts)), "")
    if guards:
        console.print(guards_table(guards))
    if json_to:
        json_to.write_text(as_json(judged, guards), "utf-8")


def judge_set(steps: Sequence[Step], judge: Judge, today: date, path: Path) -> list[Verdict]:
    """The verdicts on one set, in the order of its file."""

    async def verdicts() -> list[Verdict]:
        return [judge(case, *(await answer(steps, today, case))) for case in read_cases(path)]

    return asyncio.run(verdicts())


async def answer(steps: Sequence[Step], today: date, case: Case) -> tuple[Reply, float]:
    """The reply to a case's last message, after its earlier ones, and the milliseconds it took."""
    context: tuple[Utterance, ...] = ()
    for said in case.earlier:
        reply, _ = await reply_to(steps, Turn(case.id, said, today, context))
        context = (*context, Utterance("user", said), Utterance("assistant", reply.text))
    return await reply_to(steps, Turn(case.id, case.text, today, context))


async def reply_to(steps: Sequence[Step], turn: Turn) -> tuple[Reply, float]:
    """The reply to one turn, and the milliseconds it took."""
    began = perf_counter()
    done = await run(turn, steps)
    took_ms = (perf_counter() - began) * 1000
    assert done.reply is not None
    return done.reply, took_ms


def as_json(judged: Judged, guards: Scores) -> str:
    """The scores of each set, topic and guard, and what became of each case."""
    written = {
        "scores": {name: score(verdicts) for name, verdicts in judged.items()},
        "guards": guards,
        "replies": [record(each) for verdicts in judged.values() for each in verdicts],
    }
    return json.dumps(written, ensure_ascii=False, indent=1)


def record(verdict: Verdict) -> dict[str, object]:
    """One verdict as JSON."""
    return {
        "id": verdict.case.id,
        "split": verdict.case.split,
        "text": verdict.case.text,
        "status": verdict.status,
        "right_outcome": verdict.right_outcome,
        "confidence": round(verdict.confidence, 3),
        "entries": verdict.entries,
        "missing": verdict.missing,
        "forbidden": verdict.forbidden,
        "unbacked": sorted(verdict.cited - verdict.backed),
        "answer": verdict.answer,
        "took_ms": round(verdict.took_ms, 1),
    }
