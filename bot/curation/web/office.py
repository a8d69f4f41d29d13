"""Everything the pages work with."""

from collections import Counter
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

    def instrument_ids(self) -> dict[str, str]:
        """The ids of instruments by the names that one of them alone bears."""
        held = self.library.instruments
        names = Counter(name for each in held for name in {each.name, *each.short_names})
        named = {
            n: each.id for each in held for n in (each.name, *each.short_names) if names[n] < 2
        }
        return named | {each.id: each.id for each in held}

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
        Measuring(workspace.effect, workspace.effect.learn),
        provider_of(app.settings),
        paths,
    )
