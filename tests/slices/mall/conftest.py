"""A counter for every test that asks for one, on SQLite and on PostgreSQL; it always verifies."""

from collections.abc import Iterator

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.mall.counter import PROGRAM, Counter


@pytest.fixture
def counter(database_url: str, clock: SetClock) -> Iterator[Counter]:
    with tb.Book.open(database_url, clock=clock) as book:
        book.apply(PROGRAM)
        made = Counter(book, clock)
        made.enroll()
        yield made
        book.sweep()
        assert made.problems() == []
