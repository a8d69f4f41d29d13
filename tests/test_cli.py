"""The command as people run it: its own process, real files, one line for each fault."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.settings import ROOT

pytestmark = pytest.mark.usefixtures("app")  # so that the shared index is already built


def borrower_aid(*words: str, data: Path, feed: bytes = b"", **settings: object) -> "Run":
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {f"BORROWER_AID_{name.upper()}": str(value) for name, value in settings.items()}
    environment["BORROWER_AID_DATA_DIR"] = str(data)
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=feed,
        capture_output=True,
        env=environment,
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


class Run:
    """What a finished command left."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def one_line(run: Run) -> str:
    """A fault as the user sees it: one line, no trace, exit code not 0."""
    assert run.code != 0
    assert "Traceback" not in run.err + run.out
    (line,) = run.err.strip().splitlines()
    return line


def test_ask_answers_for_a_person(data_dir: Path) -> None:
    run = borrower_aid("ask", "催收说今天上门，我该怎么办", data=data_dir)
    assert run.code == 0
    assert "110" in run.out
    assert "依据：" in run.out
    assert "**" not in run.out


def test_ask_as_json_has_the_contracts_fields(data_dir: Path) -> None:
    run = borrower_aid("ask", "--json", "收到支付令怎么办", data=data_dir)
    (record,) = run.lines()
    assert record["status"] == "answered"
    assert {"answer", "lang", "actions", "sources", "passages", "risk", "engine"} <= set(record)
    assert {"title", "locator", "kind", "status", "effective"} <= set(record["sources"][0])


def test_answer_keeps_the_order_and_names_bad_lines(data_dir: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines: list[str | bytes] = [
        '{"id": 1, "text": "收到支付令怎么办"}',
        '{"id": 2, "text": ',
        '{"id": 3}',
        b"\xff\xfe",
        '{"id": 5, "text": "   "}',
        '{"id": 6, "text": "那要多久", "context": [{"role": "user", "text": "收到支付令怎么办"}]}',
        '{"id": 7, "text": "can they come in?", "lang": "en"}',
        '{"id": 8, "text": "你好\\ud800", "lang": "zz"}',
    ]
    raw = [line if isinstance(line, bytes) else line.encode() for line in lines]
    source.write_bytes(b"\n".join(raw) + b"\n")
    run = borrower_aid("answer", "--input", str(source), "--output", str(target), data=data_dir)
    written = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert run.code == 1
    assert [each.get("id") for each in written] == [1, None, 3, None, 5, 6, 7, 8]
    assert [n for n, each in enumerate(written, 1) if "error" in each] == [2, 3, 4, 8]
    assert all(f"第 {n} 行" in written[n - 1]["error"]["message"] for n in (2, 3, 4, 8))
    assert written[4]["status"] == "clarify"
    assert "payment-order" in written[5]["passages"]
    assert written[6]["lang"] == "en"
    assert all(each["latency_ms"] >= 0 for each in written if "error" not in each)


def test_answer_reads_standard_input_and_writes_standard_output(data_dir: Path) -> None:
    feed = '{"id": "a", "text": "收到支付令怎么办"}\n'.encode()
    run = borrower_aid("answer", "--input", "-", "--output", "-", data=data_dir, feed=feed)
    assert run.code == 0
    assert [each["id"] for each in run.lines()] == ["a"]


def test_odd_input_gets_a_short_clear_reply(data_dir: Path) -> None:
    odd = ["", "   ", "😀😀😀", "\u200b\u200b", "怎么办" * 33_334, "\x00\x01上门"]
    feed = b"".join(json.dumps({"id": n, "text": t}).encode() + b"\n" for n, t in enumerate(odd))
    run = borrower_aid("answer", "--input", "-", "--output", "-", data=data_dir, feed=feed)
    assert run.code == 0
    assert [0 < len(record["answer"]) < 700 for record in run.lines()] == [True] * len(odd)


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    line = one_line(borrower_aid("ask", "上门怎么办", data=tmp_path / "file" / "data"))
    assert "BORROWER_AID_DATA_DIR" in line


def test_a_missing_model_folder_is_named(data_dir: Path, tmp_path: Path) -> None:
    run = borrower_aid("ask", "上门怎么办", data=data_dir, embedding_model=tmp_path / "nothing")
    assert "BORROWER_AID_EMBEDDING_MODEL" in one_line(run)


def test_a_setting_that_cannot_be_used_is_named(data_dir: Path) -> None:
    assert "BORROWER_AID_WEB_PORT" in one_line(borrower_aid("serve", data=data_dir, web_port="abc"))


def test_a_port_in_use_is_named(data_dir: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        line = one_line(borrower_aid("serve", data=data_dir, web_port=port))
    assert str(port) in line
    assert "BORROWER_AID_WEB_PORT" in line


def test_a_missing_input_file_is_named(data_dir: Path, tmp_path: Path) -> None:
    run = borrower_aid("answer", "--input", str(tmp_path / "none"), "--output", "-", data=data_dir)
    assert "none" in one_line(run)


# Only the index is copied: reading a database file that this process holds open would drop its locks.
@pytest.mark.parametrize("damage", ["rows", "manifest.json", "library.jsonl", "chroma.sqlite3"])
def test_a_damaged_index_rebuilds_itself(damage: str, data_dir: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(data_dir / "index", data / "index")
    hit = [path for path in (data / "index").rglob("*") if damage in str(path) and path.is_file()]
    assert hit
    for path in hit:
        path.write_bytes(b"damaged")
    run = borrower_aid("ask", "收到支付令怎么办", data=data)
    assert run.code == 0, run.err
    assert "15" in run.out


def test_changed_knowledge_is_indexed_at_the_next_start(data_dir: Path, tmp_path: Path) -> None:
    knowledge, data = tmp_path / "kb", tmp_path / "data"
    shutil.copytree(ROOT / "knowledge_base", knowledge)
    shutil.copytree(data_dir / "index", data / "index")
    entry = next((knowledge / "guidance").rglob("payment-order.md"))
    text = entry.read_text("utf-8")
    entry.write_text(text.replace("## 先说结论\n\n", "## 先说结论\n\n新写的一句。", 1), "utf-8")
    run = borrower_aid("ask", "收到支付令怎么办", data=data, knowledge_dir=knowledge)
    assert "新写的一句。" in run.out


def test_broken_knowledge_is_named_by_file(data_dir: Path, tmp_path: Path) -> None:
    knowledge = tmp_path / "kb"
    shutil.copytree(ROOT / "knowledge_base", knowledge)
    (knowledge / "guidance" / "court" / "payment-order.md").write_text("no front matter", "utf-8")
    run = borrower_aid("ask", "收到支付令怎么办", data=tmp_path / "data", knowledge_dir=knowledge)
    assert "payment-order.md" in one_line(run)


def test_the_second_question_needs_neither_torch_nor_chroma_and_little_memory(
    data_dir: Path,
) -> None:
    code = (
        "import sys; sys.argv = ['borrower-aid', 'ask', '催收说今天上门，我该怎么办']\n"
        "from bot.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        # not ru_maxrss, which a child inherits from the process that started it
        "peak = [line for line in open('/proc/self/status') if line.startswith('VmHWM')]\n"
        "heavy = sorted({'torch', 'chromadb', 'langchain_core', 'httpx'} & set(sys.modules))\n"
        "print(heavy, int(peak[0].split()[1]) // 1024)"
    )
    environment = os.environ | {"BORROWER_AID_DATA_DIR": str(data_dir)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment, cwd=ROOT, check=True
    )
    heavy, megabytes = done.stdout.decode().split()[-2:]
    assert heavy == "[]"
    assert int(megabytes) < 250


def test_the_app_fixture_is_the_shipped_configuration(app: App) -> None:
    assert app.model is None
    assert app.settings.telegram_token is None
