"""The ``borrower-aid`` command: every way in from a terminal."""

import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import BorrowerAidError
from bot.settings import Settings, read_settings, settings_table

cli = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="借款人帮手: calm, sourced help for people who cannot pay a debt on time.",
)
knowledge = typer.Typer(no_args_is_help=True, help="The knowledge base.")
cli.add_typer(knowledge, name="kb")

Input = Annotated[str, typer.Option("--input", help="JSON lines to read; - is standard input.")]
Output = Annotated[str, typer.Option("--output", help="JSON lines to write; - is standard output.")]


def main() -> None:
    """Run the command; a fault is one line that says what to do, and exit code 1."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    try:
        cli()
    except BorrowerAidError as fault:
        print(fault, file=sys.stderr)  # noqa: T201 - this is the terminal
        raise SystemExit(1) from None


@cli.command()
def ask(
    text: Annotated[str, typer.Argument(help="The question, in your own words.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Answer one question."""
    from bot.app import build
    from bot.transports import console
    from bot.transports.jsonl.answer import reply_record

    app = build(read_settings())
    response = asyncio.run(console.ask(app.respond, text))
    if as_json:
        record = reply_record(response.reply)
        typer.echo(json.dumps(record, ensure_ascii=False))
    else:
        console.show(response.reply)


@cli.command()
def answer(source: Input, target: Output) -> None:
    """Answer many questions from JSON lines."""
    from bot.app import build, today
    from bot.transports.jsonl.answer import answerer
    from bot.transports.jsonl.lines import run_async

    app = build(read_settings())
    raise typer.Exit(asyncio.run(run_async(source, target, answerer(app.steps, today))))


@cli.command()
def serve() -> None:
    """Serve the web chat, and Telegram too where a token is set."""
    from bot.serve import serve as run_services

    asyncio.run(run_services(read_settings()))


@cli.command()
def telegram() -> None:
    """Run the Telegram bot alone."""
    from bot.app import build
    from bot.transports.telegram.bot import run_polling

    settings = read_settings()
    asyncio.run(run_polling(build(settings)))


@cli.command()
def settings() -> None:
    """Print every setting as a table."""
    typer.echo(settings_table())


@knowledge.command("check")
def check_knowledge(
    folder: Annotated[Path | None, typer.Argument(help="The knowledge base.")] = None,
    law_texts: Annotated[
        Path | None, typer.Option("--law-texts", help="Folder with official texts.")
    ] = None,
) -> None:
    """Check the knowledge base; findings name file and line."""
    from ingest.check import check

    findings = check(folder or Settings().knowledge_dir, law_texts)
    for finding in findings:
        typer.echo(finding)
    if findings:
        raise typer.Exit(1)
    typer.echo("The knowledge base is clean.")
