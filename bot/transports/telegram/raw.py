"""Updates as Telegram writes them: kept as they come, whatever the library makes of them later.

One update of a kind that the library cannot read would otherwise hold up everybody behind it.
"""

from collections.abc import Sequence
from typing import Any

from telegram import Bot

Raw = dict[str, Any]
SLOWEST_ANSWER_SECONDS = 5.0  # over the time for which Telegram was asked to wait


class PollingBot(Bot):
    """The library's bot, which also fetches updates without reading them."""

    async def fetch(
        self, offset: int | None, wait_seconds: int, kinds: Sequence[str]
    ) -> Sequence[Raw]:
        """The updates from an offset on, awaited for so long."""
        asked = {"offset": offset, "timeout": wait_seconds, "allowed_updates": kinds}
        updates: Sequence[Raw] = await self._post(
            "getUpdates", asked, read_timeout=wait_seconds + SLOWEST_ANSWER_SECONDS
        )
        return updates


def is_update(posted: object) -> bool:
    """Whether something posted is numbered and has a content."""
    if not isinstance(posted, dict) or not isinstance(posted.get("update_id"), int):
        return False
    return any(isinstance(content, dict) for content in posted.values())


def chat_of(update: Raw) -> int | None:
    """The chat that an update belongs to.

    >>> chat_of({"update_id": 1, "message": {"chat": {"id": 42}}}), chat_of({"update_id": 2})
    (42, None)
    """
    for content in update.values():
        if isinstance(content, dict):
            chat = _within(content, "chat") or _within(_within(content, "message"), "chat")
            number = chat.get("id") if chat else None
            return number if isinstance(number, int) else None
    return None


def _within(content: Raw | None, name: str) -> Raw | None:
    found = content.get(name) if content else None
    return found if isinstance(found, dict) else None
