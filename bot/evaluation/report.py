"""The scores of a set and of its topics, as values and as a table."""

from collections.abc import Callable, Iterable, Sequence
from statistics import median, quantiles

from rich.table import Table

from bot.evaluation.judge import Verdict

Score = dict[str, float | int | None]
Scores = dict[str, Score]

# What a column holds, and its heading.
_COLUMNS = {
    "cases": "cases",
    "points": "points",
    "specific": "specific",
    "complete": "complete",
    "outcome": "outcome",
    "forbidden": "forbidden",
    "sources": "sources",
    "citations": "backed",
    "length": "chars",
    "length_p90": "p90",
    "ms": "ms",
    "ms_p95": "p95",
}


def score(verdicts: Sequence[Verdict]) -> Scores:
    """The scores of a whole set, of its two splits, and of each topic."""
    groups: dict[str, list[Verdict]] = {"all": list(verdicts), "dev": [], "held_out": []}
    for each in verdicts:
        groups[each.case.split].append(each)
        groups.setdefault(each.case.topic, []).append(each)
    return {name: score_group(group) for name, group in groups.items()}


def score_group(verdicts: Sequence[Verdict]) -> Score:
    """The scores of some verdicts; a share is None where there is nothing to take it of."""
    lengths = [len(each.answer) for each in verdicts]
    times = [each.took_ms for each in verdicts]
    return {
        "cases": len(verdicts),
        "points": share(points_said(verdicts, lambda _: True)),
        "specific": share(points_said(verdicts, lambda specific: specific)),
        "complete": share([each.complete for each in verdicts if each.case.points]),
        "outcome": share([each.right_outcome for each in verdicts]),
        "forbidden": sum(bool(each.forbidden) for each in verdicts),
        "sources": share([each.right_source for each in verdicts if each.right_source is not None]),
        "citations": share([pair in each.backed for each in verdicts for pair in each.cited]),
        "length": round(median(lengths)) if lengths else None,
        "length_p90": high(lengths, 90),
        "ms": round(median(times)) if times else None,
        "ms_p95": high(times, 95),
    }


def points_said(verdicts: Iterable[Verdict], wanted: Callable[[bool], bool]) -> list[bool]:
    """For each point of the wanted kind, whether it was said."""
    return [
        said
        for each in verdicts
        for point, said in zip(each.case.points, each.said, strict=True)
        if wanted(point.specific)
    ]


def share(right: Sequence[bool]) -> float | None:
    """The share of true values.

    >>> share([True, False, True])
    0.667
    """
    return round(sum(right) / len(right), 3) if right else None


def high(values: Sequence[float], percent: int) -> int | None:
    """The value that so many percent of the values stay within."""
    if len(values) < 2:
        return round(values[0]) if values else None
    return round(quantiles(values, n=100, method="inclusive")[percent - 1])


def table(name: str, scores: Scores) -> Table:
    """One row for the whole set, each split and each topic."""
    shown = Table(name, *_COLUMNS.values(), box=None)
    for group, values in scores.items():
        shown.add_row(group, *(cell(values[key]) for key in _COLUMNS))
    return shown


def cell(value: float | None) -> str:
    """A score as the table shows it."""
    if value is None:
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value)
