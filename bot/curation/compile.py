"""Registries and what is live of curation -> the library that answers are made from."""

from collections.abc import Sequence

from bot.curation.records import Shelf
from bot.knowledge.instrument import Instrument, InstrumentStatus
from bot.knowledge.library import Library, Mark

ENDED = {InstrumentStatus.REPEALED, InstrumentStatus.EXPIRED}


def compile_library(registries: Library, shelf: Shelf) -> Library:
    """The library of a shelf; instruments carry what curators marked on them."""
    fields = {name: getattr(registries, name) for name in Library.model_fields}
    fields |= {
        "entries": shelf.entries,
        "instruments": marked(registries.instruments, shelf.marks),
        "marks": shelf.marks,
        "exact_answers": shelf.exact_answers,
        "to_check": dict(shelf.to_check),
    }
    return Library.model_construct(**fields)


def marked(instruments: Sequence[Instrument], marks: Sequence[Mark]) -> tuple[Instrument, ...]:
    """Instruments as curators know them: what is repealed has ended, and is not found any more."""
    by_id = {mark.instrument: mark for mark in marks}
    return tuple(
        _marked(each, by_id[each.id]) if each.id in by_id else each for each in instruments
    )


def _marked(instrument: Instrument, mark: Mark) -> Instrument:
    ended = mark.since if mark.status in ENDED else instrument.ended
    return instrument.model_copy(update={"status": mark.status, "ended": ended})
