"""Text as the keys it is found by: characters, pairs of characters, Latin words, sounds."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from bot.chinese.normalise import simplified

Keys = npt.NDArray[np.uint64]
Owners = npt.NDArray[np.int64]

LATIN_WORD = re.compile(r"[a-z0-9]+")
STEM_LENGTH = 5
PAIR_SHIFT = np.uint64(21)  # the highest code point has 21 bits
SOUND_MARK = np.uint64(1 << 62)
LATIN_MARK = 1 << 63  # with any bit after it; a sound has none before its own
HAN_FIRST, HAN_LAST = 0x3400, 0x9FFF
RARE_HAN_FIRST, RARE_HAN_LAST = 0x20000, 0x3FFFF
INVISIBLE = dict.fromkeys(
    point for point in range(0x110000 // 16) if unicodedata.category(chr(point)) == "Cf"
)


def normalise(text: str) -> str:
    """Text in one width, one case and simplified characters, without what cannot be seen."""
    plain = unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode("utf-8"))
    return simplified(plain.translate(INVISIBLE).lower())


def keys_of(texts: Sequence[str], *, sounds: bool = False) -> tuple[Keys, Owners]:
    """The keys in normalised texts, and for each key the position of its text."""
    points, owners = _code_points(texts)
    han = _is_han(points)
    first, second = points[:-1], points[1:]
    paired = han[:-1] & han[1:] & (owners[:-1] == owners[1:])
    parts = [points[han], (first[paired] << PAIR_SHIFT) | second[paired]]
    whose = [owners[han], owners[:-1][paired]]
    if sounds:
        spoken = _sound_table()[np.minimum(points, RARE_HAN_FIRST)]
        heard = paired & (spoken[:-1] > 0) & (spoken[1:] > 0)
        pairs = (spoken[:-1][heard] << np.uint64(16)) | spoken[1:][heard]
        parts.append(pairs | SOUND_MARK)
        whose.append(owners[:-1][heard])
    latin, latin_owners = _latin_keys(texts)
    return np.concatenate([*parts, latin]), np.concatenate([*whose, latin_owners])


def query_keys(text: str, *, sounds: bool = False) -> Keys:
    """The different keys of one normalised text, in rising order."""
    return np.unique(keys_of([text], sounds=sounds)[0])


def without_sounds(keys: Keys) -> Keys:
    """The keys that are characters, pairs and Latin words."""
    return np.asarray(keys[keys >> np.uint64(62) != 1])


def readable(text: str) -> dict[int, str]:
    """What each key of a normalised text looks like, for explanations."""
    shown = {_latin_key(form): form for word in LATIN_WORD.findall(text) for form in _forms(word)}
    for place, char in enumerate(text):
        shown[ord(char)] = char
        pair = text[place : place + 2]
        if len(pair) == 2:
            shown[(ord(pair[0]) << 21) | ord(pair[1])] = pair
    return shown


def _code_points(texts: Sequence[str]) -> tuple[Keys, Owners]:
    lengths = np.fromiter((len(text) for text in texts), np.int64, len(texts))
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    points = np.frombuffer(joined, dtype="<u4").astype(np.uint64)
    return points, np.repeat(np.arange(len(texts), dtype=np.int64), lengths)


def _is_han(points: Keys) -> npt.NDArray[np.bool_]:
    common = (points >= HAN_FIRST) & (points <= HAN_LAST)
    return common | ((points >= RARE_HAN_FIRST) & (points <= RARE_HAN_LAST))


def _latin_keys(texts: Sequence[str]) -> tuple[Keys, Owners]:
    found = [
        (_latin_key(form), place)
        for place, text in enumerate(texts)
        for word in LATIN_WORD.findall(text)
        for form in _forms(word)
    ]
    keys = np.array([key for key, _ in found], dtype=np.uint64)
    return keys, np.array([place for _, place in found], dtype=np.int64)


def _forms(word: str) -> Iterable[str]:
    """A word and, where it is long, its beginning: collector, collection and collect are kin."""
    yield word
    if len(word) > STEM_LENGTH and word.isalpha():
        yield word[:STEM_LENGTH] + "~"


@lru_cache(maxsize=65536)
def _latin_key(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest()) | LATIN_MARK


@cache
def _sound_table() -> Keys:
    """For each code point the number of its sound, nought where it has none."""
    table = np.zeros(RARE_HAN_FIRST + 1, dtype=np.uint64)
    lines = files(__package__).joinpath("pinyin.txt").read_text("utf-8").splitlines()
    sounds = [line.split() for line in lines if not line.startswith("#")]
    for number, (_, characters) in enumerate(sounds, 1):
        table[[ord(character) for character in characters]] = number
    return table
