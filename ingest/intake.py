"""The values that pass from step to step while a source is taken in."""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.knowledge.vocabulary import Audience, Language, TrustTier


class Kind(StrEnum):
    """What the person who takes it in says a source is."""

    GUIDANCE = "guidance"
    LAW = "law"
    WEB = "web"


class Code(StrEnum):
    """What can be wrong with a part of a source."""

    LENDER_SIDE = "lender_side"
    PROFESSIONAL = "professional"
    UNCLEAR_AUDIENCE = "unclear_audience"
    SPUN = "spun"
    FILLER = "filler"
    NUMBERING = "numbering"
    NO_SOURCE = "no_source"
    KNOWN_MISTAKE = "known_mistake"
    INJECTION = "injection"
    HIDDEN = "hidden"
    PERSONAL_DATA = "personal_data"
    NEAR_DUPLICATE = "near_duplicate"
    LANGUAGE = "language"
    UNREADABLE = "unreadable"
    ARTICLES = "articles"
    NOT_IN_FORCE = "not_in_force"


class Unreadable(ValueError):
    """A source cannot be taken in; the words say why, ``line`` where."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes with the name a person knows them by: a path, an address, archive.zip!/inside.

    ``form`` is the ending that tells the reader to use where the name does not: ``.html``.
    """

    name: str
    content: bytes
    charset: str | None = None
    from_web: bool = False
    form: str = ""

    @property
    def suffix(self) -> str:
        """The ending that tells the reader to use, in lower case: ``.md``."""
        if self.form:
            return self.form
        last = self.name.rpartition("/")[2]
        return f".{last.rpartition('.')[2].lower()}" if "." in last else ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (level 1 and more) or a paragraph, and where in the source it begins.

    ``opens`` is false where the source gives no sign that a new paragraph begins.
    """

    text: str
    line: int
    level: int = 0
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Concern:
    """Something a person must look at; ``quote`` is the place in the source's words."""

    code: Code
    line: int
    reason: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A source's text by blocks, what it says of itself, and what was noticed while reading it.

    ``page_starts`` are the lines on which the pages of a PDF begin.
    """

    title: str
    blocks: tuple[Block, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    concerns: tuple[Concern, ...] = ()
    dropped: int = 0
    counts_paragraphs: bool = False
    page_starts: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """All blocks, one a line."""
        return "\n".join(block.text for block in self.blocks)

    def place(self, line: int) -> str:
        """Where a person finds a line: by page in a PDF, by paragraph in a Word file."""
        if self.page_starts:
            page = bisect_right(self.page_starts, line)
            return f"page {page}, line {line - self.page_starts[page - 1] + 1}"
        return f"{'paragraph' if self.counts_paragraphs else 'line'} {line}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out about a document: concerns, and the audience of each block."""

    concerns: tuple[Concern, ...]
    audiences: tuple[Audience, ...]
    trust: TrustTier
    language: Language | None


@dataclass(frozen=True, slots=True)
class Piece:
    """What becomes one passage or one part of a draft."""

    text: str
    heading: tuple[str, ...]
    first_line: int
    last_line: int
    audience: Audience = Audience.BORROWER
    questions: tuple[str, ...] = ()
    article: str | None = None
    concerns: tuple[Concern, ...] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """A source on its way; each step gives a new one, ``refused`` ends the way.

    ``sure`` says that a person named the kind.
    """

    source: Source
    kind: Kind
    sure: bool = False
    document: Document | None = None
    judgement: Judgement | None = None
    pieces: tuple[Piece, ...] = ()
    refused: Concern | None = None

    @property
    def read(self) -> Document:
        """The document, once it has been loaded."""
        assert self.document is not None
        return self.document

    @property
    def judged(self) -> Judgement:
        """The judgement, once it has been made."""
        assert self.judgement is not None
        return self.judgement


Step = Callable[[Intake], Intake]
