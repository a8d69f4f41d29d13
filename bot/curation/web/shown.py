"""Times as people in mainland China read them."""

from datetime import date, datetime

from bot.clock import SHANGHAI


def moment(at: datetime | None) -> str:
    """Day and time.

    >>> moment(datetime.fromisoformat("2026-03-01T20:05+00:00"))
    '2026-03-02 04:05'
    """
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else "—"


def day(on: date | None) -> str:
    """A day."""
    return on.isoformat() if on else "—"
