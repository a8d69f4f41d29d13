"""What a paper is that somebody sends, and which question is answered for it: pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.chinese.normalise import simplified
from bot.knowledge.vocabulary import Language

MOST_DATES, LONGEST_LINE = 3, 80
_DATED = re.compile(r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日|\d{1,3} ?[日天]内|[十五三二]+[日天]内")
_ENDS = re.compile(r"[。；\n]")


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper: its name by language, and the question that is answered for it."""

    signs: Sequence[str]
    names: Mapping[str, str]
    ask: str

    def name(self, language: Language) -> str:
        """What it is called; Traditional is converted with the rest of what is said."""
        return self.names.get(language) or self.names[Language.SIMPLIFIED]


def read_papers(path: Path) -> Sequence[Paper]:
    """The kinds of a YAML file."""
    kinds = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return [Paper(each.pop("signs"), each, each["ask"]) for each in kinds]


def paper_of(text: str, papers: Sequence[Paper]) -> Paper | None:
    """The kind whose word stands first."""
    plain = re.sub(r"[^\S\n]", "", simplified(text))  # titles are set wide: 传 票
    first = [
        (place, number)
        for number, paper in enumerate(papers)
        for sign in paper.signs
        if (place := plain.find(sign)) >= 0
    ]
    return papers[min(first)[1]] if first else None


def dated_lines(masked: str) -> list[str]:
    """The first lines that name a day or a term, as they stand in the paper."""
    lines = (each.strip() for each in _ENDS.split(masked))
    dated = (each for each in lines if _DATED.search(each) and len(each) <= LONGEST_LINE)
    return list(dict.fromkeys(dated))[:MOST_DATES]
