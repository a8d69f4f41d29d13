"""The operator's commands of ``borrower-aid``."""

import typer

from bot.settings import read_settings

keys = typer.Typer(no_args_is_help=True, help="The keys that seal what people wrote.")


def add_to(cli: typer.Typer) -> None:
    """Put the operator's commands beside the others."""
    cli.add_typer(keys, name="keys")


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
