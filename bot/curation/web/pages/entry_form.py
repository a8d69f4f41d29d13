"""Writing an entry: the form, what is kept while somebody types, and two who write at once."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from bot.curation.differ import differ
from bot.curation.records import Conflict, Fault, Faulty, NameTaken, Version
from bot.curation.uploads import prefilled
from bot.curation.web.choosing import Search, chosen, letters, search
from bot.curation.web.entry_fields import IDS, choices, fields_of_form, whole
from bot.curation.web.labels import LABELS
from bot.curation.web.pages.intake import source_of
from bot.curation.web.queue import waiting
from bot.curation.web.rendering import rendered, similar_forms
from bot.curation.web.visit import Visit
from bot.errors import BorrowerAidError
from bot.knowledge.fork import SentForm, forms_sent_to


def begin(visit: Visit) -> Response:
    """An empty form, or one that begins with a question or beside a source."""
    upload, question = source_of(visit), visit.asked("question")[:300].strip()
    fields: Mapping[str, Any] = prefilled(upload) if upload else {}
    if question:
        fields = visit.office.workspace.gaps.prefilled(question).fields
    return _form(visit, "", fields, 0)


def begin_from_gap(visit: Visit) -> Response:
    """A form that begins with questions that people asked in vain."""
    forms = [each[:300] for each in visit.sent_all("form")[:12]]
    question = visit.sent("question")[:300]
    return _form(visit, "", visit.office.workspace.gaps.prefilled(question, forms).fields, 0)


def create(visit: Visit) -> Response:
    """Keep the first draft, and go on writing."""
    fields = fields_of_form(visit.form, {}, visit.office.instrument_ids())
    if looks_for := _looked_for(visit, "", fields):
        return _form(visit, "", fields, 0, wished=visit.sent("id").strip(), looks_for=looks_for)
    workflow = visit.office.workspace.workflow
    topic, title = str(fields.get("topic", "")), str(fields.get("title", ""))
    entry = visit.sent("id").strip() or workflow.free_id(topic, title)
    try:
        made = workflow.begin(entry, fields, visit.name)
    except Faulty as faulty:
        return _form(visit, "", fields, 0, faulty.faults, status=422, wished=entry)
    except NameTaken:
        taken = Fault("id", None, "taken", "there is an entry of this id already")
        return _form(visit, "", fields, 0, (taken,), status=422, wished=entry)
    visit.office.note(visit.name, "began_entry", made.id)
    source = {"source": visit.sent("source")} if visit.sent("source") else {}
    return visit.to(f"/entries/{made.id}/edit", done="saved", **source)


def edit(visit: Visit) -> Response:
    """The form with the newest text."""
    entries = visit.office.workspace.entries
    found = entries.get(visit.part("entry"))
    version = entries.version(found.id)
    faults: tuple[Fault, ...] = ()
    if visit.asked("check"):
        faults = visit.office.workspace.workflow.faults(version.fields)
    return _form(visit, found.id, version.fields, found.revision, faults)


def save(visit: Visit) -> Response:
    """Keep the text; where somebody else was faster, show both and lose neither."""
    entry, workflow = visit.part("entry"), visit.office.workspace.workflow
    fields = _sent(visit, entry)
    if looks_for := _looked_for(visit, entry, fields):
        return _form(visit, entry, fields, visit.sent_number("revision"), looks_for=looks_for)
    try:
        saved = workflow.save(entry, fields, visit.sent_number("revision"), visit.name)
    except Conflict as conflict:
        return _conflict(visit, entry, fields, conflict)
    if visit.sent("then") != "submit":
        source = {"source": visit.sent("source")} if visit.sent("source") else {}
        return visit.to(f"/entries/{entry}/edit", done="saved", **source)
    try:
        workflow.submit(entry, saved.revision, visit.name, visit.sent("note"))
    except Faulty as faulty:
        return _form(visit, entry, fields, saved.revision, faulty.faults, status=422)
    visit.office.measuring.ahead()
    visit.office.note(visit.name, "submitted", entry)
    return visit.to(f"/entries/{entry}", done="submitted")


def autosave(visit: Visit) -> Response:
    """Keep the text while somebody types; the script says what it is told."""
    entry, workflow = visit.part("entry"), visit.office.workspace.workflow
    fields = _sent(visit, entry)
    try:
        saved = workflow.save(entry, fields, visit.sent_number("revision"), visit.name)
    except Conflict as conflict:
        told = visit.say(
            "{who} 刚才也改了这一条。你的文字还在这里，按「保存」来对照。", who=conflict.author
        )
        return visit.json({"conflict": told}, 409)
    return visit.json({"revision": saved.revision, "at": datetime.now(UTC).isoformat()})


def preview(visit: Visit) -> Response:
    """What the borrower will read, as a part of the page."""
    fields = whole(
        fields_of_form(visit.form, {}, visit.office.instrument_ids()), visit.office.today()
    )
    try:
        shown = rendered(visit.office, fields)
    except (BorrowerAidError, ValueError):
        shown = None
    return visit.page("preview.html", shown=shown)


def similar(visit: Visit) -> Response:
    """Question forms of other entries like those in the form, as a part of the page."""
    asked, entry = visit.sent("questions").splitlines(), visit.sent("entry")
    found = similar_forms(visit.office, asked, entry)
    return visit.page("similar.html", found=found, sent_forms=_sent_forms(visit, entry, asked))


def found(visit: Visit) -> Response:
    """What a field can hold that some words are about, as a part of the page."""
    without = visit.request.query_params.getlist("without")[:200]
    field, words, entry = visit.asked("field"), visit.asked("words"), visit.asked("entry")
    return visit.page("choices.html", search=search(visit.office, field, words, entry, without))


def _looked_for(visit: Visit, entry: str, fields: Mapping[str, Any]) -> Search | None:
    """What the form was sent to look for, and not to be kept."""
    what, _, field = visit.sent("then").partition(":")
    if what != "find":
        return None
    words = visit.sent(f"find_{field}")
    return search(visit.office, field, words, entry, fields.get(field, ()))


def _sent_forms(visit: Visit, entry: str, questions: Sequence[str]) -> list[tuple[SentForm, bool]]:
    """The question forms by which buttons find the entry, and whether each still stands."""
    typed = {each.strip() for each in questions}
    sent = forms_sent_to(visit.office.library.forks, entry)
    return [(each, each.form in typed) for each in sent]


def _sent(visit: Visit, entry: str) -> dict[str, Any]:
    before = visit.office.workspace.entries.version(entry).fields
    return fields_of_form(visit.form, before, visit.office.instrument_ids())


def _conflict(visit: Visit, entry: str, mine: Mapping[str, Any], conflict: Conflict) -> Response:
    """Both texts, and what differs; the form below holds one's own."""
    theirs = visit.office.workspace.entries.version(entry)
    return _form(
        visit, entry, mine, conflict.revision, status=409, conflict=conflict, theirs=theirs
    )


def _form(
    visit: Visit,
    entry: str,
    fields: Mapping[str, Any],
    revision: int,
    faults: Sequence[Fault] = (),
    *,
    status: int = 200,
    wished: str = "",
    conflict: Conflict | None = None,
    theirs: Version | None = None,
    looks_for: Search | None = None,
) -> Response:
    office = visit.office
    library, entries = office.library, office.workspace.entries
    shown = rendered(office, whole(fields, office.today()))
    return visit.page(
        "entry_form.html",
        status,
        entry=entry,
        fields=fields,
        revision=revision,
        faults=faults,
        wished=wished,
        conflict=conflict,
        changes=differ(theirs.fields, {**fields, "id": entry}) if theirs else (),
        topics=sorted({*entries.topics(), *LABELS["topic"], str(fields.get("topic", ""))} - {""}),
        lists=choices(),
        library=library,
        similar=similar_forms(office, fields.get("questions", ()), entry),
        sent_forms=_sent_forms(visit, entry, fields.get("questions", ())),
        chosen={name: chosen(office, name, fields.get(name, ())) for name in IDS},
        looks_for=looks_for,
        letters=letters(office),
        shown=shown,
        upload=source_of(visit),
        waiting=waiting(visit),
    )
