"""Laws and rules: which are known, who cites them, and that one was amended or repealed."""

from datetime import date

from starlette.responses import PlainTextResponse, Response

from bot.curation.records import Unknown
from bot.curation.web.visit import Visit
from bot.knowledge.instrument import InstrumentStatus


def show(visit: Visit) -> Response:
    """All of them, with how many entries cite each."""
    library = visit.office.library
    counts: dict[str, int] = {}
    for entry in library.entries:
        for cited in {each.instrument for each in entry.citations}:
            counts[cited] = counts.get(cited, 0) + 1
    words = visit.asked("q").strip()
    found = [
        each
        for each in library.instruments
        if not words or any(words in name for name in (each.name, *each.short_names, each.id))
    ]
    marks = {mark.instrument: mark for mark in library.marks}
    return visit.page("instruments.html", found=found, counts=counts, marks=marks, words=words)


def one(visit: Visit) -> Response:
    """One with its provisions and the entries that cite it."""
    library = visit.office.library
    instrument = library.instrument.get(visit.part("instrument"))
    if instrument is None:
        raise Unknown(visit.part("instrument"))
    citing = [
        each
        for each in library.entries
        if any(cited.instrument == instrument.id for cited in each.citations)
    ]
    mark = next((each for each in library.marks if each.instrument == instrument.id), None)
    return visit.page(
        "instrument.html",
        instrument=instrument,
        citing=citing,
        mark=mark,
        to_check=library.to_check,
        statuses=list(InstrumentStatus)[1:],
        today=visit.office.today(),
    )


def cited(visit: Visit) -> Response:
    """What a citation points to, in one line, for the form's script."""
    library, say = visit.office.library, visit.say
    asked = visit.asked("instrument")
    instrument = library.instrument.get(visit.office.instrument_ids().get(asked, asked))
    if instrument is None:
        return PlainTextResponse(say("没有这部法规。"))
    told = instrument.provision(visit.asked("article")) if visit.asked("article") else None
    since = say("{day} 起施行", day=instrument.effective) if instrument.effective else ""
    parts = (instrument.name, visit.label("status", instrument.status), since)
    line = " · ".join(part for part in parts if part)
    return PlainTextResponse(f"{line}：{told.paraphrase}" if told else line)


def mark(visit: Visit) -> Response:
    """Say that it was amended or repealed: what cites it waits to be checked."""
    instrument, status = visit.part("instrument"), visit.sent("status")
    if instrument not in visit.office.library.instrument:
        raise Unknown(instrument)
    since = _day(visit.sent("since"))
    if status not in list(InstrumentStatus)[1:] or since is None:
        return visit.to(f"/instruments/{instrument}")
    workflow = visit.office.workspace.workflow
    text = visit.sent("text")[:500]
    workflow.mark_instrument(instrument, InstrumentStatus(status), since, visit.name, text)
    return _followed(visit, instrument, f"marked_{status}")


def unmark(visit: Visit) -> Response:
    """Take a mark back."""
    instrument = visit.part("instrument")
    visit.office.workspace.workflow.unmark_instrument(instrument, visit.name, visit.sent("text"))
    return _followed(visit, instrument, "unmarked")


def _followed(visit: Visit, instrument: str, act: str) -> Response:
    visit.office.workspace.follow.once()
    visit.office.note(visit.name, act, instrument, note=visit.sent("text")[:200])
    return visit.to(f"/instruments/{instrument}", done="saved")


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
