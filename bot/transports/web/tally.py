"""What happens on each association's pages, in numbers: nobody's words, nobody's id."""

from bot.answering.reply import Status
from bot.clock import today
from bot.store.group_commit import GroupCommit, Row
from bot.store.sites import SiteStore

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

    async def rated(self, site: str | None, *, useful: bool) -> None:
        """Count a verdict."""
        if site is not None:
            name = "useful" if useful else "not_useful"
            await self._commits.add(self._store.counting(site, today(), **{name: 1}))
