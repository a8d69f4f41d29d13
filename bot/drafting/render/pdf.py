"""Letters as PDF with their Chinese font inside, so that they read the same everywhere."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from bot.drafting import fonts
from bot.drafting.chart import as_png
from bot.drafting.letter import Letter
from bot.drafting.render.layout import PAGE_HEIGHT, PAGE_WIDTH, Page, laid_out

THIN = 0.5  # points


def as_pdf(letters: Sequence[Letter]) -> bytes:
    """The letters as the bytes of a PDF file, each beginning a page."""
    from reportlab.pdfgen.canvas import Canvas

    # measuring registers the font the canvas needs
    pages = [page for letter in letters for page in laid_out(letter).pages]
    paper = BytesIO()
    canvas = Canvas(paper, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=True, lang="zh-CN")
    canvas.setTitle(letters[0].title)
    canvas.setAuthor("")
    for page in pages:
        _draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return paper.getvalue()


def _draw(canvas: Any, page: Page) -> None:
    from reportlab.lib.utils import ImageReader

    for image in page.images:
        picture = ImageReader(BytesIO(as_png(image.curves)))
        canvas.drawImage(picture, image.x, image.y, image.width, image.height)
    canvas.setLineWidth(THIN)
    for rule in page.rules:
        canvas.line(rule.x, rule.y, rule.x + rule.length, rule.y)
    for line in page.lines:
        canvas.setFont(fonts.FONT_NAME, line.size)
        canvas.drawString(line.x, line.y, line.text)
