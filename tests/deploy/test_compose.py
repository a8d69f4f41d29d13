"""What docker-compose.yml says is what runs: its command and environment, on this machine."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import yaml

from bot.settings import ROOT, Settings
from tests.stands.ports import free_port, wait_until_listening

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
AID = COMPOSE["services"]["aid"]


def test_every_setting_it_names_exists() -> None:
    known = {f"BORROWER_AID_{name.upper()}" for name in Settings.model_fields}
    assert set(AID["environment"]) <= known


def test_its_volume_is_declared_and_holds_the_data_folder() -> None:
    (volume,) = AID["volumes"]
    name, place = volume.split(":")
    assert name in COMPOSE["volumes"]
    assert place == AID["environment"]["BORROWER_AID_DATA_DIR"]


def test_it_is_open_to_this_machine_only() -> None:
    assert all(port.startswith("127.0.0.1:") for port in AID["ports"])


def test_its_command_holds_a_conversation(tmp_path: Path) -> None:
    port = free_port()
    environment = os.environ | AID["environment"]
    environment |= {
        "BORROWER_AID_DATA_DIR": str(tmp_path),
        "BORROWER_AID_WEB_HOST": "127.0.0.1",
        "BORROWER_AID_WEB_PORT": str(port),
    }
    command = [sys.executable, *AID["command"][1:]]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL) as running:
        try:
            wait_until_listening(port)
            root = f"http://127.0.0.1:{port}"
            assert httpx.get(f"{root}/healthz").json() == {"status": "ok"}
            reply = httpx.post(f"{root}/api/v1/chat", json={"text": "收到支付令怎么办"}, timeout=30)
        finally:
            running.terminate()
    assert "event: done" in reply.text
    assert "12368" in reply.text


def test_the_image_runs_as_nobody_in_particular_and_holds_no_secret() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    assert "USER aid" in dockerfile
    assert "HEALTHCHECK" in dockerfile
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {".env", "data", ".git"} <= set(ignored)
