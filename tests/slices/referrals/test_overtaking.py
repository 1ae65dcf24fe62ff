"""An order that looks for its referrer before a binding, and locks its page after it."""

from collections.abc import Iterator

import pytest
import tallybook as tb
from sqlalchemy import create_engine

from tests.clocks import SetClock
from tests.slices.overtaking import between
from tests.slices.referrals.friends import PAYING, Friends


@pytest.fixture
def friends(postgresql_url: str) -> Iterator[Friends]:
    """On PostgreSQL alone: SQLite has one writer at a time."""
    clock = SetClock()
    with tb.Book.open(postgresql_url, clock=clock) as book:
        made = Friends(book, clock, PAYING)
        made.enroll("amy", "bob", "eve")
        yield made


def test_it_is_told_to_the_referrer_all_the_same(friends: Friends, monkeypatch: pytest.MonkeyPatch) -> None:
    between(monkeypatch, lambda: friends.bind("bob", "amy"))
    friends.buy("bob", "o1", 10_000)
    assert friends.has("amy", "cash") == 500
    assert friends.newcomers("amy") == {"bob": "bought"}
    assert friends.problems() == []


def test_so_it_is_in_a_transaction_of_the_callers(
    friends: Friends, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, lambda: friends.bind("bob", "amy"))
    engine = create_engine(postgresql_url)
    with engine.begin() as connection:
        friends.book.do(friends.buying("bob", "o1", 10_000), connection=connection)
    engine.dispose()
    assert friends.has("amy", "cash") == 500
    assert friends.problems() == []


def test_a_circle_is_not_closed_by_a_binding_that_was_overtaken(
    friends: Friends, monkeypatch: pytest.MonkeyPatch
) -> None:
    friends.bind("bob", "amy")
    between(monkeypatch, lambda: friends.bind("eve", "bob"))
    with pytest.raises(tb.ReferralCircle):
        friends.bind("amy", "eve")


def test_a_code_whose_owner_was_merged_meanwhile_is_the_one_who_goes_on(
    friends: Friends, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = friends.do(tb.IssueReferralCode, "amy").code
    between(monkeypatch, lambda: friends.do(tb.MergeMembers, "bob", other="amy"))
    assert friends.do(tb.BindReferral, "eve", code=code).referrer == "bob"
    assert friends.problems() == []
