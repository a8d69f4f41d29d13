"""The terminal: one question, one answer."""

import secrets

from rich.console import Console
from rich.markup import escape

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
