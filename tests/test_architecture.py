"""Arrows point one way, nothing heavy is imported before it is needed, prompts are files."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT

# What each part may import of ours, besides itself.
MAY_IMPORT: dict[str, set[str]] = {
    "bot.chinese": set(),
    "bot.debt": set(),
    "bot.errors": set(),
    "bot.settings": {"bot.errors"},
    "bot.knowledge": {"bot.chinese"},
    "bot.wording": {"bot.chinese", "bot.knowledge"},
    "bot.answering": {"bot.chinese", "bot.knowledge", "bot.errors", "bot.wording"},
    "bot.drafting": {"bot.chinese", "bot.debt", "bot.knowledge", "bot.errors", "bot.wording"},
    "bot.store": {
        "bot.answering",
        "bot.chinese",
        "bot.curation",  # its values alone, see below
        "bot.debt",
        "bot.dialogue",
        "bot.errors",
        "bot.knowledge",
    },
    "bot.editions": {"bot.answering", "bot.knowledge"},
    "bot.dialogue": {
        "bot.answering",
        "bot.chinese",
        "bot.clock",
        "bot.debt",
        "bot.drafting",
        "bot.errors",
        "bot.knowledge",
        "bot.wording",
    },
    "bot.clock": set(),
    "bot.evaluation": {"bot.answering", "bot.chinese", "bot.knowledge"},
    "ingest": {"bot.answering", "bot.chinese", "bot.errors", "bot.knowledge"},
}
# Only these may see everything: they build it, or are the door to it.
BUILDERS = {
    "bot.app",
    "bot.cli",
    "bot.serve",
    "bot.__main__",
    "bot.transports",
    "bot.curation",
    "bot.operation",
}


def part_of(module: str) -> str:
    """The part of the house a module belongs to."""
    if module.split(".")[0] == "ingest":
        return "ingest"
    return ".".join(module.split(".")[:2])


def modules() -> Iterator[tuple[str, Path]]:
    for top in ("bot", "ingest"):
        for path in sorted((ROOT / top).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield name.removesuffix(".__init__"), path


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda each: str(each)[-60:])
def test_arrows_point_one_way(module: str, path: Path) -> None:
    part = part_of(module)
    if part in BUILDERS or part == "bot":
        return
    ours = {part_of(each) for each in imports_of(path) if each.split(".")[0] in ("bot", "ingest")}
    assert ours - {part, "bot"} <= MAY_IMPORT[part], f"{module} reaches where it must not"


@pytest.mark.parametrize(("module", "path"), list(modules()), ids=lambda each: str(each)[-60:])
def test_the_store_knows_nothing_of_curation_but_its_values(module: str, path: Path) -> None:
    if part_of(module) == "bot.store":
        known = {each for each in imports_of(path) if each.startswith("bot.curation")}
        assert known <= {"bot.curation.records", "bot.curation.people"}


HEAVY = (
    "torch",
    "sentence_transformers",
    "chromadb",
    "langchain",
    "telegram",
    "fastapi",
    "docx",
    "reportlab",
    "scipy",
    "datasketch",
    "trafilatura",
)


@pytest.mark.parametrize(
    ("module", "may_load"),
    [
        ("bot.app", ()),
        ("bot.cli", ()),
        ("bot.transports.telegram.bot", ("telegram",)),
        ("bot.transports.web.app", ("fastapi",)),
        ("bot.curation.web.app", ("fastapi",)),
    ],
)
def test_nothing_heavy_is_loaded_at_import(module: str, may_load: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert [each for each in HEAVY if each in loaded and each not in may_load] == []


def test_every_step_of_an_answer_is_a_file_with_its_name() -> None:
    steps = ("clean", "redact", "screen", "understand", "retrieve", "compose", "ground", "finish")
    for step in steps:
        path = ROOT / "bot" / "answering" / f"{step}.py"
        assert f"class {step.title()}" in path.read_text("utf-8"), path


def test_no_prompt_hides_in_the_code() -> None:
    for module, path in modules():
        text = path.read_text("utf-8")
        assert "You are" not in text, module
        assert "你是一个" not in text, module


def test_only_settings_reads_the_environment() -> None:
    reads = ("os.environ[", "os.environ.get(", "os.getenv(")
    readers = {
        module
        for module, path in modules()
        if any(each in path.read_text("utf-8") for each in reads)
    }
    assert readers <= {"bot.settings"}
