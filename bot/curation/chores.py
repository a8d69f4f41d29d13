"""What has to be done from time to time, by whichever replica comes to it first."""

from collections.abc import Callable
from datetime import datetime, timedelta

EVERY = timedelta(minutes=1)


class Chores:
    """Publishes what is due at once; each minute counts the answers that entries were in, and gives
    the assistant back to those whose volunteer has gone quiet."""

    def __init__(
        self,
        publish_due: Callable[[datetime], object],
        count_uses: Callable[[datetime], object],
        look_after_talks: Callable[[datetime], object],
    ) -> None:
        self._publish_due = publish_due
        self._count_uses = count_uses
        self._look_after_talks = look_after_talks
        self._done: datetime | None = None

    def __call__(self, now: datetime) -> None:
        """Do what is to be done now."""
        self._publish_due(now)
        if self._done is None or now - self._done >= EVERY:
            self._done = now
            self._count_uses(now)
            self._look_after_talks(now)
