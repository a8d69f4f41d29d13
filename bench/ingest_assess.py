"""Precision and recall of the judgements on four sets of labelled passages.

The word lists were made with ``tuning`` in view; ``held_out`` was written before they were widened,
``fresh`` after they were done, in other words on purpose. ``unseen`` was written before there was a
second opinion, which learnt from ``tuning`` and ``training`` and got its limits on ``held_out`` and
``fresh``.

python -m bench.ingest_assess                     # the table
python -m bench.ingest_assess --show tuning       # and every miss and wrong flag of one set
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.knowledge.vocabulary import Audience
from ingest.assess.near_duplicates import NearDuplicates
from ingest.intake import Code, Intake, Kind, Source, Step
from ingest.pipeline import run, steps

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "evaluation" / "ingest"
HALVES = ("tuning", "held_out", "fresh", "unseen")
LABELS = (
    "lender_side",
    "professional",
    "spun",
    "filler",
    "numbering",
    "no_source",
    "known_mistake",
    "injection",
    "hidden",
    "personal_data",
    "near_duplicate",
    "language",
)
UNLABELLED = frozenset({"unclear_audience"})  # an honest "not known" is neither right nor wrong
TOTALS = {
    "all labels right": "wholly_right",
    "let through": "let_through",
    "for nothing": "for_nothing",
}
AUDIENCE = {"lender": Code.LENDER_SIDE, "professional": Code.PROFESSIONAL}
PAGE = "<html><head><title>{id}</title></head><body><article>{text}</article></body></html>"


@dataclass(frozen=True, slots=True)
class Case:
    """A passage and what a person says of it."""

    id: str
    text: str
    labels: frozenset[str]
    form: str


@dataclass(slots=True)
class Count:
    """How often a label was found, missed, and given wrongly."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def recall(self) -> float:
        """The share of labelled passages that were found."""
        return self.right / (self.right + self.missed or 1)

    @property
    def precision(self) -> float:
        """The share of given labels that are right."""
        return self.right / (self.right + self.wrong or 1)


@dataclass(slots=True)
class Result:
    """Counts by label, and of passages: labelled but not flagged at all, flagged for nothing."""

    counts: dict[str, Count] = field(default_factory=lambda: {label: Count() for label in LABELS})
    notes: list[str] = field(default_factory=list)
    wholly_right: int = 0
    let_through: int = 0
    for_nothing: int = 0
    passages: int = 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", choices=HALVES, help="every miss and wrong flag of a half")
    chosen = parser.parse_args(arguments)
    results = {half: measure(read_cases(half)) for half in HALVES}
    print("\n".join(table(results)))
    if chosen.show:
        print("\n".join(results[chosen.show].notes))


def table(results: dict[str, Result]) -> Iterator[str]:
    """One row a label, one pair of columns a half."""
    yield f"{'':<16}" + "".join(f"{half:>29}" for half in results)
    yield f"{'label':<16}" + f"{'n':>9}{'precision':>11}{'recall':>9}" * len(results)
    for label in LABELS:
        cells = []
        for result in results.values():
            count = result.counts[label]
            cells.append(
                f"{count.right + count.missed:>9}{count.precision:>11.2f}{count.recall:>9.2f}"
            )
        yield f"{label:<16}" + "".join(cells)
    for name, counted in TOTALS.items():
        cells = [f"{getattr(each, counted):>20} of {each.passages:<5}" for each in results.values()]
        yield f"{name:<16}" + "".join(cells)


def measure(cases: Sequence[Case]) -> Result:
    """Hold what the pipeline says of each passage against its labels."""
    way = steps(NearDuplicates())
    result = Result(passages=len(cases))
    for case in cases:
        codes = labels_given(case, way)
        given = codes - UNLABELLED
        result.wholly_right += given == case.labels
        result.let_through += bool(case.labels and not codes)
        result.for_nothing += bool(codes and not case.labels)
        for label in LABELS:
            count = result.counts[label]
            count.right += label in given & case.labels
            count.missed += label in case.labels - given
            count.wrong += label in given - case.labels
        if given != case.labels:
            missed = ", ".join(sorted(case.labels - given))
            wrong = ", ".join(sorted(given - case.labels))
            result.notes.append(f"{case.id} missed [{missed}] wrong [{wrong}] {case.text[:60]}")
    return result


def labels_given(case: Case, way: Sequence[Step]) -> frozenset[str]:
    """What the pipeline says of a passage; its audience is that of most of its letters."""
    page = PAGE.format(id=case.id, text=case.text) if case.form == "html" else case.text
    name = f"{case.id}.{'html' if case.form == 'html' else 'txt'}"
    intake = run(Intake(Source(name, page.encode()), Kind.WEB), way)
    if intake.refused is not None:
        return frozenset({f"refused: {intake.refused.reason}"})
    codes = {each.code.value for each in intake.judged.concerns} - set(AUDIENCE.values())
    letters: Counter[Audience] = Counter()
    for block, audience in zip(intake.read.blocks, intake.judged.audiences, strict=True):
        letters[audience] += len(block.text)
    most = letters.most_common(1)[0][0]
    return frozenset({*codes, *([AUDIENCE[most]] if most in AUDIENCE else [])})


def read_cases(half: str) -> list[Case]:
    """The passages of a half."""
    lines = (FOLDER / f"{half}.jsonl").read_text("utf-8").splitlines()
    return [_case(json.loads(line)) for line in lines]


def _case(record: dict[str, object]) -> Case:
    flags = record["flags"]
    assert isinstance(flags, list)
    audience = AUDIENCE.get(str(record["audience"]))
    labels = set(flags) | ({audience} if audience else set())
    return Case(str(record["id"]), str(record["text"]), frozenset(labels), str(record["form"]))


if __name__ == "__main__":
    main()
