"""A market for every test that asks for one, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.earning.market import Market


@pytest.fixture
def open_market(database_url: str, clock: SetClock) -> Iterator[Callable[[str], Market]]:
    """Opens a market under a program, with member m1."""
    with tb.Book.open(database_url, clock=clock) as book:

        def opened(text: str) -> Market:
            market = Market(book, clock, text)
            market.enroll()
            return market

        yield opened
