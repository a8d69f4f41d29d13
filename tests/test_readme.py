"""What the READMEs show is what the product says today."""

import pytest

from bot.app import App
from bot.dialogue.message import Message
from bot.settings import ROOT
from bot.transports.console import written
from scripts.refresh_readme import READMES, questions, refreshed


@pytest.mark.parametrize("name", READMES)
async def test_settings_and_example_answers_are_fresh(app: App, name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    answer = {
        each: written((await app.respond(Message("console", f"{name} {each}", each))).reply)
        for each in questions(text)
    }
    assert answer
    assert refreshed(text, answer) == text, "run python -m scripts.refresh_readme"


@pytest.mark.parametrize("name", READMES)
def test_every_file_a_readme_points_to_is_there(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    links = [part.split(")")[0] for part in text.split("](")[1:]]
    ours = [link for link in links if not link.startswith("http")]
    assert ours
    assert [link for link in ours if not (ROOT / link).exists()] == []
