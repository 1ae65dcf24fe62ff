"""A shop for every test that asks for one, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.shop import PROGRAM, Shop


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def book(database_url: str, clock: SetClock) -> Iterator[tb.Book]:
    with tb.Book.open(database_url, clock=clock) as opened:
        opened.apply(PROGRAM)
        yield opened


@pytest.fixture
def shop(book: tb.Book, clock: SetClock) -> Shop:
    made = Shop(book, clock)
    made.enroll()
    return made
