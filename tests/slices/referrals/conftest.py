"""Friends for every test that asks for them, on SQLite and on PostgreSQL; and a book that holds together."""

from collections.abc import Callable, Iterator

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.referrals.friends import SIMPLE, Friends


@pytest.fixture
def friends_of(database_url: str, clock: SetClock) -> Iterator[Callable[[str], Friends]]:
    """Friends in a program, which can be told; the member `amy` is there."""
    made: list[Friends] = []
    with tb.Book.open(database_url, clock=clock) as book:

        def make(program: str) -> Friends:
            made.append(Friends(book, clock, program))
            made[-1].enroll("amy")
            return made[-1]

        yield make
        assert made[-1].problems() == []


@pytest.fixture
def friends(friends_of: Callable[[str], Friends]) -> Friends:
    return friends_of(SIMPLE)
