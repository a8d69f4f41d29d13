"""Today, where the borrowers are."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """The date in mainland China."""
    return datetime.now(SHANGHAI).date()
