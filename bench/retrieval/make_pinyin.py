"""Write the table of sounds with pypinyin: python -m bench.retrieval.make_pinyin."""

import re
from collections import defaultdict
from pathlib import Path

from pypinyin import lazy_pinyin

TABLE = Path("bot/answering/retrieval/pinyin.txt")
HEADER = """\
# A sound (no tone; zh, ch, sh as z, c, s; final ng as n) and its characters of GB 2312.
# Readings from pypinyin 0.55.0 (MIT); written by bench/retrieval/make_pinyin.py.
"""


def main() -> None:
    """One line a sound, in alphabetical order."""
    heard: dict[str, list[str]] = defaultdict(list)
    for character in gb2312_characters():
        heard[folded(lazy_pinyin(character)[0])].append(character)
    lines = [f"{sound} {''.join(heard[sound])}\n" for sound in sorted(heard)]
    TABLE.write_text(HEADER + "".join(lines), encoding="utf-8")


def gb2312_characters() -> list[str]:
    """The 6,763 characters of the national standard."""
    cells = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [text for cell in cells if (text := cell.decode("gb2312", "ignore"))]


def folded(sound: str) -> str:
    """A sound as a southern speaker or a keyboard in fuzzy mode would have it."""
    return re.sub("ng$", "n", re.sub("^([zcs])h", r"\1", sound))


if __name__ == "__main__":
    main()
