"""Everything the workspace works with, over a built assistant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answering.compose import Compose
from bot.answering.composing.glosses import Glosses
from bot.answering.composing.reminders import Reminders
from bot.answering.composing.shelf import Shelf
from bot.answering.finish import Finish
from bot.answering.pipeline import Step
from bot.clock import SHANGHAI, today
from bot.curation.chores import Chores
from bot.curation.effect import MeasureEffect
from bot.curation.exact_answers import ExactAnswers
from bot.curation.follow import Follow
from bot.curation.gaps import FindGaps
from bot.curation.preview import Preview
from bot.curation.uploads import TakeIn
from bot.curation.workflow import Workflow
from bot.dialogue.volunteer_away import VolunteerAway
from bot.editions import Edition
from bot.knowledge.library import Library
from bot.settings import ROOT
from bot.store.entries import Entries
from bot.store.exact_answers import SettledQuestions
from bot.store.hand_offs import HandOffs
from bot.store.publications import Publications
from bot.store.questions import Questions
from bot.store.uploads import Uploads
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
    gaps: FindGaps
    uploads: Uploads
    take_in: TakeIn
    follow: Follow

    def close(self) -> None:
        """Clear away what was only tried out."""
        self.effect.close()
        self.preview.close()


def open_workspace(app: "App", labelled: Path = LABELLED) -> Workspace:
    """The workspace of an assistant; what it publishes, that assistant says a second later.

    ``labelled`` is the folder of the questions that are tried before a publication.
    """
    knowledge = app.settings.knowledge_dir
    entries, publications = Entries(app.engine), Publications(app.engine)
    letters = frozenset(file.stem for file in (knowledge / "letters").glob("*.*"))
    workflow = Workflow(entries, publications, app.live, letters, today)
    preview = open_preview(app)
    questions, uploads = Questions(app.engine), Uploads(app.engine)
    quiet = timedelta(minutes=app.settings.volunteer_quiet_minutes)
    volunteer_away = VolunteerAway(HandOffs(app.engine), app.desk, app.wording, quiet)
    chores = Chores(workflow.publish_due, questions.count_uses, volunteer_away)
    return Workspace(
        entries=entries,
        publications=publications,
        workflow=workflow,
        exact_answers=ExactAnswers(
            SettledQuestions(app.engine),
            app.live,
            workflow.faults_answering,
            workflow.one_person_may_publish,
        ),
        preview=preview,
        effect=MeasureEffect(preview, app.editions, labelled, today),
        gaps=FindGaps(
            questions, entries, app.editions, app.live.embedder, lambda: datetime.now(SHANGHAI)
        ),
        uploads=uploads,
        take_in=TakeIn(uploads, app.settings.data_dir),
        follow=Follow(app.live, app.editions, app.edition, chores),
    )


def open_preview(app: "App") -> Preview:
    """Answers that nobody is given."""
    phrases = app.settings.knowledge_dir / "phrases"
    reminders = Reminders.read(phrases / "reminders.yaml")
    glosses = Glosses.read(phrases / "glosses.yaml")
    spoken = ("conversation.yaml", "hand_off.yaml", "telegram.yaml")
    wording = Wording.read(*(phrases / name for name in spoken))

    def assemble(library: Library, current: Edition) -> Sequence[Step]:
        shelf = Shelf(library, current.shelf)
        return Compose(library, wording, reminders, glosses, shelf), Finish(library, wording)

    return Preview(app.live, app.editions, app.edition, assemble, wording, today)
