"""A purse for every test that asks for one, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.stored_value.purse import PROGRAM, Purse


@pytest.fixture
def purse(book_url: str, clock: SetClock) -> Iterator[Purse]:
    with tb.Book.open(book_url, clock=clock) as book:
        book.apply(PROGRAM)
        yield Purse(book, clock)
