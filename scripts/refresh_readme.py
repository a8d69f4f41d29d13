"""Write settings and example answers into both READMEs and .env.example; tests hold them fresh."""

import asyncio
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import build
from bot.dialogue.message import Message
from bot.settings import ROOT, Settings, env_example, settings_table
from bot.transports.console import written

READMES = ("README.md", "README.zh-CN.md")
_SETTINGS = re.compile(r"(?<=<!-- settings -->\n).*?(?=<!-- /settings -->)", re.DOTALL)
_EXAMPLE = re.compile(r"(<!-- example: ask (.+?) -->\n).*?(<!-- /example -->)", re.DOTALL)


def refreshed(text: str, answer: dict[str, str]) -> str:
    """A README with today's settings and answers."""
    text = _SETTINGS.sub(lambda _: settings_table() + "\n", text)
    return _EXAMPLE.sub(lambda m: f"{m[1]}```text\n{answer[m[2]]}\n```\n{m[3]}", text)


def questions(text: str) -> set[str]:
    """The questions a README shows the answers of."""
    return {match[2] for match in _EXAMPLE.finditer(text)}


def main() -> int:
    """Refresh both files; 1 if one was stale."""
    texts = {name: (ROOT / name).read_text("utf-8") for name in READMES}
    asked = {question for text in texts.values() for question in questions(text)}
    with TemporaryDirectory() as folder:
        app = build(Settings(_env_file=None, data_dir=Path(folder)))
        answer = {
            each: written(asyncio.run(app.respond(Message("console", each, each))).reply)
            for each in asked
        }
    (ROOT / ".env.example").write_text(env_example(), "utf-8")
    stale = False
    for name, text in texts.items():
        fresh = refreshed(text, answer)
        stale |= fresh != text
        (ROOT / name).write_text(fresh, "utf-8")
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
