"""What has to be done now and then, by whichever process is there: retention above all."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from bot.store.retention import delete_outdated

EVERY_SECONDS = 3600.0
AGAIN_SECONDS = 60.0

log = logging.getLogger(__name__)


async def do_duties(engine: Engine, keep_days: int) -> None:
    """Do them each hour until cancelled; any number of processes may do so at once."""
    while True:
        done = await _delete_outdated(engine, keep_days)
        await asyncio.sleep(EVERY_SECONDS if done else AGAIN_SECONDS)


async def _delete_outdated(engine: Engine, keep_days: int) -> bool:
    try:
        gone = await asyncio.to_thread(
            delete_outdated, engine, timedelta(days=keep_days), datetime.now(UTC)
        )
    except Exception:
        log.warning("retention failed; trying again in a minute", exc_info=True)
        return False
    log.info("deleted what was kept long enough", extra=gone)
    return True
