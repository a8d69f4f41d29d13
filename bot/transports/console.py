"""The terminal: one question, one answer."""

import secrets
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress as Bar

from bot.answering.reply import Reply
from bot.dialogue.message import Message, Response
from bot.dialogue.respond import Respond
from bot.transports.plain import plain


async def ask(respond: Respond, text: str) -> Response:
    """The response to one question, which leans on no earlier one."""
    return await respond(Message("console", secrets.token_urlsafe(32), text))


def show(reply: Reply) -> None:
    """Print a reply for a person; the first line stands out."""
    console = Console(highlight=False, soft_wrap=True)
    first, _, rest = written(reply).partition("\n")
    console.print(f"[bold]{escape(first)}[/bold]")
    console.print(escape(rest))


def written(reply: Reply) -> str:
    """A reply as it stands in a terminal: the text, then the next questions."""
    next_questions = "\n".join(f"  → {action.label}" for action in reply.actions)
    return "\n\n".join(filter(None, [plain(reply.text), next_questions]))


def take_in(paths: Sequence[str], kind: str | None, *, dry_run: bool, data_dir: Path) -> int:
    """Take sources in with a progress bar and print what became of each part; 1 if all was refused."""
    from ingest.intake import Kind
    from ingest.pipeline import Progress, ingest_paths
    from ingest.report import Outcome

    console = Console(highlight=False, soft_wrap=True)
    try:
        as_kind = Kind(kind) if kind else None
    except ValueError:
        console.print(f"--as {kind} 不认识；可以写 {'、'.join(Kind)}")
        return 1
    with Bar(transient=True, console=console) as bar:
        task = bar.add_task("", total=None)

        def move(progress: Progress) -> None:
            bar.update(
                task,
                completed=progress.done,
                total=progress.total,
                description=escape(progress.source),
            )

        report = ingest_paths(paths, as_kind, dry_run, data_dir, move)
    for line in report.lines:
        console.print(escape(str(line)), style=_STYLES[line.outcome])
    for path in report.written:
        console.print(f"→ {path}")
    counts = "，".join(f"{name} {len(report.of(name))}" for name in Outcome)
    console.print(f"[bold]{counts}[/bold]")
    return int(not report.accepted and not report.flagged)


_STYLES = {"accepted": "green", "flagged": "yellow", "refused": "red"}
