"""The keys that seal personal words: the first one writes, all of them read."""

import base64
import hashlib
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import DataFolderUnwritable, KeyMissing, SettingsInvalid

KEY_BYTES = 32
NAME_BYTES = 6  # eight characters of base64, so that SQL can look for a key
NONCE_BYTES = 12
MAKE_ONE = "`borrower-aid keys new` prints one."


class Keyring:
    """Keys in order; those of a file are read again when a value names one that is not known."""

    def __init__(self, keys: Sequence[bytes], file: Path | None = None) -> None:
        self._file = file
        self._take(keys)

    @property
    def writer(self) -> bytes:
        """The name of the key that writes; every value it seals begins with it."""
        return self._writer

    def seal(self, plain: bytes, place: str) -> bytes:
        """Encrypt for one column; what is sealed there opens nowhere else."""
        nonce = os.urandom(NONCE_BYTES)
        return self._writer + nonce + self._cipher.encrypt(nonce, plain, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt; raises KeyMissing for a key that is not here, or a value that was changed."""
        name, nonce = sealed[:NAME_BYTES], sealed[NAME_BYTES : NAME_BYTES + NONCE_BYTES]
        cipher = self._ciphers.get(name) or self._read_again(name)
        try:
            return cipher.decrypt(nonce, sealed[NAME_BYTES + NONCE_BYTES :], place.encode())
        except InvalidTag as fault:
            raise KeyMissing(f"A value in {place} was changed after it was sealed.") from fault

    def _take(self, keys: Sequence[bytes]) -> None:
        self._ciphers = {name_of(key): AESGCM(key) for key in keys}
        self._writer = name_of(keys[0])
        self._cipher = self._ciphers[self._writer]

    def _read_again(self, name: bytes) -> AESGCM:
        """The key may have been added to the file by a rotation since this process began."""
        if self._file is not None:
            self._take(read_keys(self._file.read_text("ascii"), str(self._file)))
        if name not in self._ciphers:
            where = self._file or "BORROWER_AID_ENCRYPTION_KEYS"
            raise KeyMissing(
                f"The database holds values sealed with key {name.hex()}, which is not in {where}. "
                "Put it back from your backup; without it they cannot be read."
            )
        return self._ciphers[name]


def open_keyring(configured: str | None, folder: Path) -> Keyring:
    """The keys of the settings, or else of a folder's key file."""
    if configured is not None:
        return Keyring(read_keys(configured, "BORROWER_AID_ENCRYPTION_KEYS"))
    return keyring_of(key_file(folder))


def key_file(folder: Path) -> Path:
    """Where a folder's keys lie."""
    return folder / "keys"


def keyring_of(file: Path) -> Keyring:
    """The keys of a file that only its owner may read; where there is none it gets a new key."""
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            write_keys(file, [new_key()], replace=False)
        return Keyring(read_keys(file.read_text("ascii"), str(file)), file)
    except OSError as fault:
        raise DataFolderUnwritable(
            f"The key file {file} cannot be made or read ({fault.strerror}). "
            "Set BORROWER_AID_DATA_DIR to a folder this user may write."
        ) from fault


def add_key(file: Path) -> None:
    """Put a new key first."""
    write_keys(file, [new_key(), *file.read_text("ascii").split()], replace=True)


def keep_first_key(file: Path) -> None:
    """Drop every key but the first."""
    write_keys(file, file.read_text("ascii").split()[:1], replace=True)


def write_keys(file: Path, keys: Sequence[str], *, replace: bool) -> None:
    """Put keys into a file, whole; without ``replace`` a file that is there stays."""
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        opened.write("\n".join(keys) + "\n")
        opened.flush()
        os.fsync(handle)
    if replace:
        fresh.replace(file)
        return
    with suppress(FileExistsError):  # another process was a moment faster
        file.hardlink_to(fresh)
    fresh.unlink()


def random_keyring() -> Keyring:
    """Keys for a database that ends with the process."""
    return Keyring([os.urandom(KEY_BYTES)])


def new_key() -> str:
    """A key as settings and files carry it."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode("ascii")


def read_keys(text: str, where: str) -> list[bytes]:
    """Keys separated by commas or white space; raises SettingsInvalid for what is none."""
    try:
        keys = [base64.urlsafe_b64decode(each) for each in text.replace(",", " ").split()]
    except ValueError as fault:
        raise SettingsInvalid(f"{where}: a key is not base64. {MAKE_ONE}") from fault
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise SettingsInvalid(f"{where}: keys have {KEY_BYTES} bytes. {MAKE_ONE}")
    return keys


def name_of(key: bytes) -> bytes:
    """What a key is called: a hash that tells nothing of it."""
    return hashlib.sha256(b"borrower-aid key" + key).digest()[:NAME_BYTES]
