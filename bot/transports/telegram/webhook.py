"""Telegram's posts: checked, stored, answered at once; the work follows from the queue."""

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Header, HTTPException, Request, Response

log = logging.getLogger(__name__)

LARGEST_UPDATE = 2**20


def webhook_routes(url: str, secret: str, take: Callable[[bytes], Awaitable[None]]) -> APIRouter:
    """The one route, at the path of the webhook's address."""
    routes = APIRouter()
    expected = secret.encode()

    @routes.post(urlsplit(url).path or "/", include_in_schema=False)
    async def update(
        request: Request,
        x_telegram_bot_api_secret_token: Annotated[str, Header()] = "",
    ) -> Response:
        """Store one update; nobody but Telegram knows the secret."""
        if not hmac.compare_digest(x_telegram_bot_api_secret_token.encode(), expected):
            raise HTTPException(403)
        body = await request.body()
        if len(body) > LARGEST_UPDATE:
            raise HTTPException(413)
        try:
            await take(body)
        except ValueError as fault:
            raise HTTPException(400) from fault
        return Response(status_code=200)

    return routes
