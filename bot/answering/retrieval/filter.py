"""Which passages may be found at all: decided before anything is scored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answering.retrieval.arrays import mapped
from bot.knowledge.passage import Passage
from bot.knowledge.vocabulary import Audience, Language, LenderType, TrustTier

Mask = npt.NDArray[np.bool_]

AUDIENCES, LENDERS, TIERS, LANGUAGES = map(list, (Audience, LenderType, TrustTier, Language))
EVERY_AUDIENCE, EVERY_TIER = frozenset(Audience), frozenset(TrustTier)
COUNTRY = "CN"
ALWAYS, NEVER = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Filter:
    """What to keep; the default is all that speaks to borrowers everywhere in the country.

    ``on`` keeps what is in force that day, ``lender`` what concerns that lender, ``place`` what
    holds there, ``site`` adds one association's local notes.
    """

    audiences: frozenset[Audience] = frozenset({Audience.BORROWER})
    on: date | None = None
    lender: LenderType | None = None
    place: str | None = None
    site: str | None = None
    languages: frozenset[Language] | None = None
    tiers: frozenset[TrustTier] = EVERY_TIER


BORROWERS = Filter()


@dataclass(frozen=True, slots=True)
class FilterColumns:
    """What filters look at, one column each, one row a passage."""

    audience: npt.NDArray[np.uint8]
    tier: npt.NDArray[np.uint8]
    language: npt.NDArray[np.uint8]
    lenders: npt.NDArray[np.uint32]
    effective: npt.NDArray[np.int32]
    ended: npt.NDArray[np.int32]
    site: npt.NDArray[np.str_]
    place: npt.NDArray[np.str_]

    @classmethod
    def build(cls, passages: Sequence[Passage]) -> "FilterColumns":
        """The columns of passages."""
        return cls(
            np.array([AUDIENCES.index(p.audience) for p in passages], np.uint8),
            np.array([TIERS.index(p.trust) for p in passages], np.uint8),
            np.array([LANGUAGES.index(p.language) for p in passages], np.uint8),
            np.array([_bits(p.lender_types) for p in passages], np.uint32),
            np.array(
                [p.effective.toordinal() if p.effective else ALWAYS for p in passages], np.int32
            ),
            np.array([p.ended.toordinal() if p.ended else NEVER for p in passages], np.int32),
            np.array([p.site or "" for p in passages], np.str_),
            np.array([p.jurisdiction for p in passages], np.str_),
        )

    def keep(self, wanted: Filter) -> Mask:
        """The rows a filter lets through."""
        day = (wanted.on or date.today()).toordinal()  # noqa: DTZ011 - a law begins with the local day
        kept = self.allowed(wanted) & (self.effective <= day) & (day < self.ended)
        if wanted.lender is not None:
            kept &= (self.lenders & _bits({wanted.lender, LenderType.ANY})) > 0
        if wanted.place is not None:
            places, number = np.unique(self.place, return_inverse=True)
            kept &= np.array([_holds_in(place, wanted.place) for place in places], np.bool_)[number]
        return kept

    def allowed(self, wanted: Filter) -> Mask:
        """The rows whose audience, tier, language and site are wanted."""
        kept = np.isin(self.audience, [AUDIENCES.index(a) for a in wanted.audiences])
        kept &= np.isin(self.tier, [TIERS.index(t) for t in wanted.tiers])
        if wanted.languages is not None:
            kept &= np.isin(self.language, [LANGUAGES.index(one) for one in wanted.languages])
        kept &= (self.site == "") | (self.site == (wanted.site or ""))
        return np.asarray(kept)

    def save(self, folder: Path) -> None:
        """Write the columns into a folder."""
        folder.mkdir(parents=True)
        for name in self.__slots__:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> "FilterColumns":
        """The columns of a folder, mapped."""
        return cls(*(mapped(folder / f"{name}.npy") for name in cls.__slots__))


def _bits(lenders: frozenset[LenderType] | set[LenderType]) -> int:
    return sum(1 << LENDERS.index(lender) for lender in lenders)


def _holds_in(place: str, wanted: str) -> bool:
    return wanted == place or wanted.startswith(f"{place}-")
