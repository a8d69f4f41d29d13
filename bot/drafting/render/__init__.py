"""Letters as a file: plain text, Word or PDF."""

from collections.abc import Callable, Sequence

from bot.drafting.letter import Letter
from bot.drafting.render.docx import as_docx
from bot.drafting.render.pdf import as_pdf
from bot.drafting.render.text import as_text

RENDERERS: dict[str, Callable[[Sequence[Letter]], bytes]] = {
    "txt": as_text,
    "docx": as_docx,
    "pdf": as_pdf,
}
MEDIA_TYPES = {
    "txt": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def render(letters: Sequence[Letter], form: str) -> bytes:
    """The letters as the bytes of one file; ``form`` is txt, docx or pdf."""
    return RENDERERS[form](letters)
