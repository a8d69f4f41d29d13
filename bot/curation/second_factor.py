"""The second factor: time-based codes (RFC 6238), their QR code, and recovery codes."""

import base64
import hashlib
import hmac
import os
import secrets
import struct
from urllib.parse import quote

ISSUER = "借款人帮手"
STEP_SECONDS = 30
DIGITS = 6
RECOVERY_CODES = 8
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another


def new_secret() -> str:
    """A secret as authenticator apps take it."""
    return base64.b32encode(os.urandom(20)).decode("ascii")


def code_at(secret: str, step: int) -> str:
    """The code of a time step.

    >>> code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59 // 30)
    '287082'
    """
    mac = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    place = mac[-1] & 0xF
    (number,) = struct.unpack(">I", mac[place : place + 4])
    return str((number & 0x7FFFFFFF) % 10**DIGITS).zfill(DIGITS)


def step_of(secret: str, code: str, seconds: float) -> int | None:
    """The time step whose code it is: this one, the one before or the next; phones' clocks differ."""
    now = int(seconds // STEP_SECONDS)
    steps = (now, now - 1, now + 1)
    return next((n for n in steps if secrets.compare_digest(code_at(secret, n), code)), None)


def address(secret: str, name: str) -> str:
    """What the QR code says to an authenticator app."""
    label = f"{quote(ISSUER)}:{quote(name)}"
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(ISSUER)}"


def qr_path(text: str) -> tuple[int, str]:
    """A QR code as the side of its square and the path of its dark cells, for an SVG."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    side = code.getModuleCount()
    cells = (f"M{x} {y}h1v1h-1z" for y in range(side) for x in range(side) if code.isDark(y, x))
    return side, "".join(cells)


def new_recovery_codes() -> list[str]:
    """Codes for the day on which the phone is gone; 50 random bits each."""
    drawn = ("".join(secrets.choice(LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES))
    return [f"{each[:5]}-{each[5:]}" for each in drawn]


def recovery_hash(code: str, account: str) -> str:
    """What is kept of a recovery code, which nobody types in quite as it was printed."""
    plain = "".join(code.upper().split()).replace("-", "")
    return hashlib.sha256(f"{account}:{plain}".encode()).hexdigest()
