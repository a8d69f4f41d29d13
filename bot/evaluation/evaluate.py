"""``borrower-aid evaluate``: every labelled set through the answering steps, and the scores."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

from rich.console import Console

from bot.answering.pipeline import Step, run
from bot.answering.reply import Reply, Utterance
from bot.answering.turn import Turn
from bot.evaluation.cases import Case, read_cases
from bot.evaluation.judge import Judge, Verdict
from bot.evaluation.report import Scores, score, table
from bot.knowledge.library import Library

SETS = ("questions", "legal_checks", "conversations", "several", "abstain", "safety")


async def evaluate(
    steps: Sequence[Step], library: Library, today: date, sets: Sequence[Path], json_to: Path | None
) -> dict[str, list[Verdict]]:
    """Judge every case of the sets, print the table, and write the scores and every reply."""
    judged = {path.stem: await judge_set(steps, library, today, path) for path in sets}
    scores = {name: score(verdicts) for name, verdicts in judged.items()}
    Console().print(table(scores))
    if json_to:
        json_to.write_text(as_json(scores, judged), "utf-8")
    return judged


async def judge_set(
    steps: Sequence[Step], library: Library, today: date, path: Path
) -> list[Verdict]:
    """The verdicts on one set, in the order of its file."""
    judge = Judge(library)
    return [judge(case, *(await answer(steps, today, case))) for case in read_cases(path)]


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


def as_json(scores: dict[str, Scores], judged: dict[str, list[Verdict]]) -> str:
    """The scores of each set and topic, and what became of each case."""
    replies = [
        {
            "id": each.case.id,
            "split": each.case.split,
            "text": each.case.text,
            "status": each.status,
            "right_outcome": each.right_outcome,
            "entries": each.entries,
            "missing": each.missing,
            "forbidden": each.forbidden,
            "unbacked": sorted(each.cited - each.backed),
            "answer": each.answer,
            "took_ms": round(each.took_ms, 1),
        }
        for verdicts in judged.values()
        for each in verdicts
    ]
    return json.dumps({"scores": scores, "replies": replies}, ensure_ascii=False, indent=1)
