"""The reviewed wording of each draft, read from ``knowledge_base/letters``."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import KnowledgeUnreadable
from bot.knowledge.entry import Citation
from bot.knowledge.vocabulary import LenderType

PLACEHOLDER = re.compile(r"\{([a-z_0-9]+)\}")


class Part(BaseModel):
    """A piece of a letter; shown when all of ``needs`` hold and none of ``unless``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str | None = None
    heading: str | None = None
    items: tuple["str | Part", ...] = ()
    table: Literal["budget", "debts", "plans", "shares", "schedule"] | None = None
    picture: Literal["balances"] | None = None
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def holds(self, known: frozenset[str]) -> bool:
        """Whether this piece belongs in a letter about which so much is known."""
        return known.issuperset(self.needs) and known.isdisjoint(self.unless)

    def words(self) -> Iterator[str]:
        """Every wording in this piece."""
        yield from (each for each in (self.text, self.heading) if each)
        for item in self.items:
            yield from [item] if isinstance(item, str) else item.words()


class Template(BaseModel):
    """One kind of draft: its wording, when to use it, when not, and what to attach."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    button: str
    when: tuple[str, ...] = Field(min_length=1)
    not_when: tuple[str, ...] = Field(min_length=1)
    attach: tuple[str, ...] = ()
    attach_note: str | None = None
    per_creditor: bool = True
    lender_types: tuple[LenderType, ...] = (LenderType.ANY,)
    not_for: tuple[LenderType, ...] = ()
    requires: tuple[str, ...] = ()
    addressee: str | None = None
    body: tuple[Part, ...] = Field(min_length=1)
    closing: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    reviewed: date
    review_due: date

    def words(self) -> Iterator[str]:
        """Every wording that reaches the letter."""
        yield self.title
        yield from (self.addressee or "", *self.closing, *self.signature, *self.attach)
        for part in self.body:
            yield from part.words()

    def guide_words(self) -> Iterator[str]:
        """What is said to the borrower about the draft."""
        yield from (*self.when, *self.not_when)
        if self.attach_note:
            yield self.attach_note


def read_templates(folder: Path) -> dict[str, Template]:
    """The templates of a folder by their id, which is the file's name."""
    return {path.stem: read_template(path) for path in sorted(folder.glob("*.yaml"))}


def read_template(path: Path) -> Template:
    """One template; a file that cannot be used is named."""
    try:
        template = Template.model_validate(
            yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        )
    except (ValidationError, yaml.YAMLError) as fault:
        raise KnowledgeUnreadable(f"{path}: {fault}") from fault
    if template.id != path.stem:
        raise KnowledgeUnreadable(f"{path}: id {template.id} is not the file's name")
    return template
