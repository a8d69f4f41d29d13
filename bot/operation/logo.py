"""An association's picture: what was sent is looked at for what it is, and drawn anew."""

from io import BytesIO

from bot.errors import BorrowerAidError
from bot.knowledge.site import LARGEST_LOGO, Logo

KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
LARGEST_SIDE = 6000  # of what is sent; a small file can unfold to gigabytes
SHOWN_SIDE = 320


class PictureUnfit(BorrowerAidError):
    """A file is no PNG, JPEG or WebP picture, or far too large a one."""


def drawn_anew(content: bytes) -> Logo:
    """The picture alone, small enough for a header: nothing hidden in or behind it comes along."""
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=tuple(KINDS)) as picture:
            if max(picture.size) > LARGEST_SIDE:
                raise PictureUnfit(f"the picture has more than {LARGEST_SIDE} pixels on a side")
            kind = str(picture.format)
            picture.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
            plain = picture.convert("RGB" if kind == "JPEG" else "RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise PictureUnfit("the file is no PNG, JPEG or WebP picture") from fault
    drawn = BytesIO()
    plain.save(drawn, kind)
    if len(drawn.getvalue()) > LARGEST_LOGO:
        raise PictureUnfit("the picture has too many details for a logo")
    return Logo.model_validate({"media_type": KINDS[kind], "content": drawn.getvalue()})
