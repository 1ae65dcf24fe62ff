"""What every test can ask for: a database of its own, on SQLite and on PostgreSQL.

- `database_url`: a fresh, migrated database; the test runs once on each kind.
- `new_database`: a function that makes such databases, for tests that need several; likewise on each kind.
- `sqlite_url`, `postgresql_url`, `lookalike_url`: for the few tests about one kind only. A lookalike is a
  database that merely speaks PostgreSQL's protocol; TALLYBOOK_TEST_KINDS=lookalike runs everything on it.
- `print_figures`: a function that prints figures, one JSON line, when the run is over.

PostgreSQL is the server that TALLYBOOK_TEST_DATABASE_URL names (by a role that may create databases), or else
one that this run starts for itself. There is no skipping it: a server that does not start fails the tests.
"""

import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import Databases, LookalikeDatabases, PostgresDatabases, SqliteDatabases
from tests.torture.seeds import torture_seed
from tools.postgres import PostgresKeeper, await_url

KINDS = "TALLYBOOK_TEST_KINDS"
DATABASE_KINDS = os.environ.get(KINDS, "sqlite,postgresql").split(",")
NAMED_SERVER = "TALLYBOOK_TEST_DATABASE_URL"
FIXTURES = {
    "sqlite": "sqlite_databases",
    "postgresql": "postgres_databases",
    "lookalike": "lookalike_databases",
}
# Set by the first process of a run for the workers that it starts.
RUN = "TALLYBOOK_TEST_RUN"
KEEPER_FOLDER = "TALLYBOOK_TEST_KEEPER"

KEEPER = pytest.StashKey[PostgresKeeper]()
FIGURES = pytest.StashKey[list[str]]()

# Databases take as long as the machine lets them: a slow example is no failure.
settings.register_profile("default", deadline=None, print_blob=True)
settings.register_profile(
    "torture",
    deadline=None,
    print_blob=True,
    max_examples=2_000,
    stateful_step_count=200,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL in the run's first process; its workers are setting up and collecting meanwhile."""
    if _is_worker(config) or config.option.collectonly:
        return
    os.environ[RUN] = f"tallybook_test_{secrets.token_hex(4)}"
    if NAMED_SERVER not in os.environ:
        keeper = config.stash[KEEPER] = PostgresKeeper()
        os.environ[KEEPER_FOLDER] = str(keeper.folder)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Collect the figures that tests have found, whichever process they ran in."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    properties = [each for report in reports for each in getattr(report, "user_properties", ())]
    config.stash[FIGURES] = [str(value) for name, value in dict.fromkeys(properties) if name == "figures"]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Print the figures, last of all; leave no server and no database behind."""
    sys.stdout.writelines(f"{line}\n" for line in config.stash.get(FIGURES, []))
    if keeper := config.stash.get(KEEPER, None):
        keeper.stop()
    elif not _is_worker(config) and NAMED_SERVER in os.environ and RUN in os.environ:
        for kind in (LookalikeDatabases, PostgresDatabases):
            kind(os.environ[NAMED_SERVER], os.environ[RUN], process="last").drop_all()


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def server_url() -> str:
    """The PostgreSQL server of this run."""
    return os.environ.get(NAMED_SERVER) or await_url(Path(os.environ[KEEPER_FOLDER]))


@pytest.fixture(scope="session")
def postgres_databases(server_url: str, worker_id: str) -> PostgresDatabases:
    return PostgresDatabases(server_url, os.environ[RUN], process=worker_id)


@pytest.fixture(scope="session")
def lookalike_databases(server_url: str, worker_id: str) -> LookalikeDatabases:
    return LookalikeDatabases(server_url, os.environ[RUN], process=worker_id)


@pytest.fixture(params=DATABASE_KINDS)
def databases(request: pytest.FixtureRequest) -> Databases:
    # Asked for by name, so that a test on SQLite does not wait for PostgreSQL.
    name = FIXTURES[request.param]
    found: Databases = request.getfixturevalue(name)
    return found


@pytest.fixture
def new_database(databases: Databases) -> Iterator[Callable[[], str]]:
    with _dropped_after(databases) as create:
        yield create


@pytest.fixture
def database_url(new_database: Callable[[], str]) -> str:
    return new_database()


@pytest.fixture
def sqlite_url(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    with _dropped_after(sqlite_databases) as create:
        yield create()


@pytest.fixture
def postgresql_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    with _dropped_after(postgres_databases) as create:
        yield create()


@pytest.fixture
def lookalike_url(lookalike_databases: LookalikeDatabases) -> Iterator[str]:
    with _dropped_after(lookalike_databases) as create:
        yield create()


@pytest.fixture
def print_figures(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Prints `name` and figures as one JSON line, with the seed that the run can be repeated with."""

    def note(name: str, **figures: Any) -> None:
        record_property("figures", json.dumps({"name": name, **figures, "seed": torture_seed()}))

    return note


@contextmanager
def _dropped_after(databases: Databases) -> Iterator[Callable[[], str]]:
    with ExitStack() as dropping:

        def create() -> str:
            url = databases.create()
            dropping.callback(databases.drop, url)
            return url

        yield create
