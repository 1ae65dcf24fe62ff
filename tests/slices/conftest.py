"""A shop for every test that asks for one, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest
import tallybook as tb
from sqlalchemy import create_engine
from tallybook.db.columns import METADATA

from tests.clocks import SetClock
from tests.conftest import DATABASE_KINDS
from tests.databases import PostgresDatabases
from tests.slices.shop import PROGRAM, Shop


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture(scope="module")
def kept_url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    """A database for all tests of a module: on PostgreSQL, emptying one is much quicker than making one."""
    url = postgres_databases.create()
    yield url
    postgres_databases.drop(url)


@pytest.fixture(params=DATABASE_KINDS)
def book_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty book, which other tests may have used before."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    url = str(request.getfixturevalue("kept_url"))
    engine = create_engine(url)
    with engine.begin() as connection:
        for table in METADATA.sorted_tables:
            connection.execute(table.delete())
    engine.dispose()
    return url


@pytest.fixture
def book(book_url: str, clock: SetClock) -> Iterator[tb.Book]:
    with tb.Book.open(book_url, clock=clock) as opened:
        opened.apply(PROGRAM)
        yield opened


@pytest.fixture
def shop(book: tb.Book, clock: SetClock) -> Shop:
    made = Shop(book, clock)
    made.enroll()
    return made
