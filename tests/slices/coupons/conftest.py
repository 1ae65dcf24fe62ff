"""A drawer of coupons for every test that asks for one, on SQLite and on PostgreSQL; it always verifies."""

from collections.abc import Iterator

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.coupons.drawer import PROGRAM, Drawer

KEY = tb.CodeKey("a key of thirty-two bytes for us")


@pytest.fixture
def drawer(database_url: str, clock: SetClock) -> Iterator[Drawer]:
    with tb.Book.open(database_url, clock=clock, code_key=KEY) as book:
        book.apply(PROGRAM)
        made = Drawer(book, clock)
        made.enroll()
        yield made
        assert made.problems() == []
