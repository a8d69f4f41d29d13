"""The question forms of a new version; those of unchanged passages are known from the old one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.answering.retrieval.ties import Ties
from bot.answering.retrieval.tokens import normalise
from bot.knowledge.index import FORMS
from bot.knowledge.passage import Passage
from ingest.match import Match

HELD = "held"
NO_TIES = Ties.of(())


@dataclass(frozen=True, slots=True)
class Forms:
    """Forms in the order in which they first appear, and for each row those that it holds."""

    texts: tuple[str, ...]
    held: Ties

    def save(self, folder: Path) -> None:
        """Write the forms, a line each, and their ties into a folder."""
        (folder / FORMS).write_text("".join(f"{form}\n" for form in self.texts), "utf-8")
        (folder / HELD).mkdir()
        np.save(folder / HELD / "starts.npy", self.held.starts)
        np.save(folder / HELD / "others.npy", self.held.others)

    @classmethod
    def load(cls, folder: Path) -> "Forms":
        """The forms of a folder."""
        texts = (folder / FORMS).read_text("utf-8").split("\n")[:-1]
        held = Ties(*(np.load(folder / HELD / f"{name}.npy") for name in ("starts", "others")))
        return cls(tuple(texts), held)


def gather(passages: Sequence[Passage], old: Forms | None, same: Match) -> tuple[Forms, Match]:
    """The forms of passages, and which of them the old version has under which number."""
    known = old.texts if old else ()
    number = {form: place for place, form in enumerate(known)}
    fresh = Ties.of(
        [number.setdefault(form, len(number)) for form in forms_of(passages[row])]
        for row in same.fresh
    )
    held = (old.held if old else NO_TIES).followed_by(fresh)
    rows = same.old_rows.copy()
    rows[same.fresh] = len(held) - len(fresh) + np.arange(len(fresh))
    places, numbers = held.to(rows)
    used, first, renumbered = np.unique(numbers, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    starts = np.append(0, np.cumsum(np.bincount(places, minlength=len(passages))))
    names, chosen = list(number), used[order]
    forms = Forms(tuple(names[each] for each in chosen), Ties(starts, rank[renumbered]))
    return forms, Match(np.where(chosen < len(known), chosen, -1))


def forms_of(passage: Passage) -> list[str]:
    """The question forms of a passage, each on one line and once."""
    lines = (" ".join(normalise(raw).split()) for raw in passage.questions)
    return list(dict.fromkeys(filter(None, lines)))
