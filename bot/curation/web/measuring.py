"""What publications would change, measured aside while a page waits for it."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from threading import Lock, Thread

from bot.curation.effect import Effect
from bot.curation.records import Fields

MOST_KEPT = 20
Changed = Mapping[str, Fields | None]

log = logging.getLogger(__name__)


class Measuring:
    """Effects by entry and revision; each is measured once, in a thread that ends with the process."""

    def __init__(self, measure: Callable[[Changed], Effect], learn: Callable[[], None]) -> None:
        self._measure = measure
        self._learn = learn
        self._learning: Thread | None = None
        self._lock = Lock()
        self._begun: OrderedDict[tuple[str, int], Future[Effect]] = OrderedDict()

    def ahead(self) -> None:
        """Begin to learn what a measurement will need: somebody is going to publish."""
        with self._lock:
            if self._learning is None or not self._learning.is_alive():
                self._learning = Thread(target=self._learn_quietly, daemon=True)
                self._learning.start()

    def begun(self, entry: str, revision: int, fields: Fields | None) -> "Future[Effect]":
        """The measurement of a text, begun if it was not yet."""
        with self._lock:
            known = self._begun.get((entry, revision))
            if known is not None:
                return known
            measured: Future[Effect] = Future()
            self._begun[entry, revision] = measured
            if len(self._begun) > MOST_KEPT:
                self._begun.popitem(last=False)
        Thread(target=self._run, args=(measured, {entry: fields}), daemon=True).start()
        return measured

    def done(self, entry: str, revision: int) -> Effect | None:
        """What was measured of a text on this machine, if it was."""
        with self._lock:
            known = self._begun.get((entry, revision))
        return known.result() if known is not None and known.done() else None

    def _learn_quietly(self) -> None:
        try:
            self._learn()
        except Exception:
            log.warning("the labelled questions could not be asked ahead", exc_info=True)

    def _run(self, measured: "Future[Effect]", changed: Changed) -> None:
        try:
            measured.set_result(self._measure(changed))
        except Exception:
            log.warning("the effect of a publication could not be measured", exc_info=True)
            measured.set_result(Effect((), (), 0, 0, 0.0))
