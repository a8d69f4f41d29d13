from pathlib import Path

import pytest

from tests.ingest.tiny_base import TinyBase


@pytest.fixture
def base(tmp_path: Path) -> TinyBase:
    return TinyBase(tmp_path)
