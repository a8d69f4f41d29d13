"""Schemathesis over the whole description: no fault of ours, no answer that it does not name."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.transports.web.visitor import Visitor

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "allow_header_conformance",
    "use_after_free",
)


@pytest.mark.parametrize("inside", [False, True], ids=["from outside", "in a conversation"])
def test_the_whole_api_does_what_it_says(site: str, tmp_path: Path, inside: bool) -> None:
    visitor = Visitor.of(site)
    visitor.ask("收到支付令怎么办")
    settings = f'[parameters]\n"path.conversation_id" = "{visitor.id}"\n"path.key" = "news"\n'
    entry = ["-H", f"Authorization: Bearer {visitor.token}", "--exclude-method", "DELETE"]
    (tmp_path / "schemathesis.toml").write_text(settings, "utf-8")
    program = "from schemathesis.cli import schemathesis; schemathesis()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--config-file", "schemathesis.toml",
         "run", f"{site}/openapi.json", "--checks", ",".join(CHECKS), "--max-examples", "10",
         "--seed", "20261130", "--no-color", *(entry if inside else [])],
        cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "Tested: 1" in done.stdout  # all, not the few that could be reached
