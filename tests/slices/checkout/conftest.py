"""A web shop for every test that asks for one, on SQLite and on PostgreSQL; it always verifies."""

from collections.abc import Iterator

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.checkout.shop import Shop


@pytest.fixture
def shop(database_url: str, clock: SetClock) -> Iterator[Shop]:
    with tb.Book.open(database_url, clock=clock) as book:
        made = Shop(book, clock)
        yield made
        assert made.problems() == []
