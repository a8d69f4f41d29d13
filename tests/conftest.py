"""What many tests share: the real knowledge base, indexed once for the whole run."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.app import App, build
from bot.settings import ROOT, Settings
from tests.stands.postgres import PostgresServer, postgres_programs

INSTALL_POSTGRES = "To have both: make postgres (Debian, Ubuntu)."

# A busy machine is no fault of the code; the same examples each time make a failure repeatable.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def _clean_environment() -> Iterator[None]:
    """No setting of the developer's own shell reaches a test."""
    mine = {
        name: os.environ.pop(name) for name in list(os.environ) if name.startswith("BORROWER_AID_")
    }
    yield
    os.environ.update(mine)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL server for the whole run; without it those tests are skipped, and it is said."""
    programs = postgres_programs()
    if programs is None and os.environ.get("REQUIRE_POSTGRESQL"):
        pytest.fail("no PostgreSQL server is installed here; " + INSTALL_POSTGRES)
    if programs is None:
        pytest.skip("no PostgreSQL server is installed here")
    server = PostgresServer(programs)
    server.start()
    yield server
    server.remove()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud what was not tested."""
    if postgres_programs() is None:
        terminalreporter.section("PostgreSQL was NOT tested", yellow=True, bold=True)
        terminalreporter.write_line("The store ran on SQLite alone. " + INSTALL_POSTGRES)


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose index is built by the first test that needs it."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def app(data_dir: Path) -> App:
    """The whole assistant as shipped: no model, no token, real index, real SQLite file."""
    return build(Settings(_env_file=None, data_dir=data_dir, knowledge_dir=ROOT / "knowledge_base"))
