"""A purse or a shelf for every test that asks for one, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.stored_value.purse import PROGRAM, Purse, reconciles
from tests.slices.stored_value.shelf import KEY, Shelf


@pytest.fixture
def purse(database_url: str, clock: SetClock) -> Iterator[Purse]:
    with tb.Book.open(database_url, clock=clock) as book:
        book.apply(PROGRAM)
        yield Purse(book, clock)


@pytest.fixture
def shelf(database_url: str, clock: SetClock) -> Iterator[Shelf]:
    with tb.Book.open(database_url, clock=clock, code_key=KEY) as book:
        book.apply(PROGRAM + "codes: {tries: 3, lock_seconds: 600}\n")
        yield Shelf(book, Purse(book, clock))
        assert reconciles(book)
        assert Purse(book, clock, "last").problems() == []
