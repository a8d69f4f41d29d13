"""A file that somebody sends: fetched, read apart, and turned into a question; never kept."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.answering.redact import redact
from bot.answering.thinking import think
from bot.dialogue.letter_received import Paper, dated_lines, paper_of
from bot.knowledge.vocabulary import Language
from bot.wording import Wording
from ingest.attachment import LARGEST_FILE, NotRead, Reason, read_attachment

READ_AT_ONCE = 2
LONGEST_MESSAGE = 600  # characters of a file that is answered as if it had been typed


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file by the id under which Telegram keeps it; size 0 where Telegram does not say."""

    id: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Read:
    """What is said of a file, and the question to answer; none where there is nothing to answer."""

    heading: str
    question: str = ""


class Documents:
    """Reads the files of one bot, few at a time."""

    def __init__(self, bot: Bot, words: Wording, papers: Sequence[Paper]) -> None:
        self._bot = bot
        self._words = words
        self._papers = papers
        self._places = asyncio.Semaphore(READ_AT_ONCE)

    async def __call__(self, file: SentFile, chat: int, language: Language) -> Read:
        """What a file is, in the reader's language."""
        with suppress(TelegramError):  # a courtesy
            await self._bot.send_chat_action(chat, ChatAction.TYPING)
        try:
            async with self._places:
                text = await read_attachment(file.name, await self._fetched(file))
        except NotRead as fault:
            return Read(self._words.say(f"file_{fault.reason}", language))
        return await think(self._understood, text, language)

    async def _fetched(self, file: SentFile) -> bytes:
        if file.size > LARGEST_FILE:
            raise NotRead(Reason.TOO_LARGE)
        try:
            return bytes(await (await self._bot.get_file(file.id)).download_as_bytearray())
        except TelegramError as fault:
            raise NotRead(Reason.DAMAGED) from fault

    def _understood(self, text: str, language: Language) -> Read:
        masked = redact(text).text
        paper = paper_of(masked, self._papers)
        if paper is not None:
            return Read(self._heading(paper, dated_lines(masked), language), paper.ask)
        if len(masked) > LONGEST_MESSAGE:
            return Read(self._words.say("file_unclear", language))
        return Read(self._words.say("file_read", language), masked)

    def _heading(self, paper: Paper, dated: Sequence[str], language: Language) -> str:
        named = self._words.say("file_looks_like", language).format(name=paper.name(language))
        heading = f"{self._words.say('file_read', language)}{named}"
        if not dated:
            return heading
        lines = "\n".join(f"· {line}" for line in dated)
        return f"{heading}\n{self._words.say('file_says', language)}\n{lines}"
