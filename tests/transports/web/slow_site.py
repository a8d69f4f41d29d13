"""A web application in a process of its own that thinks between sentences, to be killed."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import uvicorn

from bot.answering.composing.shelf import Shelf
from bot.answering.reply import Reply, Status
from bot.answering.turn import Listener
from bot.app import App, open_store
from bot.dialogue.message import Kind, Message, Response
from bot.editions import Edition, Editions
from bot.knowledge.library import Library
from bot.settings import Settings
from bot.store.group_commit import GroupCommit
from bot.store.site_directory import SiteDirectory
from bot.store.sites import SiteStore
from bot.transports.web.app import web_app

SENTENCES = ("**先不开门。**", "再打 110。", "留好录音。")


class Thinking:
    """A dialogue that says three sentences, slowly."""

    def known(self, _message: Message) -> None:
        """Nothing is known beforehand."""

    async def __call__(self, message: Message, listener: Listener | None = None) -> Response:
        if message.kind is Kind.TEXT and listener is not None:
            for sentence in SENTENCES:
                await asyncio.sleep(0.6)
                await listener(sentence)
        return Response(Reply(Status.ANSWERED, "\n".join(SENTENCES)))


def main() -> None:
    """Serve on a port, with a data folder."""
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    settings = Settings(_env_file=None, data_dir=folder)  # type: ignore[call-arg]
    unused: Any = None
    engine = open_store(settings)
    commits = GroupCommit(engine)
    editions = Editions(Edition("", Library(), unused, Shelf(Library()), (), ()))
    app = App(
        settings,
        unused,
        editions,
        (),
        Thinking(),  # type: ignore[arg-type]
        engine,
        unused,
        commits,
        SiteDirectory(SiteStore(engine)),
        unused,
        unused,
    )
    uvicorn.run(web_app(app), port=port, log_level="error", ws="none")


if __name__ == "__main__":
    main()
