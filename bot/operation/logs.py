"""Logs for an operator: what happened, where, how long it took, never what anybody wrote."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

OURS = ("bot", "ingest")
LONGEST_LINE = 200
_PLAIN = frozenset(vars(logging.makeLogRecord({})))


class WordlessFormatter(logging.Formatter):
    """One line for each record; of a fault its kind and its places, since its text may quote."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line of text."""
        extras = " ".join(f"{name}={value}" for name, value in extras_of(record).items())
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = f"{when} {record.levelname} {record.name} {told(record)} {extras}".rstrip()
        return line + (f" fault={fault_of(record)}" if record.exc_info else "")


class JsonFormatter(logging.Formatter):
    """The same as JSON, for whoever collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one JSON object."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "at": when,
            "level": record.levelname,
            "logger": record.name,
            "event": told(record),
            **extras_of(record),
        }
        if record.exc_info:
            line["fault"] = fault_of(record)
        return json.dumps(line, ensure_ascii=False, default=str)


def set_up_logging(form: str, stream: TextIO = sys.stderr) -> None:
    """Write what this process tells to a stream, as ``text`` or ``json``."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter() if form == "json" else WordlessFormatter())
    handler.setLevel(logging.INFO if form == "json" else logging.WARNING)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def told(record: logging.LogRecord) -> str:
    """What a record says: our own words whole, of others' the first line, which quotes nothing."""
    if record.name.split(".")[0] in OURS:
        return record.getMessage()
    return record.getMessage().split("\n", 1)[0][:LONGEST_LINE]


def extras_of(record: logging.LogRecord) -> dict[str, object]:
    """The ids, statuses and durations that a record carries; others' libraries carry nothing."""
    if record.name.split(".")[0] not in OURS:
        return {}
    return {
        name: value
        for name, value in vars(record).items()
        if name not in _PLAIN and name not in ("message", "asctime", "taskName")
    }


def fault_of(record: logging.LogRecord) -> str:
    """The kinds of a chain of faults, and where each was raised."""
    assert record.exc_info is not None
    fault = record.exc_info[1]
    told_of: list[str] = []
    while fault is not None and len(told_of) < 5:
        told_of.append(f"{type(fault).__name__} at {_places(fault.__traceback__)}")
        fault = fault.__cause__ or fault.__context__
    return " caused by ".join(told_of)


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-6:]
    return " > ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
