"""Everything the workspace works with, over a built assistant."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answering.compose import Compose
from bot.answering.composing.reminders import Reminders
from bot.answering.finish import Finish
from bot.answering.pipeline import Step
from bot.clock import today
from bot.curation.effect import MeasureEffect
from bot.curation.exact_answers import ExactAnswers
from bot.curation.follow import Follow
from bot.curation.preview import Preview
from bot.curation.workflow import Workflow
from bot.knowledge.library import Library
from bot.settings import ROOT
from bot.store.entries import Entries
from bot.store.exact_answers import SettledQuestions
from bot.store.publications import Publications
from bot.wording import Wording

if TYPE_CHECKING:
    from bot.app import App

LABELLED = ROOT / "tests" / "evaluation"


@dataclass(frozen=True, slots=True)
class Workspace:
    """What the pages of the workspace are given."""

    entries: Entries
    publications: Publications
    workflow: Workflow
    exact_answers: ExactAnswers
    preview: Preview
    effect: MeasureEffect
    follow: Follow

    def close(self) -> None:
        """Clear away what was only tried out."""
        self.preview.close()


def open_workspace(app: "App") -> Workspace:
    """The workspace of an assistant; what it publishes, that assistant says a second later."""
    knowledge = app.settings.knowledge_dir
    entries, publications = Entries(app.engine), Publications(app.engine)
    letters = frozenset(file.stem for file in (knowledge / "letters").glob("*.*"))
    workflow = Workflow(entries, publications, app.live, letters, today)
    preview = open_preview(app)
    return Workspace(
        entries=entries,
        publications=publications,
        workflow=workflow,
        exact_answers=ExactAnswers(
            SettledQuestions(app.engine), app.live, workflow.one_person_may_publish
        ),
        preview=preview,
        effect=MeasureEffect(preview, app.editions, LABELLED, today),
        follow=Follow(app.live, app.editions, app.edition, workflow.publish_due),
    )


def open_preview(app: "App") -> Preview:
    """Answers that nobody is given."""
    phrases = app.settings.knowledge_dir / "phrases"
    reminders = Reminders.read(phrases / "reminders.yaml")
    spoken = ("conversation.yaml", "hand_off.yaml", "telegram.yaml")
    wording = Wording.read(*(phrases / name for name in spoken))

    def assemble(library: Library) -> Sequence[Step]:
        return Compose(library, wording, reminders), Finish(library, wording)

    return Preview(app.live, app.editions, app.edition, assemble, wording, today)
