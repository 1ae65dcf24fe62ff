"""A PostgreSQL server that a test may kill."""

from collections.abc import Iterator

import pytest

from tests.databases import lay_schema
from tools.postgres import PostgresKeeper, await_url


@pytest.fixture
def keeper() -> Iterator[PostgresKeeper]:
    """A server for one test alone."""
    keeper = PostgresKeeper()
    yield keeper
    keeper.stop()


@pytest.fixture
def mortal_url(keeper: PostgresKeeper) -> str:
    """The URL of a migrated database on that server."""
    url = await_url(keeper.folder)
    lay_schema(url)
    return url
