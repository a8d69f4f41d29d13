"""What a person may ask about himself: the language he chose, and his data."""

import asyncio
import json

from sqlalchemy import Engine

from bot.answering.reply import Document
from bot.knowledge.vocabulary import Language
from bot.store.conversations import Conversations
from bot.store.personal_data import export, leave_in_peace

TRANSPORT = "telegram"


class People:
    """The people who write to the bot, by the key of their conversation."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._conversations = Conversations(engine)

    async def language(self, key: str) -> Language | None:
        """The language a person chose."""
        return (await asyncio.to_thread(self._conversations.open, TRANSPORT, key)).language

    async def choose(self, key: str, language: Language) -> None:
        """Remember the language a person chose."""
        conversation = await asyncio.to_thread(self._conversations.open, TRANSPORT, key)
        await asyncio.to_thread(self._conversations.set_language, conversation.id, language)

    async def export(self, key: str) -> Document:
        """Everything kept of a person, as a file."""
        kept = await asyncio.to_thread(export, self._engine, TRANSPORT, key)
        content = json.dumps(kept, ensure_ascii=False, indent=2).encode()
        return Document("mydata.json", "application/json", content)

    async def gone(self, key: str) -> None:
        """Remind a person no more, and end the hand-off: nothing can be told."""
        await asyncio.to_thread(leave_in_peace, self._engine, TRANSPORT, key)
