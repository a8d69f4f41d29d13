"""A name for a new entry, made of how its title sounds."""

import re
from functools import cache
from importlib.resources import files

from bot.chinese.normalise import simplified

MOST_SYLLABLES = 6
_LATIN = re.compile(r"[a-z0-9]+")


def name_for(topic: str, title: str) -> str:
    """An entry's id from its topic and the first sounds of its title.

    >>> name_for("home-visits", "明天上门咋办？")
    'home-visits-min-tian-san-men-za-ban'
    """
    sounds = _sounds()
    plain = simplified(title).casefold()
    heard = [sounds.get(each, each) for each in re.findall(r"[a-z0-9]+|[^\W_]", plain)]
    spoken = [each for each in heard if _LATIN.fullmatch(each)]
    return "-".join([topic or "entry", *spoken[:MOST_SYLLABLES]])[:72].strip("-")


@cache
def _sounds() -> dict[str, str]:
    table = files("bot.answering.retrieval").joinpath("pinyin.txt").read_text("utf-8")
    lines = (line.split(" ", 1) for line in table.splitlines() if not line.startswith("#"))
    return {character: sound for sound, characters in lines for character in characters}
