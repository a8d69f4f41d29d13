"""The unit that is indexed and retrieved."""

from dataclasses import dataclass, field
from datetime import date

from bot.knowledge.vocabulary import Audience, Language, LenderType, TrustTier


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with what is needed to find it, filter it and say where it comes from.

    ``title`` is a law's or entry's name, ``heading`` the path under it; ``questions`` are the
    known question forms that this passage answers; ``cites`` are ids of passages it refers to.
    """

    id: str
    title: str
    text: str
    heading: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    trust: TrustTier = TrustTier.UNREVIEWED
    audience: Audience = Audience.BORROWER
    lender_types: frozenset[LenderType] = field(default_factory=lambda: frozenset({LenderType.ANY}))
    language: Language = Language.SIMPLIFIED
    effective: date | None = None
    ended: date | None = None
    jurisdiction: str = "CN"  # the country, or a part of it as "CN-GD-SZ"
    site: str | None = None
