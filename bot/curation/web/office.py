"""Everything the pages work with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bot.clock import today
from bot.curation.accounts import People, people_of
from bot.curation.provider import Provider, provider_of
from bot.curation.web.measuring import Measuring
from bot.curation.workspace import Workspace
from bot.knowledge.library import Library

if TYPE_CHECKING:
    from bot.app import App
    from bot.dialogue.volunteer_desk import VolunteerDesk


@dataclass(slots=True)
class Office:
    """The people, the workflow and the assistant it serves."""

    app: "App"
    workspace: Workspace
    people: People
    measuring: Measuring
    provider: Provider | None = None
    paths: frozenset[str] = frozenset()
    today: Callable[[], date] = today
    _open: bool = field(default=False)

    @property
    def library(self) -> Library:
        """What borrowers are answered from now."""
        return self.app.library

    @property
    def hand_offs(self) -> "VolunteerDesk":
        """The talks that borrowers asked to have with a person."""
        return self.app.desk

    def is_open(self) -> bool:
        """Whether anybody was ever let in: until then there is no workspace at all."""
        self._open = self._open or self.people.accounts.any()
        return self._open

    def note(self, who: str, act: str, about: str = "", **details: str) -> None:
        """Put something into the audit log."""
        self.people.audit.record(who, act, about, **details)


def open_office(app: "App", workspace: Workspace, paths: frozenset[str]) -> Office:
    """The office of an assistant; ``paths`` are the pages there are."""
    return Office(
        app,
        workspace,
        people_of(app.engine),
        Measuring(workspace.effect),
        provider_of(app.settings),
        paths,
    )
