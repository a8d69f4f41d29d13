"""All sites and their notes as they were a second ago at most, so that a request need not ask."""

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.knowledge.site import LocalNote, Site
from bot.store.sites import SiteStore

LOOK_SECONDS = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Directory:
    """The sites and notes at one moment."""

    state: tuple[int, datetime | None] = (0, None)
    sites: Mapping[str, Site] = field(default_factory=dict)
    notes: Sequence[LocalNote] = ()
    origins: frozenset[str] = frozenset()


class SiteDirectory:
    """The sites by key; read again when one of them has changed."""

    def __init__(self, store: SiteStore) -> None:
        self._store = store
        self._directory = Directory()
        self._looked_at: float | None = None

    async def look(self) -> None:
        """See what has changed; while the database is away all stays as it was last seen."""
        now = time.monotonic()
        if self._looked_at is None or now - self._looked_at >= LOOK_SECONDS:
            self._looked_at = now  # the others need not look too
            self._directory = await asyncio.to_thread(self._read)

    def get(self, key: str) -> Site | None:
        """The site with this key."""
        return self._directory.sites.get(key)

    def knows(self, origin: str) -> bool:
        """Whether any site has this origin."""
        return origin in self._directory.origins

    @property
    def notes(self) -> Sequence[LocalNote]:
        """The notes of all sites; the same object until something changes."""
        return self._directory.notes

    @property
    def version(self) -> str:
        """What differs whenever the answers for some site's visitors may."""
        return str(self._directory.state)

    def _read(self) -> Directory:
        try:
            state = self._store.state()
            if state == self._directory.state:
                return self._directory
            sites = {site.key: site for site in self._store.sites()}
            origins = frozenset(each for site in sites.values() for each in site.origins)
            return Directory(state, sites, tuple(self._store.notes()), origins)
        except SQLAlchemyError:
            log.warning("the sites cannot be read; they stay as they were")
            return self._directory
