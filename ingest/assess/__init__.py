"""Third step: what is known about a source before a person reads it, one judgement a file."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from ingest.assess.audience import AudienceJudge
from ingest.assess.claims import ClaimsJudge
from ingest.assess.injection import InjectionJudge
from ingest.assess.language import language_concerns, language_of
from ingest.assess.near_duplicates import NearDuplicates
from ingest.assess.personal_data import personal_data
from ingest.assess.quality import QualityJudge
from ingest.assess.trust import trust_of
from ingest.assess.words import Words
from ingest.intake import Concern, Document, Intake, Judgement, Kind
from ingest.load.markdown_law import article_concerns

Judge = Callable[[Document], Iterable[Concern]]


class Assess:
    """Judge a document; a statute is held to less, for it is what claims are measured by."""

    def __init__(self, words: Words, duplicates: NearDuplicates) -> None:
        self._audience = AudienceJudge(words)
        always: tuple[Judge, ...] = (InjectionJudge(words), language_concerns)
        self._judges: dict[Kind, tuple[Judge, ...]] = {
            Kind.LAW: (article_concerns, *always),
            Kind.GUIDANCE: (*always, personal_data),
            Kind.WEB: (
                self._audience,
                QualityJudge(words),
                ClaimsJudge(words),
                *always,
                personal_data,
                duplicates,
            ),
        }

    def __call__(self, intake: Intake) -> Intake:
        """The intake with everything the judges say of its document."""
        document = intake.read
        said = [concern for judge in self._judges[intake.kind] for concern in judge(document)]
        return replace(
            intake,
            judgement=Judgement(
                concerns=(*document.concerns, *said),
                audiences=self._audience.audiences(document),
                trust=trust_of(intake),
                language=language_of(document.text),
            ),
        )
