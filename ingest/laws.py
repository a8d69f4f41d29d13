"""Statutes that an operator took in: kept beside the index, and passages of it when it is built."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.answering.retrieval.rows import passage_from_line, passage_to_line
from bot.chinese.scripts import script_of
from bot.knowledge.passage import Passage
from bot.knowledge.vocabulary import Language
from ingest.intake import Intake, Piece
from ingest.report import Outcome, outcome_of
from ingest.whole_file import write_whole

FOLDER = "laws"
SLUG = re.compile(r"[a-z0-9-]{1,80}")
PREFIX = "law"  # no instrument of the knowledge base has this id, so ids never meet


def keep_law(intake: Intake, data_dir: Path) -> Path:
    """Write the passages of a statute; taking it in again replaces them."""
    path = data_dir / FOLDER / f"{law_id(intake)}.jsonl"
    lines = (passage_to_line(passage).decode() for passage in law_passages(intake))
    write_whole(path, "".join(lines))
    return path


def kept_laws(data_dir: Path) -> Iterator[Passage]:
    """The passages of every statute that was taken in."""
    for path in sorted((data_dir / FOLDER).glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            yield passage_from_line(line)


def laws_fingerprint(data_dir: Path) -> str:
    """A hash that changes whenever the statutes taken in do."""
    digest = hashlib.sha256()
    for path in sorted((data_dir / FOLDER).glob("*.jsonl")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def law_passages(intake: Intake) -> list[Passage]:
    """The articles as passages; one that may not be kept is left out."""
    kept = [piece for piece in intake.pieces if outcome_of(piece) is not Outcome.REFUSED]
    passages = (_passage(intake, piece) for piece in kept)
    return list({passage.id: passage for passage in passages}.values())


def law_id(intake: Intake) -> str:
    """The statute's own id where its front matter has one, else one made of its name and date."""
    facts = intake.read.facts
    if SLUG.fullmatch(named := facts.get("id", "")):
        return named
    part = intake.source.name.rpartition("/")[2] if "节选" in facts.get("scope", "") else ""
    key = f"{intake.read.title} {facts.get('effective', '')} {part}"
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _passage(intake: Intake, piece: Piece) -> Passage:
    document, judgement = intake.read, intake.judged
    return Passage(
        id=f"{PREFIX}:{law_id(intake)}:{piece.article}",
        title=document.title,
        text=piece.text,
        heading=piece.heading,
        trust=judgement.trust,
        language=Language(script_of(piece.text)),
        effective=_day(document.facts.get("effective")),
        ended=_day(document.facts.get("ended")),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
