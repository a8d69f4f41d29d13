"""The operator's commands of ``borrower-aid``."""

from getpass import getuser
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.operation.sites import site
from bot.settings import read_settings

switch = typer.Typer(no_args_is_help=True, help="Switch a transport or the model off and on.")
person = typer.Typer(no_args_is_help=True, help="What is kept of one person.")
keys = typer.Typer(no_args_is_help=True, help="The keys that seal what people wrote.")


Switch = Annotated[Literal["web", "telegram", "model"], typer.Argument(help="What to switch.")]
Transport = Annotated[str, typer.Argument(help="web, telegram or console.")]
Key = Annotated[str, typer.Argument(help="The chat's number, or the web conversation's id.")]
Who = Annotated[str | None, typer.Option("--who", help="Your name; else the account's.")]
Note = Annotated[str, typer.Option("--note", help="Why, for whoever comes after you.")]


def add_to(cli: typer.Typer) -> None:
    """Put the operator's commands beside the others."""
    cli.add_typer(keys, name="keys")
    cli.add_typer(site, name="site")
    cli.add_typer(switch, name="switch")
    cli.add_typer(person, name="person")
    cli.command("backup")(back_up_data)
    cli.command("restore")(restore_data)


@keys.command("new")
def print_key() -> None:
    """Print a new key, for BORROWER_AID_ENCRYPTION_KEYS."""
    from bot.store.keys import new_key

    typer.echo(new_key())


@keys.command("rotate")
def rotate_keys() -> None:
    """Seal everything with a new key; the old ones still read."""
    from bot.app import open_store
    from bot.store.keys import add_key, key_file
    from bot.store.reseal import reseal

    settings = read_settings()
    if settings.encryption_keys is None:
        add_key(key_file(settings.key_folder))
    moved = reseal(open_store(settings))
    typer.echo(f"{moved} values are sealed with the first key now.")
    typer.echo("Restart every service, then run: borrower-aid keys retire")


@keys.command("retire")
def retire_keys() -> None:
    """Seal what is left with the first key, and drop the others."""
    from bot.app import open_store
    from bot.store.keys import keep_first_key, key_file
    from bot.store.reseal import reseal

    settings = read_settings()
    moved = reseal(open_store(settings))
    typer.echo(f"{moved} values were sealed with an older key; none is now.")
    if settings.encryption_keys is None:
        keep_first_key(key_file(settings.key_folder))
        typer.echo("The older keys are gone from the key file.")
    else:
        typer.echo("Take the older keys out of BORROWER_AID_ENCRYPTION_KEYS.")


@switch.command("off")
def switch_off(name: Switch, note: Note, who: Who = None) -> None:
    """Switch something off: borrowers read one calm sentence, the model's part is left out."""
    _turn(name, on=False, who=who, note=note)


@switch.command("on")
def switch_on(name: Switch, note: Note = "", who: Who = None) -> None:
    """Switch something on again."""
    _turn(name, on=True, who=who, note=note)


@switch.command("list")
def list_switches() -> None:
    """Show what is off, since when, by whom and why."""
    from bot.app import open_store
    from bot.store.switches import SWITCHES, Switches

    turned = {each.name: each for each in Switches(open_store(read_settings())).states()}
    for name in SWITCHES:
        last = turned.get(name)
        state = "on" if last is None or last.on else "OFF"
        said = f"since {last.at:%Y-%m-%d %H:%M} UTC by {last.who}: {last.note}" if last else ""
        typer.echo(f"{name:10} {state:4} {said}".rstrip())


def _turn(name: str, *, on: bool, who: str | None, note: str) -> None:
    from bot.app import open_store
    from bot.store.switches import Switches

    Switches(open_store(read_settings())).turn(name, on=on, who=who or getuser(), note=note)
    typer.echo(f"{name} is {'on' if on else 'off'}; every process knows within a second.")


@person.command("export")
def export_person(transport: Transport, key: Key) -> None:
    """Print everything that is kept of a person."""
    import json

    from bot.app import open_store
    from bot.store.personal_data import export

    kept = export(open_store(read_settings()), transport, key)
    typer.echo(json.dumps(kept, ensure_ascii=False, indent=2))


@person.command("forget")
def forget_person(transport: Transport, key: Key) -> None:
    """Delete everything that is kept of a person."""
    from bot.app import open_store
    from bot.store.personal_data import forget

    gone = forget(open_store(read_settings()), transport, key)
    typer.echo(f"{gone} conversations were deleted, with all that hung on them.")


def back_up_data(
    archive: Annotated[Path, typer.Argument(help="The file to write, for example aid.tar.gz.")],
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="Put the key file in too; guard it well.")
    ] = False,
) -> None:
    """Back up database and data folder while everything runs."""
    from bot.operation.backup import back_up
    from bot.store.keys import key_file

    settings = read_settings()
    back_up(settings, archive, with_keys=with_keys)
    typer.echo(f"{archive} is written.")
    if not settings.store_url.startswith("sqlite"):
        typer.echo("The database is on a server and not in it: use pg_dump beside this.")
    if not with_keys and settings.encryption_keys is None:
        keys = key_file(settings.key_folder)
        typer.echo(f"The keys are not in it: keep a copy of {keys} in another place.")


def restore_data(
    archive: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
) -> None:
    """Put a backup into an empty place."""
    from bot.operation.backup import restore

    restore(read_settings(), archive)
    typer.echo("Restored. Put the key file back if it was kept elsewhere, then start.")
