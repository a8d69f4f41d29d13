"""Everything the workspace works with, over a built assistant."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.clock import today
from bot.curation.follow import Follow
from bot.curation.workflow import Workflow
from bot.store.entries import Entries
from bot.store.publications import Publications

if TYPE_CHECKING:
    from bot.app import App


@dataclass(frozen=True, slots=True)
class Workspace:
    """What the pages of the workspace are given."""

    entries: Entries
    publications: Publications
    workflow: Workflow
    follow: Follow


def open_workspace(app: "App") -> Workspace:
    """The workspace of an assistant; what it publishes, that assistant answers with a second later."""
    settings = app.settings
    entries, publications = Entries(app.engine), Publications(app.engine)
    letters = frozenset(file.stem for file in (settings.knowledge_dir / "letters").glob("*.*"))
    workflow = Workflow(entries, publications, app.live, letters, today)
    follow = Follow(app.live, app.editions, app.edition, workflow.publish_due)
    return Workspace(entries, publications, workflow, follow)
