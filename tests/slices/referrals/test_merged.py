"""Who brought whom, where members turn out to be one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.referrals.friends import PAYING, TWO_LEVELS, Friends


@pytest.fixture
def friends(database_url: str, clock: SetClock) -> Iterator[Friends]:
    """Amy, who brings others for a commission."""
    with tb.Book.open(database_url, clock=clock) as book:
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


def test_one_newcomer_is_rewarded_for_once(friends: Friends) -> None:
    friends.enroll("kim")
    friends.bring("bob", "amy")
    friends.bring("joe", "kim")
    friends.buy("bob", "o1", 2_000)
    friends.buy("joe", "o2", 2_000)
    friends.do(tb.MergeMembers, "joe", other="bob")
    friends.give_back("joe", "o1")
    friends.clock.forward(days=7)
    assert (friends.has("amy"), friends.has("kim"), friends.has("joe")) == (0, 100, 50 + 2)
    friends.do(tb.SplitMembers, "joe", other="bob")
    friends.clock.forward(days=7)
    assert (friends.has("amy"), friends.has("bob") + friends.has("joe")) == (0, 50 + 2)


def test_who_brought_who_brought_oneself_has_brought_the_member(friends: Friends) -> None:
    friends.bring("bob", "amy")
    friends.bring("kim", "bob")
    friends.do(tb.MergeMembers, "kim", other="bob")
    assert friends.newcomers("amy") == {"kim": "bound"}
    friends.buy("kim", "o1", 10_000)
    assert (friends.has("amy", "cash"), friends.has("kim", "cash")) == (500, 0)
    friends.clock.forward(days=7)
    assert (friends.has("amy"), friends.has("kim")) == (100, 50 + 10)
    friends.give_back("kim", "o1")
    assert friends.has("amy", "cash") == 0


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


def test_who_brought_oneself_by_another_name_gets_nothing_for_it(friends: Friends) -> None:
    friends.bring("bob", "amy")
    friends.do(tb.MergeMembers, "eve", other="amy")
    friends.do(tb.MergeMembers, "eve", other="bob")
    friends.buy("eve", "o1", 2_000)
    friends.clock.forward(days=7)
    assert (friends.has("eve"), friends.has("eve", "cash"), friends.newcomers("eve")) == (2, 0, {})


def told(friends: Friends, member: str) -> tuple[str, ...]:
    """What the last entry of a member's says."""
    page = friends.book.ask(tb.Statement(program="shop", member=member))
    asked = tb.Explain(program="shop", member=member, entry=page.entries[0].version)
    return friends.book.ask(asked).sentences


def test_what_was_given_to_who_is_gone_is_taken_back_where_it_came(friends: Friends) -> None:
    friends.bring("bob", "amy")
    friends.buy("bob", "o1", 10_000)
    friends.do(tb.MergeMembers, "eve", other="amy")
    friends.give_back("bob", "o1", 4_000)
    assert (friends.has("eve", "cash"), friends.view("eve").earned) == (300, {"cash": 300})
    assert told(friends, "eve")[0].startswith("2.00 cash taken back")
    assert "it is about amy." in told(friends, "eve")
    friends.enroll("kim")
    friends.do(tb.MergeMembers, "kim", other="eve")
    friends.give_back("bob", "o1")
    assert (friends.has("kim", "cash"), friends.view("kim").earned) == (0, {})
    page = friends.book.ask(tb.ListNewcomers(program="shop", member="kim"))
    assert [(each.member, each.earned) for each in page.newcomers] == [("bob", {})]


def test_an_order_that_came_with_a_merge_takes_back_of_who_had_brought_it(friends: Friends) -> None:
    friends.enroll("kim")
    friends.bring("bob", "amy")
    friends.bring("joe", "kim")
    friends.buy("bob", "o1", 10_000)
    friends.do(tb.MergeMembers, "joe", other="bob")
    friends.give_back("joe", "o1", 5_000)
    assert (friends.has("amy", "cash"), friends.has("kim", "cash")) == (250, 0)
    friends.do(tb.MergeMembers, "eve", other="amy")
    friends.give_back("joe", "o1")
    assert (friends.has("eve", "cash"), friends.view("eve").earned) == (0, {})


@pytest.mark.parametrize(("kept", "gone"), [("amy", "bob"), ("bob", "amy")])
def test_what_one_had_from_oneself_is_taken_back(friends: Friends, kept: str, gone: str) -> None:
    friends.bring("bob", "amy")
    friends.buy("bob", "o1", 10_000)
    friends.do(tb.MergeMembers, kept, other=gone)
    friends.give_back(kept, "o1")
    assert (friends.has(kept, "cash"), friends.view(kept).earned) == (0, {})


def test_both_levels_are_taken_back_of_who_was_given_both(friends: Friends) -> None:
    friends.book.apply(TWO_LEVELS)
    friends.bring("bob", "amy")
    friends.bring("kim", "bob")
    friends.buy("kim", "o1", 10_000)
    assert (friends.has("bob", "cash"), friends.has("amy", "cash")) == (500, 100)
    friends.do(tb.MergeMembers, "eve", other="amy")
    friends.do(tb.MergeMembers, "eve", other="bob")
    friends.give_back("kim", "o1", 5_000)
    assert friends.has("eve", "cash") == 300
    friends.give_back("kim", "o1")
    assert (friends.has("eve", "cash"), friends.view("eve").earned) == (0, {})


def test_what_lapsed_with_who_is_gone_is_taken_where_it_lapsed(friends: Friends) -> None:
    friends.bring("bob", "amy")
    friends.buy("bob", "o1", 10_000)
    friends.clock.forward(days=70)
    friends.do(tb.Award, "eve", unit="cash", amount=100)
    friends.do(tb.MergeMembers, "eve", other="amy")
    friends.give_back("bob", "o1")
    assert friends.has("eve", "cash") == 100


def test_who_is_told_apart_again_gives_it_back(friends: Friends) -> None:
    friends.bring("bob", "amy")
    friends.buy("bob", "o1", 10_000)
    friends.do(tb.MergeMembers, "eve", other="amy")
    friends.do(tb.SplitMembers, "eve", other="amy")
    assert (friends.has("amy", "cash"), friends.has("eve", "cash")) == (500, 0)
    friends.give_back("bob", "o1")
    assert (friends.has("amy", "cash"), friends.has("eve", "cash")) == (0, 0)


def test_it_is_taken_back_in_the_batch_of_the_merges(friends: Friends) -> None:
    friends.enroll("kim", "zoe")
    friends.bring("bob", "amy")
    friends.bring("joe", "kim")
    friends.buy("bob", "o1", 10_000)
    outcomes = friends.book.do(
        [
            friends.buying("bob", "o2", 10_000),
            friends.make(tb.MergeMembers, "eve", other="amy"),
            friends.returning("bob", "o1", 5_000),
            friends.make(tb.MergeMembers, "joe", other="bob"),
            friends.make(tb.MergeMembers, "zoe", other="eve"),
            friends.returning("joe", "o1"),
            friends.returning("joe", "o2"),
        ]
    )
    assert not [each for each in outcomes if isinstance(each, tb.TallybookError)], outcomes
    assert friends.has("zoe", "cash") == 0
    assert friends.view("zoe").earned == {}


def test_trying_a_refund_follows_merges_too(friends: Friends) -> None:
    friends.bring("bob", "amy")
    friends.buy("bob", "o1", 10_000)
    friends.do(tb.MergeMembers, "eve", other="amy")
    (tried,) = friends.book.simulate([friends.returning("bob", "o1")])
    assert isinstance(tried, tb.EventRecorded)
    assert friends.has("eve", "cash") == 500


def test_refunds_and_merges_at_once_come_to_the_same(friends: Friends) -> None:
    friends.enroll("kim", "zoe")
    friends.bring("bob", "amy")
    orders = [f"o{number}" for number in range(12)]
    for order in orders:
        friends.buy("bob", order, 10_000)
    merging = [
        friends.make(tb.MergeMembers, kept, other=gone)
        for kept, gone in (("eve", "amy"), ("kim", "eve"), ("zoe", "kim"))
    ]
    backs = [friends.returning("bob", order) for order in orders]

    def in_turn(commands: list[tb.Command[Any]]) -> None:
        for command in commands:
            friends.book.do(command)

    with ThreadPoolExecutor(3) as threads:
        told = [threads.submit(in_turn, each) for each in (merging, backs[::2], backs[1::2])]
    for each in told:
        each.result()
    assert (friends.has("zoe", "cash"), friends.view("zoe").earned) == (0, {})
