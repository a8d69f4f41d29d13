"""One plain spelling for matching: script, width, spaces, tricks and homophones levelled."""

import re
import unicodedata
from collections.abc import Mapping

from bot.chinese.normalise import simplified

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])[ \t*·._~\-|/+'\"`^#…]{1,3}(?=[\u3400-\u9fff])")
_SPACES = re.compile(r"[ \t]+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "．": "."})


class Spelling:
    """Levels the spelling; the homophones come from a reviewed list."""

    def __init__(self, homophones: Mapping[str, str]) -> None:
        self._homophones = dict(homophones)
        longest_first = sorted(homophones, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def __call__(self, text: str) -> str:
        """The text as the guards read it."""
        plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_QUOTES)
        plain = _SPACES.sub(" ", simplified(plain).lower())
        return self._pattern.sub(lambda m: self._homophones[m[0]], _BETWEEN_HAN.sub("", plain))
