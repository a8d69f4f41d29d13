"""What happens on each association's pages, in numbers: nobody's words, nobody's id."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

from bot.answering.reply import Status
from bot.clock import SHANGHAI, today
from bot.store.group_commit import GroupCommit, Row
from bot.store.sites import SiteStore

_VERDICTS = {True: "useful", False: "not_useful"}
_HELPED = (Status.ANSWERED, Status.CLARIFY, Status.CRISIS)


class Tally:
    """Counts for the sites' own statistics; without a site nothing is counted here."""

    def __init__(self, store: SiteStore, commits: GroupCommit) -> None:
        self._store = store
        self._commits = commits

    def began(self, site: str | None) -> tuple[Row, ...]:
        """The row that counts a conversation, to be kept with it."""
        return (self._store.counting(site, today(), conversations=1),) if site else ()

    async def answered(self, site: str | None, status: Status) -> None:
        """Count whether a question had an answer; a refusal is neither."""
        if site is None or status is Status.REFUSED:
            return
        name = "answered" if status in _HELPED else "unanswered"
        await self._commits.add(self._store.counting(site, today(), **{name: 1}))

    async def rates(self, site: str | None, answer_id: str, *, useful: bool) -> None:
        """Count a verdict that is about to be kept; one that it takes the place of counts no more."""
        if site is None:
            return
        before = await asyncio.to_thread(self._store.verdict, answer_id)
        if before is None or before[0] != useful:
            await self._commits.add(*self._verdicts(site, useful, before))

    def _verdicts(
        self, site: str, useful: bool, before: tuple[bool, datetime] | None
    ) -> Iterator[Row]:
        yield self._store.counting(site, today(), **{_VERDICTS[useful]: 1})
        if before is not None:
            day = before[1].astimezone(SHANGHAI).date()
            yield self._store.counting(site, day, **{_VERDICTS[before[0]]: -1})
