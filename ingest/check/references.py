"""Every id that a record or entry names exists."""

from collections.abc import Collection, Iterator

from ingest.finding import Finding
from ingest.load.knowledge_base import Sources


def check(sources: Sources) -> Iterator[Finding]:
    """Names of entries, channels, creditors, letters and instruments that nothing bears."""
    library = sources.library()
    known: dict[str, Collection[str]] = {
        "related": library.entry,
        "actions": library.entry,
        "channels": library.channel,
        "creditors": library.creditor,
    }
    for entry in sources.entries:
        for field, ids in known.items():
            for number, name in enumerate(getattr(entry.value, field)):
                if name not in ids:
                    message = f"{field}: no {{name}}"
                    yield entry.finding("unknown-id", message, field, number, name=name)
                elif name == entry.value.id:
                    yield entry.finding("self-link", f"{field}: the entry itself", field, number)
        template = entry.value.template
        if template is not None and template not in sources.letters:
            message = "template: no letter {name}"
            yield entry.finding("unknown-id", message, "template", name=template)
    for creditor in sources.creditors:
        if creditor.value.regulator_channel not in library.channel:
            name = creditor.value.regulator_channel
            yield creditor.finding("unknown-id", f"no channel {name}", "regulator_channel")
    for instrument in sources.instruments:
        replaced_by = instrument.value.replaced_by
        if replaced_by is not None and replaced_by not in library.instrument:
            yield instrument.finding("unknown-id", f"no instrument {replaced_by}", "replaced_by")
