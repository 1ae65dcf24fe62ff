"""A booth for every test that asks for one, on SQLite and on PostgreSQL; it always verifies."""

from collections.abc import Iterator

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.draws.booth import PROGRAM, Booth

KEY = tb.CodeKey("a key of thirty-two bytes for us")


@pytest.fixture
def booth(database_url: str, clock: SetClock) -> Iterator[Booth]:
    with tb.Book.open(database_url, clock=clock, code_key=KEY) as book:
        book.apply(PROGRAM)
        made = Booth(book, clock)
        made.enroll("ann", points=1000)
        yield made
        assert made.problems() == []
