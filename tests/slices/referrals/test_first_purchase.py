"""The first purchase: which it is, when it counts, and what both get for it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import tallybook as tb

from tests.slices.referrals.friends import SIMPLE, Friends, without_rules


@pytest.fixture
def bob(friends: Friends) -> Friends:
    """Friends of whom amy has brought bob."""
    friends.bring("bob", "amy")
    return friends


def test_it_counts_when_the_return_window_is_over(bob: Friends) -> None:
    bob.buy("bob", "o1", 2_000)
    referred = bob.view("bob").referred
    assert referred is not None
    assert (referred.state, referred.order) == ("bought", "o1")
    assert referred.at == bob.clock.now.replace(hour=0) + timedelta(days=7)
    assert bob.newcomers("amy") == {"bob": "bought"}
    bob.clock.forward(days=6, seconds=11 * 3600)
    assert (bob.has("bob"), bob.has("amy")) == (2, 0)
    bob.clock.forward(seconds=3600)
    assert (bob.has("bob"), bob.has("amy")) == (52, 100)
    assert bob.newcomers("amy") == {"bob": "rewarded"}
    view = bob.view("amy")
    assert (view.rewarded, view.earned) == (1, {"points": 100})


def test_each_side_settles_by_itself(bob: Friends) -> None:
    bob.buy("bob", "o1", 2_000)
    bob.clock.forward(days=7)
    bob.do(tb.Award, "amy", unit="points", amount=1)
    assert bob.kinds("amy")[-2:] == ["referrer_rewarded", "award"]
    assert bob.book.sweep() == 1, "bob alone is left"
    assert bob.kinds("bob")[-1] == "newcomer_rewarded"


@pytest.mark.parametrize("amount", [None, 1])
def test_an_order_that_is_given_back_makes_room_for_the_next(bob: Friends, amount: int | None) -> None:
    bob.buy("bob", "o1", 2_000)
    bob.clock.forward(days=2)
    bob.buy("bob", "o2", 2_000)
    bob.give_back("bob", "o1", amount)
    referred = bob.view("bob").referred
    assert referred is not None
    assert referred.order == "o2"
    bob.clock.forward(days=5)
    assert bob.has("amy") == 0
    bob.clock.forward(days=2)
    assert bob.has("amy") == 100


def test_what_is_given_back_later_takes_nothing_back(bob: Friends) -> None:
    bob.buy("bob", "o1", 2_000)
    bob.clock.forward(days=7)
    bob.give_back("bob", "o1")
    assert (bob.has("bob"), bob.has("amy")) == (50, 100)


def test_where_everything_is_given_back_nothing_counts(bob: Friends) -> None:
    bob.buy("bob", "o1", 2_000)
    bob.give_back("bob", "o1")
    referred = bob.view("bob").referred
    assert referred is not None
    assert (referred.state, referred.order, referred.at) == ("bound", "", None)
    bob.clock.forward(days=30)
    assert (bob.has("bob"), bob.has("amy")) == (0, 0)
    assert bob.newcomers("amy") == {"bob": "bound"}


@pytest.mark.parametrize(
    ("amount", "currency"), [(1_999, "USD"), (1_000_000, "EUR")], ids=["too little", "another currency"]
)
def test_what_does_not_come_to_the_minimum_does_not_count(
    friends_of: Callable[[str], Friends], amount: int, currency: str
) -> None:
    friends = friends_of(without_rules(SIMPLE))
    friends.bring("bob", "amy")
    friends.buy("bob", "o1", amount, currency=currency)
    assert friends.newcomers("amy") == {"bob": "bound"}


def test_an_order_told_late_may_be_the_first(bob: Friends) -> None:
    bound = bob.clock.now
    bob.clock.forward(days=3)
    bob.buy("bob", "o2", 2_000)
    bob.clock.forward(days=1)
    bob.buy("bob", "o1", 2_000, at=bound + timedelta(days=1))
    referred = bob.view("bob").referred
    assert referred is not None
    assert referred.order == "o1"
    bob.clock.forward(days=4)
    assert bob.has("amy") == 100


def test_one_told_after_its_window_counts_at_once(bob: Friends) -> None:
    bound = bob.clock.now
    bob.clock.forward(days=30)
    told, back = bob.book.do(
        [bob.buying("bob", "o1", 2_000, at=bound + timedelta(hours=1)), bob.returning("bob", "o1")]
    )
    assert not isinstance(told, tb.TallybookError)
    assert not isinstance(back, tb.TallybookError)
    assert (bob.has("bob"), bob.has("amy")) == (50, 100)
    assert bob.newcomers("amy") == {"bob": "rewarded"}


def test_an_order_of_before_the_binding_does_not_count(bob: Friends) -> None:
    bob.buy("bob", "o1", 2_000, at=bob.clock.now - timedelta(seconds=1))
    assert bob.newcomers("amy") == {"bob": "bound"}


def test_a_refund_that_came_before_its_order_counts_from_the_first(bob: Friends) -> None:
    bob.give_back("bob", "o1", 1)
    bob.buy("bob", "o1", 2_000)
    assert bob.newcomers("amy") == {"bob": "bound"}


def test_caps_are_exact(friends: Friends) -> None:
    for number in range(4):
        friends.bring(f"n{number}", "amy")
        friends.buy(f"n{number}", "o1", 2_000)
    friends.clock.forward(days=7)
    states = friends.newcomers("amy")
    assert sorted(states.values()) == ["capped", "capped", "rewarded", "rewarded"]
    assert [friends.has(f"n{number}") for number in range(4)] == [52] * 4, "newcomers get theirs"
    view = friends.view("amy")
    assert view.caps == (tb.CapLeft("month", 2, 0), tb.CapLeft("life", 3, 1))
    friends.clock.forward(days=31)
    assert friends.view("amy").caps == (tb.CapLeft("month", 2, 2), tb.CapLeft("life", 3, 1))
    for number in range(4, 6):
        friends.bring(f"n{number}", "amy")
        friends.buy(f"n{number}", "o1", 2_000)
    friends.clock.forward(days=7)
    assert friends.has("amy") == 300
    assert friends.view("amy").rewarded == 3


def test_what_was_promised_is_given_whatever_the_program_says_since(bob: Friends) -> None:
    bob.book.apply(SIMPLE.replace("units: 100", "units: 7").replace("days: 7", "days: 70"))
    bob.buy("bob", "o1", 2_000)
    bob.clock.forward(days=7)
    assert bob.has("amy") == 100


@pytest.mark.parametrize("side", ["amy", "bob"])
def test_who_is_frozen_then_gets_nothing_and_the_other_side_does(bob: Friends, side: str) -> None:
    bob.buy("bob", "o1", 2_000)
    bob.do(tb.Freeze, side, scope=tb.Scope.EARN, reason="a test")
    bob.clock.forward(days=7)
    bob.do(tb.Unfreeze, side, reason="a test")
    gets = {"amy": 100, "bob": 52} | ({"amy": 0} if side == "amy" else {"bob": 2})
    assert {each: bob.has(each) for each in ("amy", "bob")} == gets
    referred = bob.view("bob").referred
    assert referred is not None
    assert referred.state == ("rewarded" if side == "amy" else "withheld")
    assert bob.newcomers("amy") == {"bob": "withheld" if side == "amy" else "rewarded"}


def test_who_is_erased_by_then_gets_nothing(bob: Friends) -> None:
    bob.buy("bob", "o1", 2_000)
    bob.do(tb.EraseMember, "amy")
    bob.clock.forward(days=7)
    assert (bob.has("bob"), bob.has("amy")) == (52, 0)


def test_who_has_become_somebody_else_by_then_gets_it_there(bob: Friends) -> None:
    bob.enroll("eve")
    bob.buy("bob", "o1", 2_000)
    bob.do(tb.MergeMembers, "eve", other="amy")
    bob.clock.forward(days=1)
    bob.buy("bob", "o2", 2_000)
    bob.give_back("bob", "o1")
    bob.clock.forward(days=7)
    assert (bob.has("bob"), bob.has("eve")) == (52, 100)
    assert bob.problems() == []
    with pytest.raises(tb.MemberMerged):
        bob.bring("joe", "amy")


def test_an_order_finds_its_referrer_until_one_has_counted(bob: Friends) -> None:
    bob.buy("bob", "o1", 2_000)
    bob.clock.forward(days=7)
    bob.buy("bob", "o2", 2_000)
    assert bob.kinds("amy") == ["enroll", "bind_referral", "referral", "referrer_rewarded"]
    bob.buy("bob", "o3", 2_000)
    assert bob.kinds("amy")[-1] == "referrer_rewarded"


def test_of_many_orders_the_first_are_kept(bob: Friends) -> None:
    for number in range(40):
        bob.buy("bob", f"o{number:02}", 2_000)
        bob.clock.forward(seconds=60)
    for number in range(31):
        bob.give_back("bob", f"o{number:02}")
    referred = bob.view("bob").referred
    assert referred is not None
    assert referred.order == "o31"


def test_what_is_promised_without_a_minimum_counts_for_any_order(
    friends_of: Callable[[str], Friends],
) -> None:
    friends = friends_of(SIMPLE.replace('minimum_spend: {amount: "20.00", currency: USD}', ""))
    friends.bring("bob", "amy")
    friends.buy("bob", "o1", 0)
    friends.clock.forward(days=7)
    assert friends.has("amy") == 100


def test_a_trial_shows_what_would_be_and_writes_nothing(bob: Friends) -> None:
    tried = bob.book.simulate([bob.buying("bob", "o1", 2_000)])[0]
    assert not isinstance(tried, tb.TallybookError)
    assert bob.newcomers("amy") == {"bob": "bound"}
