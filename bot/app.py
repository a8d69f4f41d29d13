"""Builds everything: the one place that picks classes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Engine

from bot.answering.add_local_note import AddLocalNote
from bot.answering.ask_back import AskBack
from bot.answering.check_safety import CheckSafety
from bot.answering.clean import Clean
from bot.answering.compose import Compose
from bot.answering.compose_with_model import ComposeWithModel, Prompt
from bot.answering.composing.glosses import Glosses
from bot.answering.composing.reminders import Reminders
from bot.answering.composing.shelf import Shelf
from bot.answering.finish import Finish
from bot.answering.ground import Ground
from bot.answering.model import HostedModel
from bot.answering.pipeline import Step
from bot.answering.redact import Redact
from bot.answering.retrieval.embedding import Embedder, open_embedder
from bot.answering.retrieval.retriever import Retriever
from bot.answering.retrieve import Retrieve
from bot.answering.screen import Screen
from bot.answering.screening.replies import Replies
from bot.answering.understand import Understand
from bot.clock import today
from bot.curation.live import Live
from bot.dialogue.check_rate import CheckRate
from bot.dialogue.continue_interview import ContinueInterview
from bot.dialogue.creditor_names import CreditorNames
from bot.dialogue.forget import Forget
from bot.dialogue.hand_off import Decide, PassOn, TalkToPerson
from bot.dialogue.judge_offer import JudgeOffer
from bot.dialogue.known_answers import KnownAnswers
from bot.dialogue.office_hours import OfficeHours, read_office_hours
from bot.dialogue.phrasebook import Phrasebook
from bot.dialogue.reminders import Remind
from bot.dialogue.respond import Respond
from bot.dialogue.volunteer_desk import VolunteerDesk
from bot.dialogue.write_letter import WriteLetter
from bot.drafting.template import Template, read_templates
from bot.editions import AnsweringSteps, Edition, Editions, TalkingSteps
from bot.knowledge.library import Library
from bot.knowledge.library_lines import Known, from_lines
from bot.operation.threads import one_thread_for_sums
from bot.settings import Settings
from bot.store.conversations import Conversations
from bot.store.database import open_database
from bot.store.erasures import Erasures
from bot.store.files import Files
from bot.store.group_commit import GroupCommit
from bot.store.hand_offs import HandOffs
from bot.store.interviews import Interviews
from bot.store.keys import open_keyring
from bot.store.publications import Publications
from bot.store.reminders import Reminders as InstalmentReminders
from bot.store.site_directory import SiteDirectory
from bot.store.sites import SiteStore
from bot.store.switches import MODEL, Switches
from bot.wording import Wording
from ingest.publish import LIBRARY

Hours = Callable[[str | None], OfficeHours | None]
"""When volunteers are there for the visitors of a site, or of none."""


@dataclass(frozen=True, slots=True)
class App:
    """What the transports are given."""

    settings: Settings
    wording: Wording
    editions: Editions
    steps: Sequence[Step]
    respond: Respond
    engine: Engine
    desk: VolunteerDesk
    commits: GroupCommit
    sites: SiteDirectory
    live: Live
    edition: Callable[[str, Retriever, Edition], Edition]
    model: HostedModel | None = None

    @property
    def library(self) -> Library:
        """What is published now."""
        return self.editions.current.library

    @property
    def retriever(self) -> Retriever:
        """The index of what is published now."""
        return self.editions.current.retriever

    async def aclose(self) -> None:
        """Give back what is held open."""
        if self.model is not None:
            await self.model.aclose()


def build(settings: Settings) -> App:
    """The whole assistant, with its index built or reused and its database open."""
    one_thread_for_sums()
    engine = open_store(settings)
    embedder = open_embedder(*settings.embedding)
    live = open_live(settings, engine, embedder)
    live.follow_files()
    phrases = settings.knowledge_dir / "phrases"
    spoken = ("conversation.yaml", "forget.yaml", "hand_off.yaml", "instalments.yaml")
    wording = Wording.read(*(phrases / each for each in spoken))
    switches = Switches(engine)
    model = open_model(settings, switches)
    sites = SiteDirectory(SiteStore(engine))
    note = AddLocalNote(sites, embedder, wording)
    hours = volunteer_hours(settings, sites)
    reviewed = Reviewed.read(settings)
    edition = partial(edition_of, settings, reviewed, engine, wording, model, note, hours)
    editions = Editions(edition(*live.open()))
    commits = GroupCommit(engine)
    known = known_answers(editions, sites) if model is None else None
    conversations = Conversations(engine, commits)
    talking, answering = TalkingSteps(editions), AnsweringSteps(editions)
    forget = Forget(Erasures(engine), wording, lambda: datetime.now(UTC))
    respond = Respond(talking, conversations, wording, today, switches, known, answering, forget)
    return App(
        settings,
        wording,
        editions,
        answering,
        respond,
        engine,
        VolunteerDesk(HandOffs(engine), wording),
        commits,
        sites,
        live,
        edition,
        model,
    )


def known_answers(editions: Editions, sites: SiteDirectory) -> KnownAnswers:
    """The memory of answers, which a new edition or a changed site makes useless."""
    return KnownAnswers(lambda: f"{editions.current.key} {sites.version}")


def open_live(settings: Settings, engine: Engine, embedder: Embedder) -> Live:
    """What decides which knowledge is live, over an open database."""
    return Live(
        Publications(engine),
        Files(engine),
        settings.knowledge_dir,
        settings.index_dir,
        embedder,
    )


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What editions are made of besides publications: a change of these is taken up at a start."""

    screen: Screen
    replies: Replies
    reminders: Reminders
    glosses: Glosses
    templates: Mapping[str, Template]
    english: Phrasebook
    prices_english: Phrasebook
    prompt: Prompt

    @classmethod
    def read(cls, settings: Settings) -> "Reviewed":
        """The reviewed words and rules of the files."""
        phrases = settings.knowledge_dir / "phrases"
        english = [phrases / each for each in ("interview_english.yaml", "letters_english.yaml")]
        return cls(
            Screen.read(phrases / "lexicons"),
            Replies.read(phrases / "replies"),
            Reminders.read(phrases / "reminders.yaml"),
            Glosses.read(phrases / "glosses.yaml"),
            read_templates(settings.knowledge_dir / "letters"),
            Phrasebook.read(*english),
            Phrasebook.read(phrases / "prices_english.yaml", *english),
            Prompt.read(settings.prompts_dir),
        )


def edition_of(
    settings: Settings,
    reviewed: Reviewed,
    engine: Engine,
    wording: Wording,
    model: HostedModel | None,
    note: Step,
    hours: Hours,
    key: str,
    retriever: Retriever,
    before: Edition | None = None,
) -> Edition:
    """All that is made of one publication; what is unchanged since the one before is taken over."""
    if settings.chroma_url is not None:
        retriever.ask_server(settings.chroma_url)
    library = library_of(retriever, before)
    shelf = Shelf(library, before.shelf if before else None)
    privacy = privacy_steps(wording)
    safety: tuple[Step, ...] = (CheckSafety(reviewed.screen, reviewed.replies, library, wording),)
    advising = advising_steps(reviewed, library, shelf, retriever, wording, model, note)
    interviews, names = Interviews(engine), CreditorNames(library.creditors)
    templates = reviewed.templates
    planning: tuple[Step, ...] = (
        Remind(InstalmentReminders(engine), interviews, wording, today),
        WriteLetter(interviews, names, templates, today, reviewed.english),
        JudgeOffer(interviews, library, wording, templates, today, reviewed.prices_english),
        CheckRate(interviews, library, wording, today, reviewed.prices_english),
        ContinueInterview(interviews, names, templates, today, reviewed.english),
    )
    hand_offs = HandOffs(engine)
    talk = TalkToPerson(hand_offs, wording, hours)
    talking: tuple[Step, ...] = (
        *privacy,
        PassOn(hand_offs),
        Decide(talk),
        *safety,
        talk,
        *planning,
        *advising,
    )
    sums: tuple[Step, ...] = (
        JudgeOffer(None, library, wording, templates, today, reviewed.prices_english),
        CheckRate(None, library, wording, today, reviewed.prices_english),
    )
    answering = (*privacy, *safety, *sums, *advising)
    return Edition(key, library, retriever, shelf, answering, talking)


def library_of(retriever: Retriever, before: Edition | None) -> Library:
    """The library of an index; entries that the edition before has already are not read again."""
    known = Known.of(before.library, before.retriever.extra(LIBRARY)) if before else None
    return from_lines(retriever.extra(LIBRARY), known)


def open_store(settings: Settings) -> Engine:
    """The configured database, its keys from the settings or the key file."""
    configured = settings.encryption_keys
    keys = configured.get_secret_value() if configured else None
    return open_database(settings.store_url, open_keyring(keys, settings.key_folder))


def privacy_steps(wording: Wording) -> tuple[Step, ...]:
    """What every message goes through before anybody sees it."""
    return (Clean(wording), Redact())


def volunteer_hours(settings: Settings, sites: SiteDirectory) -> Hours:
    """When volunteers are there: a site's own, else everybody's; none where no place is set."""
    everybodys = None if settings.telegram_volunteers_chat is None else OfficeHours()
    if settings.volunteer_hours is not None:
        everybodys = read_office_hours(settings.volunteer_hours)

    def of(key: str | None) -> OfficeHours | None:
        site = sites.get(key) if key is not None else None
        own = site.volunteer_hours if site else None
        return read_office_hours(own) if own else everybodys

    return of


def advising_steps(
    reviewed: Reviewed,
    library: Library,
    shelf: Shelf,
    retriever: Retriever,
    wording: Wording,
    model: HostedModel | None,
    note: Step,
) -> tuple[Step, ...]:
    """From a question to its answer; a language model adds its step where one is configured."""
    return (
        Understand(library, wording),
        Retrieve(retriever, library),
        Compose(library, wording, reviewed.reminders, reviewed.glosses, shelf),
        *((ComposeWithModel(model, reviewed.prompt, library),) if model else ()),
        Ground(),
        note,
        AskBack(library),
        Finish(library, wording),
    )


def open_model(settings: Settings, switches: Switches) -> HostedModel | None:
    """The configured language model, if any; an operator can switch it off."""
    if settings.llm_model is None:
        return None
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else None
    return HostedModel(
        settings.llm_model,
        settings.llm_base_url,
        key,
        settings.llm_deadline_seconds,
        partial(switches.off, MODEL),
    )
