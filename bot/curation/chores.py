"""What has to be done from time to time, by whichever replica comes to it first."""

from collections.abc import Callable
from datetime import datetime, timedelta

COUNT_EVERY = timedelta(minutes=1)


class Chores:
    """Publishes what is due at once, and counts the answers that entries were in every minute."""

    def __init__(
        self,
        publish_due: Callable[[datetime], object],
        count_uses: Callable[[datetime], object],
    ) -> None:
        self._publish_due = publish_due
        self._count_uses = count_uses
        self._counted: datetime | None = None

    def __call__(self, now: datetime) -> None:
        """Do what is to be done now."""
        self._publish_due(now)
        if self._counted is None or now - self._counted >= COUNT_EVERY:
            self._counted = now
            self._count_uses(now)
