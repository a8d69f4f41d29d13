"""The JSON-lines loop that every batch command shares."""

import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

Record = dict[str, Any]

STANDARD = "-"
# some readers end a line at these too; inside JSON they may only stand in strings
LINE_ENDS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"}


class RecordError(Exception):
    """A record that cannot be answered, with the reason its sender can act on."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def run(source: str, target: str, answer: Callable[[Record], Record]) -> int:
    """Answer each line of the source in order; 1 if any line failed, 2 if nothing could be read."""
    try:
        with ExitStack() as stack:
            lines, written = open_both(source, target, stack)
            failed = False
            for number, raw in numbered(lines):
                reply = answered(Line(number, raw), answer)
                failed |= write(written, reply)
    except OSError as fault:
        return report_unreadable(fault)
    return int(failed)


async def run_async(source: str, target: str, answer: Callable[[Record], Awaitable[Record]]) -> int:
    """The same loop for answers that must be awaited, one after the other."""
    try:
        with ExitStack() as stack:
            lines, written = open_both(source, target, stack)
            failed = False
            for number, raw in numbered(lines):
                reply = await answered_later(Line(number, raw), answer)
                failed |= write(written, reply)
    except OSError as fault:
        return report_unreadable(fault)
    return int(failed)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source and where it stands."""

    number: int
    raw: bytes

    def record(self) -> Record:
        """The record the line holds."""
        try:
            record = json.loads(self.raw.decode("utf-8-sig"))
        except UnicodeDecodeError as fault:
            raise RecordError("not_utf8", "这一行不是 UTF-8 文本") from fault
        except (ValueError, RecursionError) as fault:
            raise RecordError("bad_json", f"这一行不是有效的 JSON（{fault}）") from fault
        if not isinstance(record, dict):
            raise RecordError("not_an_object", "这一行应当是一个 JSON 对象")
        return record

    def failure(self, record: Record, fault: Exception) -> Record:
        """What is written in place of an answer."""
        if not isinstance(fault, RecordError):
            fault = RecordError("internal", f"内部错误 {type(fault).__name__}")
        message = f"第 {self.number} 行：{fault.message}"
        error = {"code": fault.code, "message": message, "line": self.number}
        return {"id": record.get("id"), "error": error}


def answered(line: Line, answer: Callable[[Record], Record]) -> Record:
    """The answer to one line, or the report of what is wrong with it."""
    record: Record = {}
    try:
        record = line.record()
        return {"id": record.get("id"), **answer(record)}
    except Exception as fault:  # noqa: BLE001 - one record's fault must not cost the others
        return line.failure(record, fault)


async def answered_later(line: Line, answer: Callable[[Record], Awaitable[Record]]) -> Record:
    """The same, awaited."""
    record: Record = {}
    try:
        record = line.record()
        return {"id": record.get("id"), **await answer(record)}
    except Exception as fault:  # noqa: BLE001 - one record's fault must not cost the others
        return line.failure(record, fault)


def open_both(source: str, target: str, stack: ExitStack) -> tuple[BinaryIO, BinaryIO]:
    """The two ends of the loop; bytes, so that the platform's encoding plays no part."""
    if source != STANDARD and Path(source).resolve() == Path(target).resolve():
        raise OSError(f"{source} 同时是输入和输出")
    lines: BinaryIO = sys.stdin.buffer
    written: BinaryIO = sys.stdout.buffer
    if source != STANDARD:
        lines = stack.enter_context(Path(source).open("rb"))  # noqa: SIM115 - the stack closes it
    if target != STANDARD:
        written = stack.enter_context(Path(target).open("wb"))  # noqa: SIM115 - likewise
    return lines, written


def numbered(lines: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers; blank ones count, except at the end of the file."""
    blank: list[int] = []
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            blank.append(number)
            continue
        yield from ((earlier, b"") for earlier in blank)
        blank.clear()
        yield number, raw


def write(target: BinaryIO, reply: Record) -> bool:
    """Write one line; true when it reports a failure."""
    text = json.dumps(reply, ensure_ascii=False, allow_nan=False).translate(LINE_ENDS)
    # a lone surrogate from the input becomes the JSON escape it came as
    target.write(text.encode("utf-8", "backslashreplace") + b"\n")
    target.flush()
    return "error" in reply


def report_unreadable(fault: OSError) -> int:
    """Say on the terminal why nothing was read."""
    print(fault, file=sys.stderr)  # noqa: T201 - this is the terminal
    return 2
