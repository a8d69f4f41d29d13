"""How hard a labelled set is: plain BM25 over a list of facts, its first lines as the answer.

    python -m bench.beside_bm25 --facts facts.md tests/evaluation/questions_6.jsonl ...

Prints for each set the share of points and of specific points that so many lines tell, of cases all of whose
points are told, and the length of such answers; ``borrower-aid evaluate`` prints the same of ours.
"""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from bench.retrieval.peers import Search, bm25s_characters
from bot.evaluation.cases import Case, read_cases
from bot.evaluation.judge import comparable

LINES = (4, 8)
_BULLET = re.compile(r"\s*[-*] ")


def main() -> None:
    """Print one row for each set and number of lines."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--facts", type=Path, required=True)
    options.add_argument("sets", type=Path, nargs="+")
    given = options.parse_args()
    facts = bullets(given.facts.read_text("utf-8"))
    search = bm25s_characters(facts)
    print("set                  lines  points  specific  whole  characters")
    for path in given.sets:
        cases = [case for case in read_cases(path) if case.points]
        for lines in LINES:
            print(f"{path.stem:20} {lines:5}  {row(cases, facts, search, lines)}")


def bullets(text: str) -> list[str]:
    """The bullets of a Markdown text, each with the lines that go on below it."""
    found: list[str] = []
    for line in text.splitlines():
        if _BULLET.match(line):
            found.append(_BULLET.sub("", line, count=1))
        elif found and line.startswith("  ") and line.strip():
            found[-1] += f" {line.strip()}"
    return found


def row(cases: Sequence[Case], facts: Sequence[str], search: Search, lines: int) -> str:
    """The shares of one set, as the table has them."""
    answers = [
        comparable(" ".join(facts[place] for place in search(case.text)[:lines])) for case in cases
    ]
    said = [
        [(point.specific, point.said_in(answer)) for point in case.points]
        for case, answer in zip(cases, answers, strict=True)
    ]
    points = [told for each in said for _, told in each]
    specific = [told for each in said for special, told in each if special]
    whole = sum(all(told for _, told in each) for each in said) / len(said)
    length = sum(map(len, answers)) / len(answers)
    return (
        f"{sum(points) / len(points):6.3f}  {sum(specific) / max(len(specific), 1):8.3f}"
        f"  {whole:5.3f}  {length:10.0f}"
    )


if __name__ == "__main__":
    main()
