"""Choose the lines worth their room, nothing twice."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.answering.composing.basis import without_citation
from bot.answering.composing.lines import Line, Section
from bot.answering.composing.pool import Pool, pool
from bot.answering.composing.shelf import Numbers, Shelf
from bot.answering.composing.worth import Worth
from bot.answering.retrieval.retriever import Hit

TOLD_ALREADY = 0.38  # of a line's words in one that is shown
TOLD_IN_PART = 2.0  # what a line loses, in log odds, that is told in full
# A line that is very likely wanted may go over the room by so much of it.
LIKELY, OVER = 0.25, 0.3
RESTS_ON_ALIKE = 0.35
# So many steps of the best entry are told first, within a share of the room.
FEWEST_STEPS, STEPS_SHARE = 2, 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """The lines to show, those kept for “more”, and the provisions that what is shown rests on.

    ``found`` are all entries that had lines to offer, the best first; ``known_cites`` are all
    provisions that they cite.
    """

    entries: tuple[str, ...]
    shown: tuple[Line, ...]
    rest: tuple[Line, ...]
    cites: frozenset[str]
    known_cites: frozenset[str]
    found: tuple[str, ...]

    def knows(self, provision: str) -> bool:
        """Whether an entry that was found rests on this provision."""
        return provision in self.known_cites


def choose(question: str, hits: Sequence[Hit], shelf: Shelf, worth: Worth, room: int) -> Choice:
    """The lines worth most within ``room`` characters, in the order of their entries."""
    found = pool(question, hits, shelf)
    return within(found, worth(found.signs), room)


def within(found: Pool, worth: Numbers, room: int) -> Choice:
    """The lines worth most within ``room`` characters."""
    chosen = [0]
    wanted = np.log(worth / (1 - worth))
    left = [place for place, shown in enumerate(found.may_be_shown) if shown]
    spare = np.where(worth > LIKELY, OVER * room, 0)
    for step in _first_steps(found, wanted, room * STEPS_SHARE):
        chosen.append(step)
        left.remove(step)
        room -= _length(found, step)
    first = tuple(chosen)
    while left := [each for each in left if _fits(found, each, chosen, room + spare[each])]:
        told = found.likeness[:, chosen].max(axis=1)
        best = max(left, key=lambda each: wanted[each] - TOLD_IN_PART * told[each])
        again = [each for each in chosen if each not in first and _told(found, each, [best])]
        chosen = [*(each for each in chosen if each not in again), best]
        left.remove(best)
        room += sum(_length(found, each) for each in again) - _length(found, best)
    main = found.lines[0].entry
    rest = [
        place
        for place, line in enumerate(found.lines)
        if line.entry == main and place not in chosen and not _told(found, place, chosen)
    ]
    lines = [found.lines[place] for place in sorted(chosen)]
    return Choice(
        entries=tuple(dict.fromkeys(line.entry for line in lines)),
        shown=tuple(lines[1:]),
        rest=tuple(found.lines[place] for place in rest),
        cites=_cites(found, chosen),
        known_cites=frozenset().union(*found.cites),
        found=tuple(dict.fromkeys(line.entry for line in found.lines)),
    )


def _first_steps(pool: Pool, wanted: Numbers, room: float) -> list[int]:
    """The steps of the best entry most wanted: whoever asks for help is told what to do now."""
    steps = [
        place
        for place, line in enumerate(pool.lines)
        if line.section is Section.STEP and pool.may_be_shown[place] and not _told(pool, place, [0])
    ]
    first = sorted(steps, key=lambda place: -wanted[place])[:FEWEST_STEPS]
    while first and sum(_length(pool, place) for place in first) > room:
        first.pop()
    return first


def _fits(pool: Pool, place: int, chosen: list[int], room: int) -> bool:
    return _length(pool, place) <= room and not _told(pool, place, chosen)


def _length(pool: Pool, place: int) -> int:
    return len(without_citation(pool.lines[place].text))


def _told(pool: Pool, place: int, chosen: list[int]) -> bool:
    return bool(pool.likeness[place, chosen].max() > TOLD_ALREADY)


def _cites(pool: Pool, chosen: list[int]) -> frozenset[str]:
    """What the chosen lines cite, and the lines left out because the same was told."""
    alike = pool.likeness[:, chosen].max(axis=1) > RESTS_ON_ALIKE
    return frozenset(
        cite
        for place, cites in enumerate(pool.cites)
        if place in chosen or alike[place]
        for cite in cites
    )
