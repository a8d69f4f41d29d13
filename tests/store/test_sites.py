"""Sites, their notes, limits and counts in the store, and the commands that keep them."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine
from typer.testing import CliRunner

from bot.cli import cli
from bot.errors import SettingsInvalid, SiteUnknown
from bot.knowledge.site import LocalNote, Logo, Site
from bot.operation.sites import read_logo, read_sites
from bot.store.group_commit import GroupCommit
from bot.store.site_directory import LOOK_SECONDS, SiteDirectory
from bot.store.sites import Reached, SiteStore
from bot.store.web_conversations import Admission, WebConversations
from tests.operation.test_logo import picture

NEWS = Site(key="news", name="便民新闻", origins=("https://news.example",))
NOTE = LocalNote(site="news", title="线下咨询日", questions=("可以当面问吗",), text="每周三下午。")
DAY = date(2026, 11, 30)
PNG = b"\x89PNG\r\n" + b"x" * 100


@pytest.fixture
def store(engine: Engine) -> SiteStore:
    made = SiteStore(engine)
    made.put(NEWS)
    return made


def test_a_site_is_kept_changed_and_removed_with_its_notes(store: SiteStore) -> None:
    assert store.site("news") == NEWS
    store.put_note(NOTE)
    store.put(NEWS.model_copy(update={"name": "新的名字"}))
    assert store.site("news").name == "新的名字"
    assert [each.title for each in store.notes("news")] == ["线下咨询日"]
    store.remove("news")
    assert (store.sites(), store.notes()) == ([], [])
    with pytest.raises(SiteUnknown, match="news"):
        store.site("news")


def test_a_note_belongs_to_its_site(store: SiteStore) -> None:
    store.put(Site(key="other", name="别家"))
    note_id = store.put_note(NOTE)
    assert not store.remove_note("other", note_id)
    store.put_note(NOTE.model_copy(update={"id": note_id, "text": "改到周四。"}))
    assert [each.text for each in store.notes("news")] == ["改到周四。"]
    assert store.remove_note("news", note_id)
    with pytest.raises(SiteUnknown):
        store.put_note(NOTE.model_copy(update={"site": "nobody"}))


def test_a_picture_is_kept_and_taken_away(store: SiteStore) -> None:
    store.put_logo("news", Logo(media_type="image/png", content=PNG))
    assert store.logo("news") == Logo(media_type="image/png", content=PNG)
    store.put(NEWS)  # changing the rest leaves it
    assert store.logo("news") is not None
    store.put_logo("news", None)
    assert store.logo("news") is None


def test_the_daily_limit_holds_across_processes(engine: Engine, store: SiteStore) -> None:
    busy = NEWS.model_copy(update={"daily_messages": 5})
    replicas = [SiteStore(engine), store]
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda n: replicas[n % 2].admit_message(busy, None, DAY), range(12)))
    assert said.count(None) == 5
    assert said.count(Reached.DAY) == 7
    (day,) = store.days("news", DAY)
    assert (day.messages, day.conversations) == (5, 5)
    assert store.admit_message(busy, None, date(2026, 12, 1)) is None


def test_a_conversation_has_its_own_limit(engine: Engine, store: SiteStore) -> None:
    short = NEWS.model_copy(update={"session_messages": 2})
    mine, theirs = (Admission(datetime.now(UTC), "news") for _ in range(2))
    for admission in (mine, theirs):
        asyncio.run(WebConversations(engine).begin(admission))
    said = [store.admit_message(short, mine.id, DAY) for _ in range(3)]
    assert said == [None, None, Reached.SESSION]
    assert store.admit_message(short, theirs.id, DAY) is None
    assert store.days("news", DAY)[0].messages == 3  # what was refused is not counted


def test_counts_add_up_by_day(engine: Engine, store: SiteStore) -> None:
    commits = GroupCommit(engine)

    async def several() -> None:
        rows = [store.counting("news", DAY, answered=1) for _ in range(3)]
        await asyncio.gather(*(commits.add(row) for row in rows))
        await commits.add(store.counting("news", DAY, unanswered=1, useful=2))

    asyncio.run(several())
    (day,) = store.days("news", DAY)
    assert (day.answered, day.unanswered, day.useful, day.not_useful) == (3, 1, 2, 0)


async def test_another_process_sees_a_change_within_a_second(store: SiteStore) -> None:
    directory = SiteDirectory(store)
    await directory.look()
    version, notes = directory.version, directory.notes
    assert directory.knows("https://news.example")
    store.put_note(NOTE)
    deadline = time.monotonic() + 20 * LOOK_SECONDS
    while directory.version == version:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)
        await directory.look()
    assert directory.notes is not notes


@pytest.mark.parametrize(
    "fields",
    [
        {"key": "News"},
        {"origins": ["https://a.example/path"]},
        {"origins": ["*"]},
        {"origins": ["https://a.example; script-src 'unsafe-inline'"]},
        {"accent": "red;}"},
        {"theme": "neon"},
        {"session_minutes": 0},
        {"daily_messages": 0},
        {"colour": "#000000"},
    ],
)
def test_a_site_that_makes_no_sense_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Site.model_validate({"key": "news", "name": "a", **fields})


@pytest.mark.parametrize("listed", ["- {key: news}", "news: a", "- ["])
def test_a_file_that_makes_no_sense_is_named(tmp_path: Path, listed: str) -> None:
    path = tmp_path / "sites.yaml"
    path.write_text(listed, "utf-8")
    with pytest.raises(SettingsInvalid, match=r"sites\.yaml"):
        read_sites(path)


def test_a_picture_that_could_run_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_text("<svg onload=alert(1)>", "utf-8")
    with pytest.raises(SettingsInvalid, match="PNG, JPEG or WebP"):
        read_logo(path)


def run(*words: str) -> str:
    done = CliRunner().invoke(cli, ["site", *words])
    assert done.exit_code == 0, done.output + repr(done.exception)
    return done.output


def test_the_commands_keep_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORROWER_AID_DATA_DIR", str(tmp_path))
    (tmp_path / "logo.png").write_bytes(picture("PNG"))
    said = run("add", "news", "--name", "便民新闻", "--origin", "https://news.example",
               "--hotline", "010-12345678", "--logo", str(tmp_path / "logo.png"),
               "--daily-messages", "500")  # fmt: skip
    assert 'data-site="news"' in said
    assert "https://news.example" in run("list")
    run("set", "news", "--daily-messages", "none", "--theme", "dark",
        "--volunteer-hours", "周二、周四 19:00-21:00")  # fmt: skip
    refused = CliRunner().invoke(cli, ["site", "set", "news", "--volunteer-hours", "evenings"])
    assert isinstance(refused.exception, SettingsInvalid)
    assert "volunteer_hours of news" in str(refused.exception)
    assert isinstance(CliRunner().invoke(cli, ["site", "add", "news"]).exception, SettingsInvalid)
    note_id = run("note", "add", "news", "--title", "咨询日", "--text", "每周三。").strip()
    shown = run("show", "news")
    assert "010-12345678" in shown
    assert "daily_messages" not in shown
    assert "周二、周四 19:00-21:00" in shown
    assert note_id in shown
    run("note", "remove", "news", note_id)
    run("remove", "news")
    assert run("list") == ""


def test_a_command_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORROWER_AID_DATA_DIR", str(tmp_path))
    runner = CliRunner()
    for words in (["show", "nobody"], ["add", "Bad Key"], ["add", "news", "--origin", "news"]):
        done = runner.invoke(cli, ["site", *words])
        assert done.exit_code == 1
        assert isinstance(done.exception, SettingsInvalid | SiteUnknown)
