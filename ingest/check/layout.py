"""Every entry looks the same, so that a change on GitHub shows only what was changed."""

from collections.abc import Iterator
from itertools import zip_longest

from ingest.export import write_entry
from ingest.finding import Finding
from ingest.load.knowledge_base import Sources


def check(sources: Sources) -> Iterator[Finding]:
    """The first line of an entry that ``kb export`` would write differently."""
    for entry in sources.entries:
        written = entry.file.read_text(encoding="utf-8").split("\n")
        wanted = write_entry(entry.value).split("\n")
        for number, (line, right) in enumerate(zip_longest(written, wanted), 1):
            if line != right:
                message = "ends too late" if right is None else f"written as: {right}"
                yield Finding(entry.file, number, "layout", message)
                break
