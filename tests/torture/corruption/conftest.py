"""A told book for each kind of database, and a way to tamper with it that is taken back after each test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest
import tallybook as tb
from sqlalchemy import Connection, text
from tallybook.db.database import Database

from tests.conftest import DATABASE_KINDS, FIXTURES
from tests.databases import Databases
from tests.torture.corruption.storied_book import PROGRAM, Rows, eventually, restore, saved, tell


@dataclass(frozen=True, slots=True)
class Told:
    """A book in which everything has happened, its database, and how that was in the beginning."""

    book: tb.Book
    database: Database
    rows: Rows

    def tamper(self, change: Callable[[Connection], object]) -> None:
        """Change the database past the library, for good."""
        with self.database.engine.begin() as connection:
            change(connection)

    def run(self, *statements: str) -> None:
        """Run SQL, as somebody with a console would."""
        with self.database.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def sealed(self) -> tb.Seal:
        """A seal of everything."""
        with self.database.engine.connect() as connection:
            entries = connection.execute(
                text("SELECT count(*) FROM entry WHERE program = 'shop'")
            ).scalar_one()
        eventually(lambda: self.book.seal(PROGRAM).entries >= entries)
        return self.book.seal(PROGRAM)

    def found(
        self, after: str = "", member: str = "", against: tb.Seal | None = None
    ) -> list[tb.Disagreement]:
        """What `verify` finds."""
        checks = self.book.verify(PROGRAM, after, member=member, against=against)
        return [checked.disagreement for checked in checks if checked.disagreement is not None]


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def told_once(request: pytest.FixtureRequest) -> Iterator[Told]:
    name = FIXTURES[request.param]
    databases: Databases = request.getfixturevalue(name)
    url = databases.create()
    with tell(url) as book:
        database = Database(url)
        yield Told(book, database, saved(database))
        database.dispose()
    databases.drop(url)


@pytest.fixture
def told(told_once: Told) -> Iterator[Told]:
    yield told_once
    told_once.tamper(partial(restore, rows=told_once.rows))
