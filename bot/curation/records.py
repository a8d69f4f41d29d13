"""The values of curation: what the store keeps of an entry, and what can go wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.errors import BorrowerAidError
from bot.knowledge.entry import Entry
from bot.knowledge.library import ExactAnswer, Mark

Fields = Mapping[str, Any]
"""An entry in its exchange form: the fields of ``Entry`` as JSON carries them; a draft has gaps."""

FILES = "knowledge_base"  # the author of what comes from the files


class State(StrEnum):
    """Where the newest version of an entry, or an exact answer, stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"  # waits for its publication
    PUBLISHED = "published"
    RETIRED = "retired"


class Decision(StrEnum):
    """What a remark about an entry records."""

    COMMENT = "comment"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    APPROVED_ALONE = "approved_alone"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"
    ROLLED_BACK = "rolled_back"
    TO_CHECK = "to_check"
    HELD_BACK = "held_back"  # its time came, but it breaks a rule
    FILE_TAKEN = "file_taken"
    FILE_LEFT = "file_left"


class Kind(StrEnum):
    """Why a publication was made."""

    IMPORT = "import"
    ENTRIES = "entries"
    ROLLBACK = "rollback"
    INSTRUMENT = "instrument"
    EXACT_ANSWER = "exact_answer"


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as a list shows it; ``file_waits`` tells that its file holds another, newer text."""

    id: str
    topic: str
    title: str
    state: State
    revision: int
    version: int
    live_version: int | None
    review_due: date | None
    weak: bool
    check_instrument: str | None
    publish_at: datetime | None
    file_waits: bool
    author: str
    changed_at: datetime
    answers: int = 0
    unhelpful: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an entry."""

    entry: str
    number: int
    fields: Fields
    retires: bool
    author: str
    note: str
    approved_by: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said or decided about an entry."""

    entry: str
    version: int
    kind: Decision
    author: str
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One entry's part in a publication: which version was live before, which is after."""

    entry: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One question's part in a publication: which exact answer was live before, which is after."""

    question: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Publication:
    """What went live together."""

    number: int
    key: str
    kind: Kind
    author: str
    note: str
    created_at: datetime
    changes: tuple[Change, ...] = ()
    answers: tuple[AnswerChange, ...] = ()
    evaluation: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A question that is to be answered by one entry; versions of a question count from one."""

    id: str
    question: str
    entry: str
    state: State
    revision: int
    author: str
    approved_by: str | None
    note: str
    created_at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries a list shows; the words are looked for in title, question forms and text."""

    words: str = ""
    topic: str | None = None
    state: State | None = None
    due_by: date | None = None
    weak: bool = False
    to_check: bool = False
    unused: bool = False
    voted_down: bool = False
    file_waits: bool = False
    order: str = "changed"  # changed, title, review_due, answers, unhelpful


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and how many there are in all."""

    items: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a text from being published: the field, the item in it, and why.

    ``about`` are the names and figures in the message, for the pages that say it in Chinese.
    """

    field: str
    item: int | None
    code: str
    message: str
    about: tuple[tuple[str, str], ...] = ()


class Trouble(StrEnum):
    """How a question went badly."""

    NO_ANSWER = "no_answer"
    UNSURE = "unsure"
    NO_HELP = "no_help"


@dataclass(frozen=True, slots=True)
class AskedBadly:
    """A masked question that went badly, and the reason that its reader gave."""

    question: str
    trouble: Trouble
    entries: tuple[str, ...]
    confidence: float
    reason: str | None
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """How the answers of one day ended: how many of each status."""

    day: date
    statuses: Mapping[str, int]

    @property
    def answers(self) -> int:
        """All answers of the day."""
        return sum(self.statuses.values())

    @property
    def abstained(self) -> float:
        """The share of them that said: I do not know."""
        return self.statuses.get("no_source", 0) / self.answers if self.answers else 0.0


@dataclass(frozen=True, slots=True)
class Upload:
    """A source taken in for rewriting; ``record`` holds its assessment and its parts."""

    id: str
    source: str
    title: str
    state: str
    record: Mapping[str, Any]
    author: str
    taken_in: datetime


@dataclass(frozen=True, slots=True)
class Going:
    """What is about to go live together.

    ``approved`` are entries whose newest version goes live, with the revision that was seen;
    ``restored`` are entries that go back to an earlier version, or to none. A mark that is None is
    taken away again. An exact answer that goes live takes the place of its question's other one.
    """

    kind: Kind
    author: str
    note: str = ""
    approved: tuple[tuple[str, int], ...] = ()
    restored: tuple[tuple[str, int | None], ...] = ()
    marks: Mapping[str, Mark | None] = field(default_factory=dict)
    exact_answers: Mapping[str, State] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shelf:
    """All of curation that borrowers can read, as of one publication."""

    number: int
    entries: tuple[Entry, ...]
    marks: tuple[Mark, ...] = ()
    exact_answers: tuple[ExactAnswer, ...] = ()
    to_check: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """An entry as a file of the knowledge base holds it."""

    entry: Entry
    text: str
    hash: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the files' entries; ``waiting`` are those that somebody must decide on."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether something else is live than before."""
        return bool(self.new or self.changed or self.retired)


def fields_of(entry: Entry) -> dict[str, Any]:
    """An entry in its exchange form, what is as usual left out."""
    return entry.model_dump(mode="json", exclude_defaults=True)


class CurationError(BorrowerAidError):
    """A step of curation that cannot be taken."""


class Unknown(CurationError):
    """There is no such entry, version or publication."""


@dataclass
class Conflict(CurationError):
    """Somebody else changed the entry meanwhile; nothing was written."""

    entry: str
    revision: int
    author: str
    changed_at: datetime

    def __str__(self) -> str:
        return f"{self.entry} was changed by {self.author}; its revision is now {self.revision}"


class Overtaken(CurationError):
    """Something else went live meanwhile; what was built has to be built again."""


class NotNow(CurationError):
    """The entry is in a state from which this step does not lead."""


class NeedsAnother(CurationError):
    """Nobody approves their own text."""


class NameTaken(CurationError):
    """There is an entry of this id already."""


@dataclass
class Faulty(CurationError):
    """The text breaks rules of the knowledge base."""

    entry: str
    faults: tuple[Fault, ...] = field(default_factory=tuple)

    def __str__(self) -> str:
        first = self.faults[0]
        return f"{self.entry}: {first.field}: {first.message} ({len(self.faults)} faults)"
