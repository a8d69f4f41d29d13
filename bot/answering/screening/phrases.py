"""Reads the reviewed lists and replies from a folder of YAML files."""

from pathlib import Path
from typing import Any

import yaml


def read_phrases(folder: Path) -> dict[str, Any]:
    """What each file of the folder holds, by the file's name."""
    return {
        path.stem: yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        for path in sorted(folder.glob("*.yaml"))
    }
