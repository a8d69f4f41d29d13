"""Associations' sites: what their visitors see, their own notes, the line to paste, their counts."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from pydantic import ValidationError
from starlette.responses import Response

from bot.curation.web.visit import Visit
from bot.dialogue.office_hours import read_office_hours
from bot.errors import SettingsInvalid, SiteUnknown
from bot.knowledge.site import LocalNote, Site
from bot.operation.logo import PictureUnfit, drawn_anew
from bot.store.sites import SiteStore

DAYS = timedelta(days=30)
TEXTS = ("name", "accent", "theme", "label", "hotline", "hours", "volunteer_hours")
NUMBERS = ("session_minutes", "session_messages", "daily_messages")


def show(visit: Visit) -> Response:
    """All sites."""
    return visit.page("sites.html", sites=_store(visit).sites(), fault="", key="", name="")


def create(visit: Visit) -> Response:
    """A new site; who may embed it is said on its page."""
    store, key, name = _store(visit), visit.sent("key").strip(), visit.sent("name").strip()
    sites = store.sites()
    taken = any(each.key == key for each in sites)
    try:
        site = Site(key=key, name=name)
    except ValidationError as fault:
        site, said = None, _said(visit, fault)
    if site is None or taken:
        said = visit.say("已经有这个代号的站点。") if taken else said
        return visit.page("sites.html", 422, sites=sites, fault=said, key=key, name=name)
    store.put(site)
    visit.office.note(visit.name, "added_site", key)
    return visit.to(f"/sites/{key}", done="saved")


def one(visit: Visit) -> Response:
    """One site."""
    return _page(visit, _site(visit), "", 200)


def change(visit: Visit) -> Response:
    """What the form says, if it makes sense."""
    before = _site(visit)
    fields: dict[str, Any] = {name: visit.sent(name).strip() or None for name in TEXTS}
    fields |= {name: visit.sent(name).strip() or None for name in NUMBERS}
    fields["origins"] = visit.sent("origins").split()
    fields = {name: value for name, value in fields.items() if value is not None}
    try:
        site = Site.model_validate({"key": before.key, **fields})
        read_office_hours(site.volunteer_hours or "")
    except ValidationError as fault:
        return _page(visit, before, _said(visit, fault), 422)
    except SettingsInvalid:
        return _page(visit, before, _wrong(visit, {"volunteer_hours"}), 422)
    _store(visit).put(site)
    visit.office.note(visit.name, "changed_site", site.key)
    return visit.to(f"/sites/{site.key}", done="saved")


def put_logo(visit: Visit) -> Response:
    """Keep the site's picture, once it is known to be one."""
    site, file = _site(visit), visit.file("file")
    try:
        logo = drawn_anew(file.file.read() if file else b"")
    except PictureUnfit:
        told = visit.say("这个文件不能做标志：要 PNG、JPEG 或 WebP 图片，每边不超过 6000 像素。")
        return _page(visit, site, told, 422)
    _store(visit).put_logo(site.key, logo)
    visit.office.note(visit.name, "put_logo", site.key)
    return visit.to(f"/sites/{site.key}", done="saved")


def remove_logo(visit: Visit) -> Response:
    """Show no picture any more."""
    site = _site(visit)
    _store(visit).put_logo(site.key, None)
    visit.office.note(visit.name, "removed_logo", site.key)
    return visit.to(f"/sites/{site.key}", done="saved")


def put_note(visit: Visit) -> Response:
    """Keep one of the site's own notes."""
    site = _site(visit)
    lines = [line for line in visit.sent("questions").splitlines() if line.strip()]
    try:
        note = LocalNote(
            id=visit.sent("note"),
            site=site.key,
            title=visit.sent("title"),
            questions=tuple(lines),
            text=visit.sent("text"),
        )
    except ValidationError as fault:
        return _page(visit, site, _said(visit, fault), 422)
    known = {each.id for each in _store(visit).notes(site.key)}
    _store(visit).put_note(note if note.id in known else note.model_copy(update={"id": ""}))
    visit.office.note(visit.name, "kept_note", site.key)
    return visit.to(f"/sites/{site.key}", done="saved")


def remove_note(visit: Visit) -> Response:
    """Delete a note."""
    site = _site(visit)
    _store(visit).remove_note(site.key, visit.sent("note"))
    visit.office.note(visit.name, "removed_note", site.key)
    return visit.to(f"/sites/{site.key}", done="saved")


def _page(visit: Visit, site: Site, fault: str, status: int) -> Response:
    store, base = _store(visit), visit.request.base_url
    days = store.days(site.key, visit.office.today() - DAYS)
    address = f"{base.scheme}://{base.netloc}/widget.js"
    logo = store.logo(site.key)
    return visit.page(
        "site.html",
        status,
        site=site,
        notes=store.notes(site.key),
        logo=sha256(logo.content).hexdigest()[:8]
        if logo
        else "",  # another picture, another address
        days=days,
        most=max((each.messages for each in days), default=0),
        snippet=f'<script src="{address}" data-site="{site.key}" async></script>',
        fault=fault,
    )


def _site(visit: Visit) -> Site:
    from bot.curation.records import Unknown

    try:
        return _store(visit).site(visit.part("key"))
    except SiteUnknown as fault:
        raise Unknown(str(fault)) from fault


def _store(visit: Visit) -> SiteStore:
    return SiteStore(visit.office.app.engine)


def _said(visit: Visit, fault: ValidationError) -> str:
    names = {str(each["loc"][0]) for each in fault.errors() if each["loc"]}
    return _wrong(visit, names)


def _wrong(visit: Visit, names: set[str]) -> str:
    fields = "、".join(visit.label("site_field", name) for name in sorted(names))
    return visit.say("这几项填得不对：{fields}", fields=fields)
