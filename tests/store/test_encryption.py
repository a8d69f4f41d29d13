"""What people wrote is sealed: no word of it in the files, and only the keys open it."""

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
from tests.store.conftest import Files, Opening
from tests.store.seeds import PERSON, seed

VALUES = 12  # that a seeded person leaves sealed, at least


def test_no_word_of_anybody_is_in_the_files(engine: Engine, files: Files) -> None:
    assert files.with_word(seed(engine).word) == []


def test_what_was_sealed_comes_back(engine: Engine) -> None:
    kept = seed(engine)
    talks, outbox = Conversations(engine), Outbox(engine, "test:1")
    assert kept.word in talks.history(kept.conversation)[0].text
    assert kept.word in (talks.action(kept.answer, 0) or "")
    assert kept.word in (Interviews(engine).load(kept.conversation) or "")
    waiting, owed = outbox.next_update(PERSON), outbox.next_outgoing(PERSON)
    assert waiting is not None
    assert kept.word in waiting.body
    assert owed is not None
    assert owed.body == {"html": kept.word}
    assert owed.content == kept.word.encode()


def test_a_value_opens_only_in_the_column_it_was_sealed_for(keyring: Keyring) -> None:
    sealed = keyring.seal(b"words", "messages.text")
    assert keyring.open(sealed, "messages.text") == b"words"
    with pytest.raises(KeyMissing, match=r"feedback\.reason was changed"):
        keyring.open(sealed, "feedback.reason")


def test_a_changed_value_is_refused(keyring: Keyring) -> None:
    sealed = bytearray(keyring.seal(b"words", "messages.text"))
    sealed[-1] ^= 1
    with pytest.raises(KeyMissing, match="was changed"):
        keyring.open(bytes(sealed), "messages.text")


def test_the_same_words_are_sealed_differently_each_time(keyring: Keyring) -> None:
    assert keyring.seal(b"words", "messages.text") != keyring.seal(b"words", "messages.text")


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


def test_the_wrong_keys_are_found_out_at_the_start(url: str, engine: Engine) -> None:
    seed(engine)
    with pytest.raises(KeyMissing, match="Put it back from your backup"):
        open_database(url, Keyring(read_keys(new_key(), "here")))


def test_a_rotation_leaves_nothing_that_the_old_key_opens(
    url: str, engine: Engine, opening: Opening, tmp_path: Path
) -> None:
    file, kept = tmp_path / "keys", seed(engine)
    add_key(file)
    rotated = opening(url, keyring_of(file))
    assert reseal(rotated) >= VALUES
    assert reseal(rotated) == 0
    keep_first_key(file)
    anew = opening(url, keyring_of(file))
    assert kept.word in Conversations(anew).history(kept.conversation)[0].text
    # a process that began with the old key reads what was sealed since
    assert kept.word in Conversations(engine).history(kept.conversation)[0].text


def test_the_commands_rotate_and_retire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BORROWER_AID_DATA_DIR", str(tmp_path))
    url = f"sqlite:///{tmp_path}/borrower_aid.sqlite3"
    kept = seed(open_database(url))
    before = (tmp_path / "keys").read_text()
    said = CliRunner().invoke(cli, ["keys", "rotate"]).output
    assert int(said.split()[0]) >= VALUES
    assert before in (tmp_path / "keys").read_text()
    assert "none is now" in CliRunner().invoke(cli, ["keys", "retire"]).output
    assert before not in (tmp_path / "keys").read_text()
    assert kept.word in Conversations(open_database(url)).history(kept.conversation)[0].text
    assert len(read_keys(CliRunner().invoke(cli, ["keys", "new"]).output, "printed")) == 1


def test_rows_from_before_are_sealed_and_can_be_opened_again(engine: Engine, files: Files) -> None:
    kept = seed(engine)
    downgrade(engine, "0004")
    said = plain(engine, "SELECT text FROM messages")
    assert sorted(map(str, said)) == sorted([f"我叫{kept.word}", *[kept.word] * 3])
    assert files.with_word(kept.word) != []
    migrate(engine)
    assert plain(engine, "SELECT count(*) FROM feedback") == [1]
    assert kept.word in Conversations(engine).history(kept.conversation)[0].text
    assert kept.word in (Conversations(engine).action(kept.answer, 0) or "")
    if (
        engine.dialect.name == "sqlite"
    ):  # PostgreSQL keeps its log for a while; nothing ran on it then
        assert files.with_word(kept.word) == []


def plain(engine: Engine, question: str) -> list[object]:
    with engine.connect() as connection:
        return list(connection.execute(text(question)).scalars())
