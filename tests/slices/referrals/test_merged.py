"""Who brought whom, where members turn out to be one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.referrals.friends import PAYING, TWO_LEVELS, Friends


@pytest.fixture
def friends(book_url: str, clock: SetClock) -> Iterator[Friends]:
    """Amy, who brings others for a commission."""
    with tb.Book.open(book_url, clock=clock) as book:
        friends = Friends(book, clock, PAYING)
        friends.enroll("amy", "eve")
        yield friends
        assert friends.problems() == []


def test_whom_the_other_has_brought_the_member_has_brought(friends: Friends) -> None:
    friends.bring("bob", "amy")
    friends.bring("joe", "eve")
    code = friends.do(tb.IssueReferralCode, "amy").code
    friends.do(tb.MergeMembers, "eve", other="amy")
    assert friends.newcomers("eve") == {"bob": "bound", "joe": "bound"}
    assert friends.view("eve").newcomers == 2
    friends.buy("bob", "o1", 2_000)
    assert friends.has("eve", "cash") == 100
    friends.clock.forward(days=7)
    assert friends.has("eve") == 100
    friends.give_back("bob", "o1")
    assert friends.has("eve", "cash") == 0
    friends.enroll("kim")
    assert friends.do(tb.BindReferral, "kim", code=code).referrer == "eve"


def test_who_brought_the_other_has_brought_the_member(friends: Friends) -> None:
    friends.bring("bob", "amy")
    friends.buy("bob", "o1", 2_000)
    friends.do(tb.MergeMembers, "eve", other="bob")
    assert friends.newcomers("amy") == {"eve": "bought"}
    friends.give_back("eve", "o1", 1_000)
    friends.buy("eve", "o2", 1_000)
    assert friends.has("amy", "cash") == 100
    friends.clock.forward(days=7)
    assert (friends.has("eve"), friends.has("amy")) == (50 + 2, 100)


def test_a_member_keeps_who_brought_them(friends: Friends) -> None:
    friends.enroll("kim")
    friends.bring("bob", "amy")
    friends.bring("joe", "kim")
    friends.do(tb.MergeMembers, "joe", other="bob")
    friends.buy("joe", "o1", 2_000)
    assert (friends.has("amy", "cash"), friends.has("kim", "cash")) == (0, 100)


@pytest.mark.parametrize(("kept", "gone"), [("amy", "bob"), ("bob", "amy")])
def test_who_brought_oneself_gets_nothing_for_it(friends: Friends, kept: str, gone: str) -> None:
    friends.bring("bob", "amy")
    friends.buy("bob", "o1", 2_000)
    had = friends.has("amy", "cash")
    friends.do(tb.MergeMembers, kept, other=gone)
    friends.buy(kept, "o2", 2_000)
    friends.clock.forward(days=7)
    assert (friends.has(kept), friends.has(kept, "cash")) == (4, had)


def test_a_circle_that_a_merge_closes_brings_nothing_to_oneself(friends: Friends) -> None:
    friends.book.apply(TWO_LEVELS)
    friends.bring("bob", "amy")
    friends.bring("kim", "bob")
    friends.do(tb.MergeMembers, "amy", other="kim")
    friends.buy("amy", "o1", 2_000)
    assert (friends.has("bob", "cash"), friends.has("amy", "cash")) == (100, 0)
