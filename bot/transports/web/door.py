"""Who may come in: the right origin, the right token, not too often."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.clock import SHANGHAI, today
from bot.store.site_directory import SiteDirectory
from bot.store.sites import Reached, SiteStore
from bot.store.web_conversations import TOKEN_LIFE, Admission, Visit, WebConversations
from bot.transports.web.limits import Limits, RateLimit
from bot.transports.web.problems import Problem
from bot.transports.web.sites import admit

bearer = HTTPBearer(auto_error=False, description="The conversation's token.")
Token = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
LOOPBACK = ("127.0.0.1", "::1")
REACHED = {
    Reached.DAY: "This site's questions for today are used up.",
    Reached.SESSION: "This conversation has used up its questions; begin a new one.",
}


class Door:
    """Lets in who may come in: the right origin, the right token, not too often."""

    def __init__(
        self, kept: WebConversations, store: SiteStore, sites: SiteDirectory, limits: Limits
    ) -> None:
        self._kept = kept
        self._store = store
        self._sites = sites
        self._sessions = RateLimit(limits.session)
        self._addresses = RateLimit(limits.address)

    def count(self, request: Request) -> None:
        """Count a request that belongs to no conversation yet."""
        self._addresses.take(request.client.host if request.client else "")

    async def admit(self, request: Request, key: str | None, asked: int = 0) -> Admission:
        """A new conversation, not kept yet, for a visitor of a site or of the chat page."""
        if not _from_this_machine(request):
            self.count(request)
        site = await admit(self._sites, key, request.headers)
        life = timedelta(minutes=site.session_minutes) if site else TOKEN_LIFE
        return Admission(datetime.now(UTC), key, life, asked)

    async def enter(self, request: Request, conversation_id: str, token: Token) -> Visit:
        """The conversation, for the holder of its token on one of its site's pages."""
        visit = await self._visit(conversation_id, token)
        if visit is None:
            self.count(request)  # guessing is counted by address
            raise Problem(401, headers={"WWW-Authenticate": "Bearer"})
        await admit(self._sites, visit.site, request.headers)
        self._sessions.take(visit.id)
        return visit

    async def take(self, key: str | None, conversation: str | None) -> None:
        """Count a message against its site's limits; a Problem where one is reached."""
        site = self._sites.get(key) if key is not None else None
        if site is None:
            return
        reached = await asyncio.to_thread(self._store.admit_message, site, conversation, today())
        if reached is not None:
            wait = {"Retry-After": str(until_tomorrow())}
            raise Problem(429, reached, REACHED[reached], headers=wait)

    async def _visit(self, conversation_id: str, token: Token) -> Visit | None:
        if token is None:
            return None
        shown, now = token.credentials, datetime.now(UTC)
        return await asyncio.to_thread(self._kept.visit, conversation_id, shown, now)


def _from_this_machine(request: Request) -> bool:
    """Whether no network lies between: a proxy's visitors come with the addresses that it forwards."""
    return request.client is not None and request.client.host in LOOPBACK


def until_tomorrow() -> int:
    """The seconds left of the day where the borrowers are."""
    now = datetime.now(SHANGHAI)
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return int((tomorrow - now).total_seconds()) + 1
