"""The files of the deployment are valid, name what exists, and hold no secret."""

import json
import re

import pytest
from jsonschema import Draft7Validator

from bot.settings import ROOT, Settings, env_example
from tests.deploy.compose import COMPOSE, OURS, interpolated

SPEC = ROOT / "tests" / "deploy" / "compose-spec" / "compose-spec.json"


def test_it_is_valid_by_the_compose_specification() -> None:
    schema = json.loads(SPEC.read_text("utf-8"))
    faults = list(Draft7Validator(schema).iter_errors(COMPOSE))
    assert [f"{list(fault.path)}: {fault.message}" for fault in faults] == []


def test_a_fault_would_be_found() -> None:
    schema = json.loads(SPEC.read_text("utf-8"))
    broken = {"services": {"web": {"image": "x", "restart": 3, "commandd": "y"}}}
    assert len(list(Draft7Validator(schema).iter_errors(broken))) > 0


def test_every_setting_it_names_exists() -> None:
    known = {f"BORROWER_AID_{name.upper()}" for name in Settings.model_fields}
    for name in OURS:
        assert set(COMPOSE["services"][name]["environment"]) <= known


def test_its_volumes_are_declared() -> None:
    for service in COMPOSE["services"].values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or (ROOT / source).exists()


def test_only_the_proxy_is_open_to_the_world() -> None:
    assert [name for name, each in COMPOSE["services"].items() if "ports" in each] == ["proxy"]


def test_a_password_has_to_be_set() -> None:
    with pytest.raises(KeyError, match="set it in"):
        interpolated(COMPOSE["services"]["postgres"]["environment"], {})


def test_chroma_is_the_release_that_is_locked() -> None:
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    (version,) = re.findall(r"^chromadb==(\S+)", lock, re.MULTILINE)
    assert COMPOSE["services"]["chroma"]["image"] == f"chromadb/chroma:{version}"


def test_the_proxy_knows_the_services_and_hides_the_numbers() -> None:
    caddyfile = (ROOT / "Caddyfile").read_text("utf-8")
    assert "dynamic a web 8000" in caddyfile
    assert "reverse_proxy telegram:8000" in caddyfile
    assert "path /metrics /readyz" in caddyfile
    assert caddyfile.count("{") == caddyfile.count("}")


def test_the_image_runs_as_nobody_in_particular_and_holds_no_secret() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    assert "USER aid" in dockerfile
    assert "HEALTHCHECK" in dockerfile
    assert dockerfile.count("FROM ") == 2
    assert "--chown=aid" not in dockerfile, "the process may not change its own source"
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {".env", ".env.*", "data", ".git", "**/keys"} <= set(ignored)


def test_the_example_of_settings_is_fresh() -> None:
    shown = (ROOT / ".env.example").read_text("utf-8")
    assert shown == env_example(), "run python -m scripts.refresh_readme"


def test_the_example_sets_every_setting_and_what_compose_asks_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = (ROOT / ".env.example").read_text("utf-8")
    named = set(re.findall(r"^#?(\w+)=", shown, re.MULTILINE))
    assert {f"BORROWER_AID_{name.upper()}" for name in Settings.model_fields} <= named
    assert {"POSTGRES_PASSWORD", "AID_DOMAIN", "AID_TELEGRAM_PATH"} <= named


def test_an_empty_value_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORROWER_AID_TELEGRAM_TOKEN", "")
    assert Settings(_env_file=None).telegram_token is None  # type: ignore[call-arg]
