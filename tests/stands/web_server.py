"""The web application behind a real HTTP server."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from tests.stands.ports import free_port, wait_until_listening


@contextmanager
def serving(web: FastAPI, port: int | None = None) -> Iterator[str]:
    """The root address of a running server, stopped at the end."""
    port = port or free_port()
    server = uvicorn.Server(uvicorn.Config(web, port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_until_listening(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
