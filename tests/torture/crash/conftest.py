"""A PostgreSQL server that tests may kill, as long as they start it again."""

import secrets
from collections.abc import Iterator

import pytest

from tests.databases import PostgresDatabases
from tools.postgres import PostgresKeeper, await_url


@pytest.fixture(scope="session")
def keeper() -> Iterator[PostgresKeeper]:
    """A server for these tests alone."""
    keeper = PostgresKeeper()
    yield keeper
    keeper.stop()


@pytest.fixture(scope="session")
def mortal_databases(keeper: PostgresKeeper) -> PostgresDatabases:
    return PostgresDatabases(await_url(keeper.folder), f"mortal_{secrets.token_hex(4)}", process="one")


@pytest.fixture
def mortal_url(mortal_databases: PostgresDatabases) -> Iterator[str]:
    """A fresh, migrated database on that server."""
    url = mortal_databases.create()
    yield url
    mortal_databases.drop(url)
