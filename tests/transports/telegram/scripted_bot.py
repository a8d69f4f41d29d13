"""The bot as a process of its own, with a scripted dialogue: what the kill tests kill."""

import asyncio

from bot.settings import read_settings
from bot.transports.telegram.bot import open_telegram, until_told_to_stop
from tests.transports.telegram.running import run, store_of
from tests.transports.telegram.scripted import Scripted


def main() -> None:
    settings = read_settings()
    telegram = open_telegram(settings, Scripted(), store_of(settings))
    asyncio.run(until_told_to_stop(run(telegram, settings)))


if __name__ == "__main__":
    main()
