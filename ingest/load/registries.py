"""Registries: YAML files -> instruments, channels, creditors and the other records."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from bot.knowledge.fork import Fork
from bot.knowledge.instrument import Instrument
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
from ingest.finding import Finding, Located, Place, locate
from ingest.load.located_yaml import UnreadableYaml, read_yaml

REGISTRIES: Mapping[str, type[Record]] = {
    "channels": Channel,
    "help_lines": HelpLine,
    "creditors": Creditor,
    "conduct_rules": ConductRule,
    "deadlines": Deadline,
    "scam_signs": ScamSign,
    "forks": Fork,
    "worries": Worry,
}
R = TypeVar("R", bound=Record)


def read_registry(file: Path, model: type[R]) -> tuple[list[Located[R]], list[Finding]]:
    """The records of a file that can be read, and what hinders the others."""
    try:
        records, lines = read_yaml(file.read_text(encoding="utf-8"), file)
    except UnreadableYaml as unreadable:
        return [], [unreadable.finding]
    if not isinstance(records, list):
        return [], [Finding(file, 1, "schema", "a registry is a list of records")]
    read = [
        locate(model, record, file, _under(lines, number)) for number, record in enumerate(records)
    ]
    return _sorted(read)


def read_instrument(file: Path) -> Located[Instrument] | list[Finding]:
    """The instrument in a file, or what hinders reading it."""
    try:
        value, lines = read_yaml(file.read_text(encoding="utf-8"), file)
    except UnreadableYaml as unreadable:
        return [unreadable.finding]
    return locate(Instrument, value, file, lines)


def _under(lines: Mapping[Place, int], number: int) -> dict[Place, int]:
    return {place[1:]: line for place, line in lines.items() if place and place[0] == number}


def _sorted(read: list[Located[R] | list[Finding]]) -> tuple[list[Located[R]], list[Finding]]:
    good = [each for each in read if isinstance(each, Located)]
    faults = [finding for each in read if isinstance(each, list) for finding in each]
    return good, faults
