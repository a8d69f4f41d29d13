"""What people wrote is sealed: no word of it in the files, and only the keys open it."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from typer.testing import CliRunner

from bot.cli import cli
from bot.errors import KeyMissing, SettingsInvalid
from bot.store.conversations import Conversations
from bot.store.database import downgrade, migrate, open_database
from bot.store.interviews import Interviews
from bot.store.keys import Keyring, add_key, keep_first_key, keyring_of, new_key, read_keys
from bot.store.outbox import Outbox
from bot.store.reseal import reseal
from tests.store.seeds import CANARY, seed


def files_with(folder: Path, word: str) -> list[str]:
    """The files of a folder that hold a word, in plain or as JSON escapes."""
    needles = (word.encode(), json.dumps(word).strip('"').encode())
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(each in path.read_bytes() for each in needles)
    ]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/aid.sqlite3"


def test_no_word_of_anybody_is_in_the_files(url: str, tmp_path: Path) -> None:
    seed(open_database(url))
    assert files_with(tmp_path, CANARY) == []


def test_what_was_sealed_comes_back(url: str) -> None:
    engine = open_database(url)
    kept = seed(engine)
    talks, outbox = Conversations(engine), Outbox(engine, "test:1")
    assert CANARY in talks.history(kept.conversation)[0].text
    assert CANARY in (talks.action(kept.answer, 0) or "")
    assert CANARY in (Interviews(engine).load(kept.conversation) or "")
    waiting, owed = outbox.next_update(7), outbox.next_outgoing(7)
    assert waiting is not None
    assert CANARY in waiting.body
    assert owed is not None
    assert owed.body == {"html": CANARY}
    assert owed.content == CANARY.encode()


def test_a_value_opens_only_in_the_column_it_was_sealed_for() -> None:
    ring = Keyring(read_keys(new_key(), "here"))
    sealed = ring.seal(b"words", "messages.text")
    assert ring.open(sealed, "messages.text") == b"words"
    with pytest.raises(KeyMissing, match=r"feedback\.reason was changed"):
        ring.open(sealed, "feedback.reason")


def test_a_changed_value_is_refused() -> None:
    ring = Keyring(read_keys(new_key(), "here"))
    sealed = bytearray(ring.seal(b"words", "messages.text"))
    sealed[-1] ^= 1
    with pytest.raises(KeyMissing, match="was changed"):
        ring.open(bytes(sealed), "messages.text")


def test_the_same_words_are_sealed_differently_each_time() -> None:
    ring = Keyring(read_keys(new_key(), "here"))
    assert ring.seal(b"words", "messages.text") != ring.seal(b"words", "messages.text")


def test_the_key_file_is_its_owners_alone_and_made_once(tmp_path: Path) -> None:
    file = tmp_path / "new" / "keys"
    with ThreadPoolExecutor(8) as pool:
        writers = {ring.writer for ring in pool.map(lambda _: keyring_of(file), range(16))}
    assert len(writers) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["keys"]


@pytest.mark.parametrize("bad", ["", "hello", "aGVsbG8=", "ключ"])
def test_what_is_no_key_is_named(bad: str) -> None:
    with pytest.raises(SettingsInvalid, match="BORROWER_AID_ENCRYPTION_KEYS"):
        read_keys(bad, "BORROWER_AID_ENCRYPTION_KEYS")


def test_the_wrong_keys_are_found_out_at_the_start(url: str) -> None:
    seed(open_database(url))
    with pytest.raises(KeyMissing, match="Put it back from your backup"):
        open_database(url, Keyring(read_keys(new_key(), "here")))


def test_a_rotation_leaves_nothing_that_the_old_key_opens(url: str, tmp_path: Path) -> None:
    engine = open_database(url)
    kept = seed(engine)
    add_key(tmp_path / "keys")
    rotated = open_database(url)
    assert reseal(rotated) == 9
    assert reseal(rotated) == 0
    keep_first_key(tmp_path / "keys")
    assert CANARY in Conversations(open_database(url)).history(kept.conversation)[0].text
    # a process that began with the old key reads what was sealed since
    assert CANARY in Conversations(engine).history(kept.conversation)[0].text


def test_the_commands_rotate_and_retire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BORROWER_AID_DATA_DIR", str(tmp_path))
    url = f"sqlite:///{tmp_path}/borrower_aid.sqlite3"
    kept = seed(open_database(url))
    before = (tmp_path / "keys").read_text()
    assert "9 values" in CliRunner().invoke(cli, ["keys", "rotate"]).output
    assert before in (tmp_path / "keys").read_text()
    assert "none is now" in CliRunner().invoke(cli, ["keys", "retire"]).output
    assert before not in (tmp_path / "keys").read_text()
    assert CANARY in Conversations(open_database(url)).history(kept.conversation)[0].text
    assert len(read_keys(CliRunner().invoke(cli, ["keys", "new"]).output, "printed")) == 1


def test_rows_from_before_are_sealed_and_can_be_opened_again(url: str, tmp_path: Path) -> None:
    engine = open_database(url)
    kept = seed(engine)
    downgrade(engine, "0004")
    assert plain(engine, "SELECT text FROM messages ORDER BY place") == [f"我叫{CANARY}", CANARY]
    assert json.loads(plain(engine, "SELECT actions FROM answers")[0]) == [CANARY]
    assert files_with(tmp_path, CANARY) != []
    migrate(engine)
    assert plain(engine, "SELECT count(*) FROM feedback") == [1]
    assert CANARY in Conversations(engine).history(kept.conversation)[0].text
    engine.dispose()
    assert files_with(tmp_path, CANARY) == []


def plain(engine: Engine, question: str) -> list[object]:
    with engine.connect() as connection:
        return list(connection.execute(text(question)).scalars())
