"""Below the answer, what the association whose page this is tells its own visitors."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.answering.reply import Status
from bot.answering.retrieval.embedding import Embedder
from bot.answering.retrieval.filter import Filter
from bot.answering.retrieval.overlay import Overlay
from bot.answering.turn import Draft, Turn
from bot.knowledge.passage import Passage
from bot.knowledge.site import LocalNote, Site
from bot.knowledge.vocabulary import TrustTier
from bot.wording import Wording

NEAR_ENOUGH = 0.45  # 95 of 100 questions on another matter stay below it; bench/RESULTS.md


class Sites(Protocol):
    """What the step needs to know of sites."""

    @property
    def notes(self) -> Sequence[LocalNote]:
        """The notes of all sites; the same object until something changes."""
        ...

    def get(self, key: str) -> Site | None:
        """The site with this key."""
        ...


class AddLocalNote:
    """Find the site's note that answers the question, and say whose word it is."""

    def __init__(self, sites: Sites, embedder: Embedder, wording: Wording) -> None:
        self._sites = sites
        self._embedder = embedder
        self._wording = wording
        self._built: tuple[Sequence[LocalNote], Overlay] = ((), Overlay((), embedder))

    async def __call__(self, turn: Turn) -> Turn:
        """The turn with the note below its draft, or in place of one that knows nothing."""
        if turn.site is None or not self._sites.notes:
            return turn
        note = await asyncio.to_thread(self._nearest, turn)
        return replace(turn, draft=self._noted(turn, note)) if note is not None else turn

    def _nearest(self, turn: Turn) -> Passage | None:
        assert turn.understanding is not None
        overlay, keep = self._overlay(), Filter(on=turn.today, site=turn.site)
        found = [overlay.best(question, keep) for question in turn.understanding.questions]
        near = [each for each in found if each is not None and each[1] >= NEAR_ENOUGH]
        return max(near, key=lambda each: each[1])[0] if near else None

    def _overlay(self) -> Overlay:
        notes = self._sites.notes
        if self._built[0] is not notes:
            self._built = (notes, Overlay([passage_of(note) for note in notes], self._embedder))
        return self._built[1]

    def _noted(self, turn: Turn, note: Passage) -> Draft:
        assert turn.draft is not None
        assert turn.site is not None
        site, draft = self._sites.get(turn.site), turn.draft
        label = self._wording.say("local_note", turn.language)
        said = label.format(name=plain(site.name) if site else "", note=plain(note.text))
        if draft.status is not Status.ANSWERED:
            return replace(draft, status=Status.ANSWERED, text=said, more="", notes=(note.id,))
        return replace(draft, text=f"{draft.text}\n\n{said}", notes=(note.id,))


def passage_of(note: LocalNote) -> Passage:
    """A note as the overlay takes it; only its site's visitors may find it."""
    return Passage(
        id=f"note:{note.id}",
        title=note.title,
        text=note.text,
        questions=note.questions,
        trust=TrustTier.LOCAL_NOTE,
        site=note.site,
    )


def plain(text: str) -> str:
    """Words of others without the marks of our light Markdown.

    >>> plain("**免费** 咨询")
    '免费 咨询'
    """
    return text.replace("**", "")
