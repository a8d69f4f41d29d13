"""A picture is taken for what it is, and drawn anew."""

from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.operation.logo import SHOWN_SIDE, PictureUnfit, drawn_anew


def picture(kind: str, side: int = 400, **options: object) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (side, side // 2), "#0f6a68").save(drawn, kind, **options)
    return drawn.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_keeps_its_kind_and_fits_a_header(kind: str) -> None:
    logo = drawn_anew(picture(kind))
    assert logo.media_type == f"image/{kind.lower()}"
    with Image.open(BytesIO(logo.content)) as shown:
        assert shown.size == (SHOWN_SIDE, SHOWN_SIDE // 2)


def test_what_hides_in_a_picture_does_not_come_along() -> None:
    told = PngInfo()
    told.add_text("Comment", "<script>alert(1)</script>")
    logo = drawn_anew(picture("PNG", pnginfo=told) + b"PK\x03\x04 an archive behind it")
    assert b"script" not in logo.content
    assert b"archive" not in logo.content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg onload=alert(1)>",
        b"GIF89a",
        picture("GIF"),
        b"\x89PNG\r\n" + b"x" * 100,
        picture("PNG")[:60],
        b"RIFF....AVI ",
        picture("PNG", 6001),
    ],
    ids=["nothing", "svg", "gif head", "gif", "png head", "half", "film", "huge"],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PictureUnfit):
        drawn_anew(content)
