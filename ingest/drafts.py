"""Drafts: what was taken in, for a person to rewrite; nothing here is ever shown to borrowers."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from ingest.assess.personal_data import without_details
from ingest.intake import Intake, Kind, Piece
from ingest.report import Outcome, outcome_of
from ingest.whole_file import write_whole

FOLDER = "drafts"


def write_draft(intake: Intake, data_dir: Path, taken_in: datetime) -> Path | None:
    """The draft's file, written whole or not at all; nothing where no part may be kept."""
    record = draft_record(intake, taken_in)
    if record is None:
        return None
    path = data_dir / FOLDER / f"{record['id']}.json"
    write_whole(path, json.dumps(record, ensure_ascii=False, indent=1))
    return path


def draft_record(intake: Intake, taken_in: datetime) -> dict[str, Any] | None:
    """What is kept of a source, without personal details; nothing where no part may be kept."""
    kept = [piece for piece in intake.pieces if outcome_of(piece) is not Outcome.REFUSED]
    return _record(intake, kept, taken_in) if kept else None


def draft_id(intake: Intake) -> str:
    """The same for the same source, so that taking it in again replaces its draft."""
    return sha256(intake.source.name.encode()).hexdigest()[:16]


def kept_paragraphs(
    data_dir: Path, leave_out: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """Each paragraph of the drafts that lie there, with the place it came from."""
    for path in sorted((data_dir / FOLDER).glob("*.json")):
        draft: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if draft["source"] in leave_out:
            continue
        for piece in draft["passages"]:
            for paragraph in piece["text"].split("\n"):
                yield paragraph, f"{draft['title']}, a draft of {draft['taken_in'][:10]}"


def _record(intake: Intake, kept: list[Piece], taken_in: datetime) -> dict[str, Any]:
    document, judgement = intake.read, intake.judged
    return {
        "id": draft_id(intake),
        "status": "draft",
        "kind": intake.kind,
        "source": intake.source.name,
        "title": without_details(document.title),
        "taken_in": taken_in.isoformat(timespec="seconds"),
        "trust": judgement.trust,
        "language": judgement.language,
        "facts": dict(document.facts),
        "passages": [_passage(piece) for piece in kept],
        "entry": _entry(intake),
    }


def _passage(piece: Piece) -> dict[str, Any]:
    return {
        "heading": [without_details(heading) for heading in piece.heading],
        "questions": [without_details(question) for question in piece.questions],
        "text": without_details(piece.text),
        "audience": piece.audience,
        "lines": [piece.first_line, piece.last_line],
        "concerns": [
            {**asdict(each), "quote": without_details(each.quote)} for each in piece.concerns
        ],
    }


def _entry(intake: Intake) -> str | None:
    """A guidance file as it was written, for the workspace to open."""
    if intake.kind is not Kind.GUIDANCE:
        return None
    return without_details(intake.source.content.decode("utf-8"))
