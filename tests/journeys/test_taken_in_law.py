"""A statute that an operator takes in is found, named and dated; a web page never is."""

from pathlib import Path

import pytest

from bot.app import build
from bot.dialogue.message import Message
from bot.settings import Settings
from ingest.intake import Kind
from ingest.pipeline import ingest_paths

LAW = """---
title: "海州市家禽借用登记办法"
issuer: "海州市人民政府"
promulgated: "2025-01-02"
effective: "2025-03-01"
status: "现行有效"
---

# 海州市家禽借用登记办法

## 第一章　总则

第一条　借用他人鸭子超过三日的，应当到乡镇家禽借用登记窗口登记。

第二条　逾期归还鸭子的，按日给付鸭蛋一枚。
"""


@pytest.fixture
def taken_in(tmp_path: Path) -> Settings:
    source = tmp_path / "law.md"
    source.write_text(LAW, "utf-8")
    data = tmp_path / "data"
    ingest_paths([str(source)], Kind.LAW, False, data, lambda _progress: None)
    return Settings(_env_file=None, data_dir=data)


async def test_a_statute_taken_in_is_found_by_its_article(taken_in: Settings) -> None:
    app = build(taken_in)
    message = Message("console", "law", "家禽借用登记办法借鸭子超过三日要登记吗，第几条")
    reply = (await app.respond(message)).reply
    assert any(each.startswith("law:") for each in reply.passages)
    assert "鸭子" in reply.text
