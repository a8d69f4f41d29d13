"""Labelled questions put to one edition, first as far as what is found, then to the end."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answering.compose_with_model import ComposeWithModel
from bot.answering.pipeline import Step, run
from bot.answering.reply import Utterance
from bot.answering.retrieve import Retrieve
from bot.answering.turn import Turn
from bot.editions import Edition
from bot.evaluation.cases import Case
from bot.evaluation.judge import Judge, Verdict
from bot.knowledge.library import Library

SAME_CHANCE = (
    0.005  # chances that differ by less are the same: each edit moves all of them a little
)

Trace = tuple[tuple[tuple[str, float], ...], ...]
"""For each question of a message the passages found, with their chances; none where it was not sought."""


@dataclass(slots=True)
class Asked:
    """What is remembered of a case on one edition: what was found, and the verdict where asked for."""

    trace: Trace
    verdict: Verdict | None = None


class Asking:
    """The steps of an edition without a language model, in two halves: the entries are judged."""

    def __init__(self, edition: Edition, today: date) -> None:
        steps = [each for each in edition.answering if not isinstance(each, ComposeWithModel)]
        found = next(place for place, each in enumerate(steps) if isinstance(each, Retrieve))
        self._reading, self._retrieve, self._wording = (
            steps[:found],
            steps[found],
            steps[found + 1 :],
        )
        self._judge = Judge(edition.library)
        self._today = today
        self._retriever = edition.retriever
        self._read: dict[str, Turn] = {}

    async def foresee(self, cases: Sequence[Case], beside: "Asking | None" = None) -> None:
        """Read the cases that are to be found next, so that what they look for is sought together.

        ``beside`` was told to foresee them before, over nearly the same texts.
        """
        alone = [case for case in cases if not case.earlier]
        read = {case.id: await self._began(case, ()) for case in alone}
        understood = filter(None, (turn.understanding for turn in read.values()))
        sought = [text for each in understood for text in (*each.questions, *each.topics)]
        others = beside._retriever if beside else None
        await asyncio.to_thread(
            self._retriever.foresee, sought, others
        )  # sums, beside the thinking
        self._read |= read

    async def find(self, case: Case) -> Turn:
        """The turn of a case with what was found for it, or with a reply that needs nothing found."""
        context: tuple[Utterance, ...] = ()
        for said in case.earlier:
            turn = await self._found(await _go(self._turn(case, said, context), self._reading))
            reply = (await self._worded(turn)).reply
            assert reply is not None
            context = (*context, Utterance("user", said), Utterance("assistant", reply.text))
        read = self._read.pop(case.id, None)
        return await self._found(read or await self._began(case, context))

    async def verdict(self, case: Case, turn: Turn) -> Verdict:
        """The verdict on the answer that is made of what was found."""
        reply = (await self._worded(turn)).reply
        assert reply is not None
        return self._judge(case, reply, 0.0)

    async def _began(self, case: Case, context: tuple[Utterance, ...]) -> Turn:
        return await _go(self._turn(case, case.text, context), self._reading)

    def _turn(self, case: Case, said: str, context: tuple[Utterance, ...]) -> Turn:
        return Turn(case.id, said, self._today, context)

    async def _found(self, turn: Turn) -> Turn:
        return turn if turn.reply is not None else await self._retrieve(turn)

    async def _worded(self, turn: Turn) -> Turn:
        return turn if turn.reply is not None else await run(turn, self._wording)


def trace_of(turn: Turn) -> Trace:
    """What was found for a turn."""
    return tuple(tuple((hit.passage.id, hit.score) for hit in hits) for hits in turn.found)


def may_differ(before: Trace, after: Trace, reached: Collection[str]) -> bool:
    """Whether an answer can differ: something else was found, otherwise placed, or text that changed."""
    if len(before) != len(after):
        return True
    for one, other in zip(before, after, strict=True):
        if [name for name, _ in one] != [name for name, _ in other]:
            return True
        if any(name in reached for name, _ in one):
            return True
        pairs = zip(one, other, strict=True)
        if any(abs(was - now) > SAME_CHANCE for (_, was), (_, now) in pairs):
            return True
    return False


def reached_by(changed: Collection[str], libraries: Sequence[Library]) -> frozenset[str]:
    """The entries whose answers a change of some can touch: themselves, and those a fork leads from."""
    forks = [fork for library in libraries for fork in library.forks]
    leading = (
        entry
        for fork in forks
        if any(branch.entry in changed for branch in fork.branches)
        for entry in fork.under
    )
    return frozenset((*changed, *leading))


async def _go(turn: Turn, steps: Sequence[Step]) -> Turn:
    for step in steps:
        turn = await step(turn)
        if turn.reply is not None:
            break
    return turn
