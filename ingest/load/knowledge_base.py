"""The knowledge base's folder -> Library, or every fault in it by file and line."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.knowledge.entry import Entry
from bot.knowledge.fork import Fork
from bot.knowledge.instrument import Instrument
from bot.knowledge.library import Library
from bot.knowledge.registry import (
    Channel,
    ConductRule,
    Creditor,
    Deadline,
    HelpLine,
    Record,
    ScamSign,
)
from bot.knowledge.worry import Worry
from ingest.finding import Finding, Located
from ingest.load.guidance import read_entry
from ingest.load.registries import read_instrument, read_registry

R = TypeVar("R", bound=Record)
T = TypeVar("T")


def read_knowledge_base(folder: Path) -> Library:
    """Everything in the folder, or KnowledgeBaseUnreadable with all that is wrong."""
    sources = read_sources(folder)
    if sources.faults:
        raise KnowledgeBaseUnreadable(sources.faults)
    return sources.library()


class KnowledgeBaseUnreadable(ValueError):
    """Files of the knowledge base cannot be read."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


@dataclass(frozen=True)
class Sources:
    """The knowledge base with the place of everything in it."""

    folder: Path
    entries: tuple[Located[Entry], ...]
    instruments: tuple[Located[Instrument], ...]
    channels: tuple[Located[Channel], ...]
    help_lines: tuple[Located[HelpLine], ...]
    creditors: tuple[Located[Creditor], ...]
    conduct_rules: tuple[Located[ConductRule], ...]
    deadlines: tuple[Located[Deadline], ...]
    scam_signs: tuple[Located[ScamSign], ...]
    forks: tuple[Located[Fork], ...]
    worries: tuple[Located[Worry], ...]
    letters: frozenset[str]
    faults: tuple[Finding, ...]

    def records(self) -> tuple[Located[Record | Instrument], ...]:
        """All that the registries hold, instruments first."""
        return (
            *self.instruments,
            *self.channels,
            *self.help_lines,
            *self.creditors,
            *self.conduct_rules,
            *self.deadlines,
            *self.scam_signs,
            *self.forks,
            *self.worries,
        )

    def library(self) -> Library:
        """The values alone."""
        return Library(
            entries=_values(self.entries),
            instruments=_values(self.instruments),
            channels=_values(self.channels),
            help_lines=_values(self.help_lines),
            creditors=_values(self.creditors),
            conduct_rules=_values(self.conduct_rules),
            deadlines=_values(self.deadlines),
            scam_signs=_values(self.scam_signs),
            forks=_values(self.forks),
            worries=_values(self.worries),
        )


def read_registries(folder: Path) -> tuple[Library, tuple[Finding, ...]]:
    """Everything but the entries, and what cannot be read of it."""
    sources = read_sources(folder, guidance=False)
    return sources.library(), sources.faults


def read_sources(folder: Path, *, guidance: bool = True) -> Sources:
    """All that can be read in the folder, and the faults of the rest."""
    faults: list[Finding] = []
    files = sorted((folder / "guidance").glob("*/*.md")) if guidance else []

    def registry(name: str, model: type[R]) -> tuple[Located[R], ...]:
        file = folder / f"{name}.yaml"
        if not file.exists():
            return ()
        records, found = read_registry(file, model)
        faults.extend(found)
        return tuple(records)

    return Sources(
        folder=folder,
        entries=_good(map(read_entry, files), faults),
        instruments=_good(
            map(read_instrument, sorted((folder / "instruments").glob("*.yaml"))), faults
        ),
        channels=registry("channels", Channel),
        help_lines=registry("help_lines", HelpLine),
        creditors=registry("creditors", Creditor),
        conduct_rules=registry("conduct_rules", ConductRule),
        deadlines=registry("deadlines", Deadline),
        scam_signs=registry("scam_signs", ScamSign),
        forks=registry("forks", Fork),
        worries=registry("worries", Worry),
        letters=frozenset(file.stem for file in (folder / "letters").glob("*.*")),
        faults=tuple(faults),
    )


def _good(
    read: Iterable[Located[T] | list[Finding]], faults: list[Finding]
) -> tuple[Located[T], ...]:
    good = []
    for each in read:
        if isinstance(each, Located):
            good.append(each)
        else:
            faults.extend(each)
    return tuple(good)


def _values(located: Iterable[Located[T]]) -> tuple[T, ...]:
    return tuple(each.value for each in located)
