"""Numbers for Prometheus, counted from what the process logs: events, outcomes, durations.

What is counted is what is logged, so neither can hold a borrower's words: only events whose text stands
in our own source are counted, by that text.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock

BUCKETS_MS = (1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
MOST_EVENTS = 200
ANSWERED = "answered"
Labels = tuple[tuple[str, str], ...]


class Durations:
    """How long something took, in Prometheus' cumulative buckets."""

    def __init__(self) -> None:
        self.buckets = [0] * len(BUCKETS_MS)
        self.count = 0
        self.total_ms = 0.0

    def add(self, took_ms: float) -> None:
        """Count one."""
        self.count += 1
        self.total_ms += took_ms
        for place, limit in enumerate(BUCKETS_MS):
            if took_ms <= limit:
                self.buckets[place] += 1


class Numbers(logging.Handler):
    """Counts what passes through the logs of this process."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._guard = Lock()
        self._answers: Counter[Labels] = Counter()
        self._events: Counter[Labels] = Counter()
        self._stages: dict[str, Durations] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Count a record."""
        with self._guard:
            if record.msg == ANSWERED:
                self._count_answer(record)
                return
            labels = (("event", str(record.msg)), ("level", record.levelname.lower()))
            if labels in self._events or len(self._events) < MOST_EVENTS:
                self._events[labels] += 1

    def lines(self) -> Iterator[str]:
        """Everything counted so far, in Prometheus' text format."""
        with self._guard:
            yield from counted("answers", "Answers given, by how they ended.", self._answers)
            yield from counted("events", "Events logged, by their text.", self._events)
            yield from _timed(self._stages)

    def _count_answer(self, record: logging.LogRecord) -> None:
        facts = vars(record)
        names = ("transport", "status", "engine", "risk")
        self._answers[tuple((name, str(facts.get(name, ""))) for name in names)] += 1
        for stage, took_ms in facts.get("timings_ms", {}).items():
            self._stages.setdefault(stage, Durations()).add(took_ms)


def counted(name: str, told: str, values: Mapping[Labels, int]) -> Iterator[str]:
    """A counter's lines."""
    yield f"# HELP borrower_aid_{name}_total {told}"
    yield f"# TYPE borrower_aid_{name}_total counter"
    for labels, value in sorted(values.items()):
        yield f"borrower_aid_{name}_total{{{_written(labels)}}} {value}"


def gauge(name: str, told: str, values: Iterable[tuple[Labels, float]]) -> Iterator[str]:
    """A gauge's lines."""
    yield f"# HELP borrower_aid_{name} {told}"
    yield f"# TYPE borrower_aid_{name} gauge"
    for labels, value in values:
        shown = f"{{{_written(labels)}}}" if labels else ""
        yield f"borrower_aid_{name}{shown} {value:g}"


def _timed(stages: Mapping[str, Durations]) -> Iterator[str]:
    name = "borrower_aid_stage_milliseconds"
    yield f"# HELP {name} How long each step of an answer took."
    yield f"# TYPE {name} histogram"
    for stage, durations in sorted(stages.items()):
        label = _written((("stage", stage),))
        for limit, count in zip(BUCKETS_MS, durations.buckets, strict=True):
            yield f'{name}_bucket{{{label},le="{limit}"}} {count}'
        yield f'{name}_bucket{{{label},le="+Inf"}} {durations.count}'
        yield f"{name}_sum{{{label}}} {durations.total_ms:.2f}"
        yield f"{name}_count{{{label}}} {durations.count}"


def _written(labels: Labels) -> str:
    return ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
