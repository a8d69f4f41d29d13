import io
import json
import sys
from pathlib import Path

import pytest

from bot.transports.jsonl.lines import Record, RecordError, run, run_async


def double(record: Record) -> Record:
    if record.get("n") == 13:
        raise RecordError("unlucky", "不喜欢 13")
    return {"double": record["n"] * 2}


async def double_later(record: Record) -> Record:
    return double(record)


def answers(tmp_path: Path, source: bytes, answer=double) -> tuple[int, list[Record]]:
    (tmp_path / "in").write_bytes(source)
    code = run(str(tmp_path / "in"), str(tmp_path / "out"), answer)
    lines = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    return code, [json.loads(line) for line in lines]


def test_each_line_is_answered_in_order(tmp_path: Path) -> None:
    code, replies = answers(tmp_path, b'{"id": "a", "n": 1}\n{"id": 2, "n": 3}\n')
    assert code == 0
    assert replies == [{"id": "a", "double": 2}, {"id": 2, "double": 6}]


def test_bad_lines_are_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    source = (
        b'{"id":1,"n":1}\nnot json\n[1]\n{"id":4,"n":13}\n\xff\xfe\n{"id":6}\n\n{"id":8,"n":4}\n\n'
    )
    code, replies = answers(tmp_path, source)
    assert code == 1
    assert [reply.get("error", {}).get("code") for reply in replies] == [
        None, "bad_json", "not_an_object", "unlucky", "not_utf8", "internal", "bad_json", None,
    ]  # fmt: skip
    assert [reply["id"] for reply in replies] == [1, None, None, 4, None, 6, None, 8]
    assert replies[3]["error"] == {"code": "unlucky", "message": "第 4 行：不喜欢 13", "line": 4}


@pytest.mark.parametrize("source", [b"", b"\n\n"])
def test_an_empty_source_gives_an_empty_target(tmp_path: Path, source: bytes) -> None:
    assert answers(tmp_path, source) == (0, [])


def test_a_last_line_without_an_end_counts(tmp_path: Path) -> None:
    assert answers(tmp_path, b'{"id":1,"n":1}')[1] == [{"id": 1, "double": 2}]


def test_a_mark_at_the_start_and_windows_ends_are_no_fault(tmp_path: Path) -> None:
    code, replies = answers(tmp_path, b'\xef\xbb\xbf{"id":1,"n":1}\r\n{"id":2,"n":2}\r\n')
    assert (code, len(replies)) == (0, 2)


def test_chinese_is_written_as_it_is(tmp_path: Path) -> None:
    answers(tmp_path, b'{"id": 1}', lambda record: {"text": "分期乐"})
    assert "分期乐".encode() in (tmp_path / "out").read_bytes()


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\n", "\ud800"])
def test_a_reply_stays_on_one_line_and_reads_back(tmp_path: Path, mark: str) -> None:
    _, replies = answers(tmp_path, b'{"id": 1}', lambda record: {"text": mark})
    assert replies == [{"id": 1, "text": mark}]


def test_a_deep_line_does_not_stop_the_batch(tmp_path: Path) -> None:
    code, replies = answers(tmp_path, b"[" * 200_000 + b'\n{"id":2,"n":1}\n')
    assert code == 1
    assert replies[1] == {"id": 2, "double": 2}


def test_a_source_that_cannot_be_read_is_said(tmp_path: Path, capsys) -> None:
    assert run(str(tmp_path / "none"), str(tmp_path / "out"), double) == 2
    assert "none" in capsys.readouterr().err


def test_a_file_is_not_written_over_itself(tmp_path: Path, capsys) -> None:
    path = tmp_path / "same"
    path.write_text('{"id":1,"n":1}\n')
    assert run(str(path), str(path), double) == 2
    assert path.read_text() == '{"id":1,"n":1}\n'
    assert "同时是输入和输出" in capsys.readouterr().err


def test_a_dash_is_the_standard_streams(monkeypatch, capfdbinary) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO('{"id":"甲","n":1}\n'.encode())))
    assert run("-", "-", double) == 0
    assert json.loads(capfdbinary.readouterr().out) == {"id": "甲", "double": 2}


async def test_answers_can_be_awaited(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b'{"id":1,"n":1}\n{"id":2,"n":13}\n')
    code = await run_async(str(tmp_path / "in"), str(tmp_path / "out"), double_later)
    replies = [json.loads(line) for line in (tmp_path / "out").read_text().splitlines()]
    assert code == 1
    assert replies[0] == {"id": 1, "double": 2}
    assert replies[1]["error"]["code"] == "unlucky"


async def test_a_missing_source_is_said_when_awaited_too(tmp_path: Path, capsys) -> None:
    assert await run_async(str(tmp_path / "none"), "-", double_later) == 2
    assert "none" in capsys.readouterr().err
