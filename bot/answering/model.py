"""The one door to a language model: any OpenAI-compatible server, through langchain."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

from bot.errors import ModelUnavailable

if TYPE_CHECKING:
    from httpx import AsyncClient
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

log = logging.getLogger(__name__)

READ_TIMEOUT_SECONDS = 15.0
RETRIES = 1


class LanguageModel(Protocol):
    """What composing needs of a model."""

    def stream(self, system: str, user: str) -> AsyncIterator[str]:
        """Pieces of the answer; raises ModelUnavailable unless it came whole and in time."""
        ...


class HostedModel:
    """A model behind an OpenAI-compatible endpoint."""

    def __init__(
        self,
        name: str,
        base_url: str | None,
        api_key: str | None,
        deadline_seconds: float,
        switched_off: Callable[[], Awaitable[bool]] | None = None,
    ) -> None:
        self._switched_off = switched_off
        self._name = name
        self._base_url = base_url
        self._api_key = api_key
        self._deadline = deadline_seconds
        self._chat: BaseChatModel | None = None
        self._http: AsyncClient | None = None

    async def aclose(self) -> None:
        """Give the connections back."""
        if self._http is not None:
            await self._http.aclose()

    async def stream(self, system: str, user: str) -> AsyncIterator[str]:
        """Pieces of the answer, under one deadline for the whole of it."""
        if self._switched_off is not None and await self._switched_off():
            raise ModelUnavailable(f"model {self._name} is switched off")
        ends_at = asyncio.get_running_loop().time() + self._deadline
        ended_well = False
        async for piece in self._in_time(self._pieces(system, user), ends_at):
            ended_well |= piece.response_metadata.get("finish_reason") == "stop"
            if isinstance(piece.content, str) and piece.content:
                yield piece.content
        if not ended_well:
            raise ModelUnavailable(f"model {self._name} cut its answer short")

    async def _pieces(self, system: str, user: str) -> "AsyncIterator[AIMessageChunk]":
        chat = await asyncio.to_thread(self.open)
        async for piece in chat.astream([("system", system), ("user", user)]):
            yield piece

    async def _in_time(
        self, pieces: "AsyncIterator[AIMessageChunk]", ends_at: float
    ) -> "AsyncIterator[AIMessageChunk]":
        """The pieces until the deadline; it runs out here, never inside whoever listens."""
        while True:
            try:
                async with asyncio.timeout_at(ends_at):
                    piece = await anext(pieces, None)
            except Exception as fault:  # servers break in many ways; every one is this outcome
                name = type(fault).__name__
                raise ModelUnavailable(f"{name} from model {self._name}") from fault
            if piece is None:
                return
            yield piece

    def open(self) -> "BaseChatModel":
        """What speaks to the server, loaded once: half a second, more on a busy machine."""
        if self._chat is None:
            from httpx import AsyncClient
            from langchain.chat_models import init_chat_model  # half a second

            self._http = AsyncClient()
            self._chat = init_chat_model(
                self._name,
                model_provider="openai",
                base_url=self._base_url,
                api_key=self._api_key or "none",
                temperature=0,
                timeout=min(READ_TIMEOUT_SECONDS, self._deadline),
                max_retries=RETRIES,
                http_async_client=self._http,
            )
        return self._chat
