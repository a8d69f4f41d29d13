"""Wait a little for a database server that restarts, so that no borrower reads of it."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Dialect, Engine, event
from sqlalchemy.exc import DBAPIError

PATIENCE_SECONDS = 8.0
TRY_AGAIN_SECONDS = 0.2

Given = ParamSpec("Given")
Result = TypeVar("Result")


def patient(work: Callable[Given, Result]) -> Callable[Given, Result]:
    """Do the work of a repository once more when its connection was lost on the way."""

    @wraps(work)
    def again(*args: Given.args, **named: Given.kwargs) -> Result:
        try:
            return work(*args, **named)
        except DBAPIError as fault:
            if not fault.connection_invalidated:
                raise
        return work(*args, **named)

    return again


def wait_for_server(engine: Engine) -> None:
    """Let new connections wait until the server is there again, for some seconds."""
    event.listen(engine, "do_connect", _connect_patiently)


def _connect_patiently(dialect: Dialect, _record: Any, args: Any, named: Any) -> Any:
    deadline = time.monotonic() + PATIENCE_SECONDS
    away = dialect.loaded_dbapi.OperationalError
    while True:
        try:
            return dialect.connect(*args, **named)
        except away:
            if time.monotonic() > deadline:
                raise
            time.sleep(TRY_AGAIN_SECONDS)
