"""The commands of ``borrower-aid`` about people: accounts and the audit log."""

from getpass import getuser
from typing import TYPE_CHECKING, Annotated

import typer

from bot.settings import read_settings

if TYPE_CHECKING:
    from bot.curation.accounts import People

account = typer.Typer(no_args_is_help=True, help="Who may enter the volunteers' workspace.")
audit = typer.Typer(no_args_is_help=True, help="What was done in the workspace.")

Name = Annotated[str, typer.Argument(help="The name they sign in with.")]
AsRole = Annotated[
    str, typer.Option("--role", help="editor, reviewer, site_manager or administrator.")
]


def add_to(cli: typer.Typer) -> None:
    """Put the commands beside the others."""
    cli.add_typer(account, name="account")
    cli.add_typer(audit, name="audit")


@account.command("add")
def add_account(
    note: Annotated[str, typer.Argument(help="Whom the link is for.")],
    role: AsRole = "administrator",
    mail: Annotated[str, typer.Option(help="By which a sign-in provider may vouch for them.")] = "",
) -> None:
    """Print a link by which one person can come in and choose name and password."""
    from bot.curation.people import Role

    if role not in list(Role):
        raise typer.BadParameter(f"choose one of {', '.join(Role)}", param_hint="--role")
    _print_link(_people().invite(Role(role), note, _operator(), email=mail))


@account.command("link")
def renew_account(name: Name) -> None:
    """Print a link by which somebody can choose a new password and second factor."""
    people = _people()
    of = people.named(name)
    _print_link(people.invite(of.role, "", _operator(), of))


@account.command("list")
def list_accounts() -> None:
    """Show who may come in."""
    for each in _people().accounts.all():
        state = "shut out" if not each.active else "" if each.ready else "no second factor yet"
        typer.echo(f"{each.name:20} {each.role:14} {state}".rstrip())


@account.command("shut")
def shut_account(name: Name) -> None:
    """Shut somebody out, and sign them out everywhere."""
    people = _people()
    of = people.named(name)
    people.change(of.id, of.role, _operator(), active=False)
    typer.echo(f"{of.name} is shut out.")


@account.command("open")
def open_account(name: Name) -> None:
    """Let somebody in again."""
    people = _people()
    of = people.named(name)
    people.change(of.id, of.role, _operator(), active=True)
    typer.echo(f"{of.name} may come in again.")


@audit.command("check")
def check_audit(
    seen: Annotated[
        str | None, typer.Option("--seen", help="A last hash noted earlier; it must be there.")
    ] = None,
) -> None:
    """Check that no line of the audit log was changed, added or taken out."""
    count, last = _people().audit.check(seen)
    typer.echo(f"{count} lines hold together. The last hash, to note elsewhere:\n{last}")


def _people() -> "People":
    from bot.app import open_store
    from bot.curation.accounts import people_of

    return people_of(open_store(read_settings()))


def _operator() -> str:
    return f"terminal:{getuser()}"


def _print_link(token: str) -> None:
    settings = read_settings()
    typer.echo("This link works once, for three days:")
    typer.echo(f"http://{settings.web_host}:{settings.web_port}/workspace/invitation/{token}")
