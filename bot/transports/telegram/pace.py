"""How fast the bot may speak: what Telegram allows over all chats, spread evenly.

Fifty chats that ask at once would otherwise have fifty calls begun in one turn of the event loop.
"""

from aiolimiter import AsyncLimiter

MESSAGES_AT_ONCE, PER_SECONDS = 3, 0.1  # thirty a second, as Telegram allows
TYPINGS_AT_ONCE = 5


class Pace:
    """The limits of one bot."""

    def __init__(self) -> None:
        self.messages = AsyncLimiter(MESSAGES_AT_ONCE, PER_SECONDS)
        self.typing = AsyncLimiter(TYPINGS_AT_ONCE, PER_SECONDS)
