"""A conversation as the dialogue sees it."""

from dataclasses import dataclass
from datetime import datetime

from bot.knowledge.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Conversation:
    """One person's talk over a transport; one that is not ``begun`` is not kept yet.

    ``forget_asked_at`` is when the person was asked whether to delete everything, while that stands.
    """

    id: str
    language: Language | None
    transport: str
    key: str
    begun: bool = True
    forget_asked_at: datetime | None = None
