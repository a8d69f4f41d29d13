"""The terminal: one question, one answer."""

from rich.console import Console
from rich.markup import escape

from bot.answering.reply import Reply
from bot.dialogue.message import Message, Response
from bot.dialogue.respond import Respond
from bot.transports.plain import plain


async def ask(respond: Respond, text: str) -> Response:
    """The response to one question."""
    return await respond(Message("console", "console", text))


def show(reply: Reply) -> None:
    """Print a reply for a person: the first line stands out, next questions follow."""
    console = Console(highlight=False, soft_wrap=True)
    first, _, rest = reply.text.partition("\n")
    console.print(f"[bold]{escape(plain(first))}[/bold]")
    if rest:
        console.print(escape(plain(rest)))
    if reply.actions:
        console.print()
        for action in reply.actions:
            console.print(f"  → {escape(action.label)}", style="cyan")
