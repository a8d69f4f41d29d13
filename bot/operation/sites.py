"""``borrower-aid site``: the associations' pages that may carry the assistant."""

import sys
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.errors import SettingsInvalid
from bot.settings import read_settings

if TYPE_CHECKING:
    from bot.knowledge.site import Logo, Site
    from bot.store.sites import SiteStore

site = typer.Typer(no_args_is_help=True, help="Associations' pages that carry the assistant.")
note = typer.Typer(no_args_is_help=True, help="What an association tells its own visitors.")
site.add_typer(note, name="note")

DAYS_SHOWN = 14
NONE = "none"  # takes a wish back

Key = Annotated[str, typer.Argument(help="The site's key, as in data-site.")]
Name = Annotated[str | None, typer.Option("--name", help="Shown at the top.")]
Origins = Annotated[
    list[str] | None,
    typer.Option("--origin", help="https://… as browsers send it; repeat; none at all: nobody."),
]
Accent = Annotated[str | None, typer.Option("--accent", help="A colour as #1b5e8c.")]
Theme = Annotated[str | None, typer.Option("--theme", help="light, dark, or as the device wants.")]
Label = Annotated[str | None, typer.Option("--label", help="The words on the widget's button.")]
Hotline = Annotated[str | None, typer.Option("--hotline", help="Your own number.")]
Hours = Annotated[str | None, typer.Option("--hours", help="When somebody answers it.")]
VolunteerHours = Annotated[
    str | None,
    typer.Option("--volunteer-hours", help="When your volunteers are there, in place of all's."),
]
Picture = Annotated[Path | None, typer.Option("--logo", help="PNG, JPEG or WebP.")]
Minutes = Annotated[
    str | None, typer.Option("--session-minutes", help="How long a visitor's token lasts.")
]
PerSession = Annotated[
    str | None, typer.Option("--session-messages", help="Messages in one conversation.")
]
PerDay = Annotated[
    str | None, typer.Option("--daily-messages", help="Messages of all visitors in a day.")
]


@site.command("add", help="Add a site, and print the line to paste.")
@site.command(
    "set", help='Change what is named; "none" takes a wish back; --origin replaces all origins.'
)
def keep(
    context: typer.Context,
    key: Key,
    name: Name = None,
    origin: Origins = None,
    accent: Accent = None,
    theme: Theme = None,
    label: Label = None,
    hotline: Hotline = None,
    hours: Hours = None,
    volunteer_hours: VolunteerHours = None,
    logo: Picture = None,
    session_minutes: Minutes = None,
    session_messages: PerSession = None,
    daily_messages: PerDay = None,
) -> None:
    """Keep a site as it is wished for, a new one or one that is there."""
    wishes, store = locals(), _store()
    if context.info_name == "set":
        _keep(store, store.site(key).model_dump(), wishes)
        typer.echo(f"{key} is changed; every process knows within a second.")
        return
    if any(each.key == key for each in store.sites()):
        raise SettingsInvalid(f"There is a site {key} already; change it with site set.")
    _keep(store, {"key": key}, {**wishes, "name": name or key})
    typer.echo(snippet(store.site(key)))


@site.command("list")
def show_all() -> None:
    """List the sites and who may embed them."""
    for each in _store().sites():
        typer.echo(f"{each.key:24} {each.name}  {' '.join(each.origins) or 'no origin: nobody'}")


@site.command("show")
def show(key: Key) -> None:
    """Show a site, the line to paste, its notes and its last days."""
    from bot.clock import today

    store = _store()
    found = store.site(key)
    for name, value in found.model_dump(exclude_none=True).items():
        typer.echo(f"{name:18} {' '.join(value) if isinstance(value, tuple) else value}")
    typer.echo(f"\n{snippet(found)}\n")
    for each in store.notes(key):
        typer.echo(f"note {each.id}  {each.title}")
    for day in store.days(key, today() - timedelta(days=DAYS_SHOWN)):
        counts = day.model_dump(exclude={"day"})
        typer.echo(f"{day.day}  " + "  ".join(f"{name} {n}" for name, n in counts.items()))


@site.command("remove")
def remove(key: Key) -> None:
    """Remove a site with its notes; its visitors' tokens open nothing any more."""
    _store().remove(key)
    typer.echo(f"{key} is gone; the widget on its pages stays closed.")


@site.command("import")
def take_over(
    path: Annotated[Path, typer.Argument(help="A YAML list of sites.")],
) -> None:
    """Add or replace the sites of a YAML file; the others stay."""
    sites = read_sites(path)
    store = _store()
    for each in sites:
        check_hours(each)
    for each in sites:
        store.put(each)
    typer.echo(f"{len(sites)} sites kept.")


@note.command("add")
def add_note(
    key: Key,
    title: Annotated[str, typer.Option("--title", help="What it is about.")],
    text: Annotated[str, typer.Option("--text", help="What visitors are told; - reads it.")],
    question: Annotated[
        list[str] | None, typer.Option("--question", help="A form people ask in; repeat.")
    ] = None,
) -> None:
    """Add a note that only this site's visitors get, under the association's name."""
    from pydantic import ValidationError

    from bot.knowledge.site import LocalNote

    store = _store()
    store.site(key)
    said = sys.stdin.read() if text == "-" else text
    try:
        made = LocalNote(site=key, title=title, questions=tuple(question or ()), text=said)
    except ValidationError as fault:
        raise SettingsInvalid(_first(fault)) from fault
    typer.echo(store.put_note(made))


@note.command("remove")
def remove_note(key: Key, note_id: Annotated[str, typer.Argument(help="Its id.")]) -> None:
    """Remove a note."""
    if not _store().remove_note(key, note_id):
        raise SettingsInvalid(f"{key} has no note {note_id}; borrower-aid site show {key}.")
    typer.echo("The note is gone.")


def snippet(site: "Site") -> str:
    """The line that puts the assistant on a page; what the button needs at once stands in it."""
    wishes = {"site": site.key, "accent": site.accent, "theme": site.theme, "label": site.label}
    data = " ".join(f'data-{name}="{escape(each)}"' for name, each in wishes.items() if each)
    return f'<script src="https://HOST/widget.js" {data} async></script>'


def read_sites(path: Path) -> "tuple[Site, ...]":
    """The sites of a YAML file; a fault names the file and the place."""
    import yaml
    from pydantic import TypeAdapter, ValidationError

    from bot.knowledge.site import Site

    try:
        listed = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        return TypeAdapter(tuple[Site, ...]).validate_python(listed or ())
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as fault:
        raise SettingsInvalid(f"{path} cannot be read: {str(fault).splitlines()[0]}") from fault
    except ValidationError as fault:
        raise SettingsInvalid(f"{path}: {_first(fault)}") from fault


def _keep(store: "SiteStore", before: dict[str, Any], wishes: dict[str, Any]) -> None:
    """The site with what was wished for, and its picture."""
    from pydantic import ValidationError

    from bot.knowledge.site import Site

    named = {name: wishes[name] for name in Site.model_fields if wishes.get(name) is not None}
    if wishes["origin"] is not None:
        named["origins"] = tuple(each for each in wishes["origin"] if each != NONE)
    wanted = {name: None if value == NONE else value for name, value in named.items()}
    try:
        made = Site.model_validate({**before, **wanted})
    except ValidationError as fault:
        raise SettingsInvalid(_first(fault)) from fault
    check_hours(made)
    picture = read_logo(wishes["logo"]) if wishes["logo"] is not None else None
    store.put(made)
    if picture is not None or str(wishes["logo"]) == NONE:
        store.put_logo(made.key, picture)


def check_hours(site: "Site") -> None:
    """SettingsInvalid where a site's hours cannot be read."""
    from bot.dialogue.office_hours import read_office_hours

    read_office_hours(site.volunteer_hours or "", f"volunteer_hours of {site.key}")


def read_logo(path: Path) -> "Logo | None":
    """A picture, known by what it is; none for the path "none"."""
    from bot.operation.logo import PictureUnfit, drawn_anew

    if str(path) == NONE:
        return None
    try:
        return drawn_anew(path.read_bytes())
    except OSError as fault:
        raise SettingsInvalid(f"{path} cannot be read: {fault.strerror}") from fault
    except PictureUnfit as fault:
        raise SettingsInvalid(f"{path}: {fault}") from fault


def _first(fault: Any) -> str:
    first = fault.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


def _store() -> "SiteStore":
    from bot.app import open_store
    from bot.store.sites import SiteStore

    return SiteStore(open_store(read_settings()))
