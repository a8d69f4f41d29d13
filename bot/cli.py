"""The ``borrower-aid`` command: every way in from a terminal."""

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.curation import commands as curation
from bot.errors import BorrowerAidError
from bot.operation import commands as operation
from bot.operation.logs import set_up_logging
from bot.settings import ROOT, Settings, read_settings, settings_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bot.dialogue.creditor_names import CreditorNames

    RecordAnswer = Callable[[dict[str, Any], date, CreditorNames], dict[str, Any]]

cli = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="借款人帮手: calm, sourced help for people who cannot pay a debt on time.",
)
knowledge = typer.Typer(no_args_is_help=True, help="The knowledge base.")
cli.add_typer(knowledge, name="kb")
operation.add_to(cli)
curation.add_to(cli)

Input = Annotated[str, typer.Option("--input", help="JSON lines to read; - is standard input.")]
EVALUATION = ROOT / "tests" / "evaluation"
Output = Annotated[str, typer.Option("--output", help="JSON lines to write; - is standard output.")]


def main() -> None:
    """Run the command; a fault is one line that says what to do, and exit code 1."""
    set_up_logging("text")
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
    from bot.app import build
    from bot.clock import today
    from bot.transports.jsonl.answer import answerer
    from bot.transports.jsonl.lines import run_async

    app = build(read_settings())
    raise typer.Exit(asyncio.run(run_async(source, target, answerer(app.steps, today))))


@cli.command()
def plan(source: Input, target: Output) -> None:
    """Work out repayment plans from JSON lines."""
    from bot.transports.jsonl.plan import plan_record

    _each_line(source, target, plan_record)


@cli.command()
def rate(source: Input, target: Output) -> None:
    """Work out true annual rates from JSON lines."""
    from bot.transports.jsonl.rate import rate_record

    _each_line(source, target, rate_record)


@cli.command()
def conduct(source: Input, target: Output) -> None:
    """Hold acts of collection against the rules, from JSON lines."""
    from bot.transports.jsonl.conduct import conduct_record
    from bot.transports.jsonl.lines import run
    from ingest.load.knowledge_base import read_knowledge_base

    library = read_knowledge_base(read_settings().knowledge_dir)
    raise typer.Exit(run(source, target, lambda record: conduct_record(record, library)))


@cli.command()
def draft(
    kind: Annotated[str, typer.Argument(help="Which letter, for example negotiation-letter.")],
    source: Annotated[str, typer.Option("--input", help="One JSON record; - is standard input.")],
    target: Annotated[str, typer.Option("--output", help="The document to write.")],
    form: Annotated[str, typer.Option("--format", help="txt, docx or pdf.")] = "txt",
) -> None:
    """Write a letter from a plan or case."""
    from bot.clock import today
    from bot.drafting.template import read_templates
    from bot.transports.jsonl.draft import run_draft

    templates = read_templates(read_settings().knowledge_dir / "letters")
    names = _creditor_names()
    raise typer.Exit(run_draft(kind, source, target, form, today(), templates, names))


@cli.command()
def ingest(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, archives or addresses.")],
    kind: Annotated[
        str | None, typer.Option("--as", help="guidance, law or web; found out without it.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report only, write nothing.")] = False,
) -> None:
    """Take in sources; each becomes a draft for a person, laws become passages."""
    from bot.transports.console import take_in

    raise typer.Exit(take_in(paths, kind, dry_run=dry_run, data_dir=read_settings().data_dir))


@cli.command()
def parse(source: Input, target: Output) -> None:
    """Read amounts, rates, days and dates out of people's words."""
    from bot.clock import today
    from bot.transports.jsonl.lines import run
    from bot.transports.jsonl.parse import parse_record

    raise typer.Exit(run(source, target, lambda record: parse_record(record, today())))


@cli.command()
def retrieve(
    corpus: Annotated[Path, typer.Option("--corpus", help="JSON lines {id, title, text}.")],
    queries: Annotated[str, typer.Option("--queries", help="JSON lines {id, text}.")],
    output: Output,
    limit: Annotated[int, typer.Option("--k", min=1, help="Hits for each query.")] = 10,
    known: Annotated[
        Path | None, typer.Option("--known", help="JSON lines {text, ids} of known questions.")
    ] = None,
    index: Annotated[
        Path | None, typer.Option("--index", help="Folder that keeps the index for the next time.")
    ] = None,
) -> None:
    """Search any corpus with the product's own retriever."""
    from bot.answering.retrieval.embedding import open_embedder
    from bot.transports.jsonl.retrieve import retrieve as search

    embedder = open_embedder(*read_settings().embedding)
    raise typer.Exit(
        search(
            corpus, queries, output, limit=limit, embedder=embedder, known=known, index_dir=index
        )
    )


@cli.command()
def evaluate(
    sets: Annotated[
        list[Path] | None, typer.Option("--set", help="A labelled set; all of ours without it.")
    ] = None,
    json_to: Annotated[
        Path | None, typer.Option("--json", help="Where to write scores and replies.")
    ] = None,
) -> None:
    """Answer the labelled questions and score the answers."""
    from bot.app import build
    from bot.clock import today
    from bot.evaluation.evaluate import SETS
    from bot.evaluation.evaluate import evaluate as judge

    app = build(read_settings())
    chosen = sets or [EVALUATION / f"{name}.jsonl" for name in SETS]
    judge(app.steps, app.library, today(), chosen, json_to)


@cli.command()
def serve() -> None:
    """Serve the web chat, and Telegram too where a token is set."""
    from bot.serve import serve as run_services

    asyncio.run(run_services(_logged(read_settings())))


@cli.command()
def telegram() -> None:
    """Run the Telegram bot alone."""
    from bot.serve import serve_telegram

    asyncio.run(serve_telegram(_logged(read_settings())))


@cli.command()
def worker() -> None:
    """Do the background duties alone: deletion and publication on time."""
    from bot.serve import serve_worker

    asyncio.run(serve_worker(_logged(read_settings())))


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


@knowledge.command("stats")
def count_knowledge(
    folder: Annotated[Path | None, typer.Argument(help="The knowledge base.")] = None,
) -> None:
    """Count what the knowledge base holds."""
    from dataclasses import asdict

    from ingest.load.knowledge_base import read_knowledge_base
    from ingest.stats import statistics

    figures = asdict(statistics(read_knowledge_base(folder or Settings().knowledge_dir)))
    typer.echo(json.dumps(figures, ensure_ascii=False, indent=2, default=str))


@knowledge.command("import")
def import_knowledge(
    folder: Annotated[
        Path | None, typer.Argument(help="Another folder to add entries from.")
    ] = None,
) -> None:
    """Take entries from files into the workspace; what people changed there stays."""
    from bot.app import open_store
    from bot.curation.exchange import add_files, import_files
    from bot.store.files import Files

    settings = read_settings()
    store = Files(open_store(settings))
    take = import_files if folder in (None, settings.knowledge_dir) else add_files
    taken = take(store, folder or settings.knowledge_dir)
    for entry in taken.waiting:
        typer.echo(f"{entry}: changed in its file and in the workspace; decide there")
    new, changed, retired = map(len, (taken.new, taken.changed, taken.retired))
    typer.echo(f"{new} new, {changed} changed, {retired} retired")
    if taken.waiting:
        raise typer.Exit(1)


@knowledge.command("export")
def export_knowledge(
    target: Annotated[
        Path | None, typer.Argument(help="Folder to write guidance/ into; the knowledge base.")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--from", help="A knowledge base instead of what is published.")
    ] = None,
) -> None:
    """Write every published entry in the one layout."""
    from bot.app import open_store
    from bot.curation.exchange import export_files, import_files
    from bot.store.files import Files
    from bot.store.publications import Publications
    from ingest.export import export
    from ingest.load.knowledge_base import read_knowledge_base

    settings = read_settings()
    into = target or settings.knowledge_dir
    if folder is not None:
        written = export(read_knowledge_base(folder).entries, into)
        typer.echo(f"{len(written)} entries written to {into}")
        return
    engine = open_store(settings)
    import_files(Files(engine), settings.knowledge_dir)
    keep = Files(engine).waiting() if into == settings.knowledge_dir else ()
    done = export_files(Publications(engine).shelf()[0].entries, into, keep)
    for entry in done.kept:
        typer.echo(f"{entry}: its file has changes that nobody decided on; left as it is")
    typer.echo(f"{len(done.written)} written, {len(done.removed)} removed in {into}")


def _logged(settings: Settings) -> Settings:
    set_up_logging(settings.log_format)
    return settings


def _each_line(source: str, target: str, answer: "RecordAnswer") -> None:
    """Run a plan or rate command with the registry's names of creditors."""
    from bot.clock import today
    from bot.transports.jsonl.lines import run

    names = _creditor_names()
    raise typer.Exit(run(source, target, lambda record: answer(record, today(), names)))


def _creditor_names() -> "CreditorNames":
    from bot.dialogue.creditor_names import CreditorNames
    from bot.knowledge.registry import Creditor
    from ingest.load.registries import read_registry

    path = read_settings().knowledge_dir / "creditors.yaml"
    located, _faults = read_registry(path, Creditor)
    return CreditorNames([each.value for each in located])
