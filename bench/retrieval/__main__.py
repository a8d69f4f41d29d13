"""Every figure of retrieval, printed and written to its part of bench/RESULTS.md.

python -m bench.retrieval --stard DIR [--judged DIR]

All of it runs on one core. ``--judged`` keeps the cross-validation's candidates between runs.
"""

import argparse
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

RESULTS = Path(__file__).resolve().parents[1] / "RESULTS.md"
HEADING = "## Retrieval\n"
NEXT_HEADING = "\n## "

PARTS = {
    "cross_validate": "Statutes (STARD, development half) and our own forms: five folds, no question "
    "scored by a model, index or weights that saw it",
    "own_questions": "Our own evaluation questions, none of them a known form",
    "speed": "Costs over the whole corpus",
    "peers": "Peers, same questions and texts, static vectors trained without any question",
    "growth": "Growth",
}
WITHOUT_STARD = {"own_questions"}


def main() -> None:
    """Run the parts one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stard", type=Path, required=True)
    parser.add_argument("--judged", type=Path)
    asked = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # what is started inherits it
    written = [HEADING, f"Measured {date.today():%Y-%m-%d}, one core.\n"]  # noqa: DTZ011 - local
    for name, title in PARTS.items():
        options = [] if name in WITHOUT_STARD else ["--stard", str(asked.stard)]
        if name == "cross_validate" and asked.judged:
            options += ["--judged", str(asked.judged)]
        written.append(f"### {title}\n\n{table(name, options)}\n")
    replace_part("\n".join(written))


def table(name: str, options: list[str]) -> str:
    """What one part printed."""
    command = [sys.executable, "-m", f"bench.retrieval.{name}", *options]
    lines: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as part:
        assert part.stdout is not None
        for line in part.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    return "".join(lines)


def replace_part(written: str) -> None:
    """Put the new part in the place of the old one, or at the end."""
    before, found, after = RESULTS.read_text("utf-8").partition(HEADING)
    rest = after[after.find(NEXT_HEADING) :] if NEXT_HEADING in after else ""
    RESULTS.write_text(before + ("" if found else "\n") + written + rest, "utf-8")


if __name__ == "__main__":
    main()
