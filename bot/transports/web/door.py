"""Who may come in: the right origin, the right token, not too often."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.store.web_conversations import Admission, Visit, WebConversations
from bot.transports.web.limits import Limits, RateLimit
from bot.transports.web.problems import Problem
from bot.transports.web.sites import Sites

bearer = HTTPBearer(auto_error=False, description="The conversation's token.")
Token = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


class Door:
    """Lets in who may come in: the right origin, the right token, not too often."""

    def __init__(self, kept: WebConversations, sites: Sites, limits: Limits) -> None:
        self._kept = kept
        self._sites = sites
        self._sessions = RateLimit(limits.session)
        self._addresses = RateLimit(limits.address)

    def count(self, request: Request) -> None:
        """Count a request that belongs to no conversation yet."""
        self._addresses.take(request.client.host if request.client else "")

    def admit(self, request: Request, site: str | None) -> Admission:
        """A new conversation, not kept yet, for a visitor of a site or of the chat page."""
        self.count(request)
        self._sites.admit(site, request.headers)
        return Admission(datetime.now(UTC), site)

    async def enter(self, request: Request, conversation_id: str, token: Token) -> Visit:
        """The conversation, for the holder of its token on one of its site's pages."""
        visit = await self._visit(conversation_id, token)
        if visit is None:
            self.count(request)  # guessing is counted by address
            raise Problem(401, headers={"WWW-Authenticate": "Bearer"})
        self._sites.admit(visit.site, request.headers)
        self._sessions.take(visit.id)
        return visit

    async def _visit(self, conversation_id: str, token: Token) -> Visit | None:
        if token is None:
            return None
        shown, now = token.credentials, datetime.now(UTC)
        return await asyncio.to_thread(self._kept.visit, conversation_id, shown, now)
