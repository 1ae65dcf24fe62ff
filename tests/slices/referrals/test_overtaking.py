"""An order that looks for its referrer before a binding, and locks its page after it."""

from collections.abc import Iterator
from typing import Any

import pytest
import tallybook as tb
from tallybook.engine import gather

from tests.clocks import SetClock
from tests.slices.referrals.friends import PAYING, Friends


@pytest.fixture
def friends(postgresql_url: str) -> Iterator[Friends]:
    """On PostgreSQL alone: SQLite has one writer at a time."""
    clock = SetClock()
    with tb.Book.open(postgresql_url, clock=clock) as book:
        made = Friends(book, clock, PAYING)
        made.enroll("amy", "bob", "eve")
        yield made


def between(monkeypatch: pytest.MonkeyPatch, done: Any) -> None:
    """Have something done once, after handles were looked up and before folios are locked."""
    locked = gather.folios_locked
    left = [done]

    def late(batch: Any) -> Any:
        if left:
            left.pop()()
        return locked(batch)

    monkeypatch.setattr(gather, "folios_locked", late)


def test_it_is_told_to_the_referrer_all_the_same(friends: Friends, monkeypatch: pytest.MonkeyPatch) -> None:
    between(monkeypatch, lambda: friends.bind("bob", "amy"))
    friends.buy("bob", "o1", 10_000)
    assert friends.has("amy", "cash") == 500
    assert friends.newcomers("amy") == {"bob": "bought"}
    assert friends.problems() == []


def test_a_circle_is_not_closed_by_a_binding_that_was_overtaken(
    friends: Friends, monkeypatch: pytest.MonkeyPatch
) -> None:
    friends.bind("bob", "amy")
    between(monkeypatch, lambda: friends.bind("eve", "bob"))
    with pytest.raises(tb.ReferralCircle):
        friends.bind("amy", "eve")
