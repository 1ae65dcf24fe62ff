"""What every order of a newcomer's brings to whoever brought them, and how refunds take it back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import tallybook as tb

from tests.slices.referrals.friends import PAYING, TWO_LEVELS, Friends, without_rules

PENDING = PAYING.replace("months: 2", "months: 2, vesting: {kind: after_days, days: 7}")


@pytest.fixture
def bob(friends_of: Callable[[str], Friends]) -> Friends:
    """Friends of whom amy has brought bob, where orders bring something."""
    friends = friends_of(PAYING)
    friends.bring("bob", "amy")
    return friends


@pytest.fixture
def eve(friends_of: Callable[[str], Friends]) -> Friends:
    """Friends of whom amy has brought bob, and bob has brought eve."""
    friends = friends_of(TWO_LEVELS)
    friends.bring("bob", "amy")
    friends.bring("eve", "bob")
    return friends


def test_every_order_brings_its_part(bob: Friends) -> None:
    bob.buy("bob", "o1", 10_000)
    bob.buy("bob", "o2", 1_999)
    assert bob.has("amy", "cash") == 500 + 99
    assert bob.view("amy").earned == {"cash": 599}
    entry = bob.book.ask(tb.Statement(program="shop", member="amy", unit="cash")).entries[0]
    assert (entry.kind, entry.counterpart_member) == ("commission", "bob")


def test_parts_that_go_back_take_what_one_refund_takes(bob: Friends) -> None:
    bob.buy("bob", "o1", 10_000)
    left = []
    for _ in range(3):
        bob.give_back("bob", "o1", 3_333)
        left.append(bob.has("amy", "cash"))
    assert left == [334, 167, 1]
    bob.give_back("bob", "o1")
    assert bob.has("amy", "cash") == 0
    assert bob.view("amy").earned == {}


def test_what_is_spent_is_owed(bob: Friends) -> None:
    bob.buy("bob", "o1", 10_000)
    bob.do(tb.Redeem, "amy", unit="cash", amount=500)
    bob.give_back("bob", "o1")
    assert bob.has("amy", "cash") == -500


def test_what_has_lapsed_is_taken_where_it_lapsed(bob: Friends) -> None:
    bob.buy("bob", "o1", 10_000)
    bob.clock.forward(days=30)
    bob.buy("bob", "o2", 10_000)
    bob.clock.forward(days=40)
    assert bob.has("amy", "cash") == 500, "the first has lapsed"
    bob.give_back("bob", "o1")
    assert bob.has("amy", "cash") == 500


def test_it_can_wait_for_the_return_window(friends_of: Callable[[str], Friends]) -> None:
    friends = friends_of(PENDING)
    friends.bring("bob", "amy")
    friends.buy("bob", "o1", 10_000)
    friends.give_back("bob", "o1", 2_000)
    balance = friends.book.ask(tb.Balances(program="shop", member="amy")).of("cash")
    assert (balance.pending, balance.available) == (400, 0)
    friends.clock.forward(days=7)
    balance = friends.book.ask(tb.Balances(program="shop", member="amy")).of("cash")
    assert (balance.pending, balance.available) == (0, 400)


def test_it_ends_with_the_last_day_of_its_months(bob: Friends) -> None:
    assert bob.clock.now.isoformat().startswith("2026-01-01")
    bob.clock.forward(days=59)
    bob.buy("bob", "o1", 10_000)
    assert bob.has("amy", "cash") == 500, "on 1 March"
    bob.clock.forward(days=1)
    bob.buy("bob", "o2", 10_000)
    assert bob.has("amy", "cash") == 500


def test_an_order_told_late_belongs_where_it_occurred(bob: Friends) -> None:
    bound = bob.clock.now
    bob.clock.forward(days=100)
    bob.buy("bob", "o1", 10_000, at=bound + timedelta(days=95))
    assert bob.kinds("amy")[-1] != "commission", "it is too late"
    bob.buy("bob", "o2", 10_000, at=bound + timedelta(days=45))
    assert bob.has("amy", "cash") == 500
    bob.buy("bob", "o3", 10_000, at=bound - timedelta(days=1))
    assert bob.has("amy", "cash") == 500


def test_an_order_is_decided_by_the_revision_of_its_time(bob: Friends) -> None:
    bound = bob.clock.now
    bob.clock.forward(days=10)
    bob.book.apply(PAYING.replace('rates: ["0.05"]', "rates: []"))
    bob.buy("bob", "o1", 10_000)
    assert bob.has("amy", "cash") == 0
    bob.buy("bob", "o2", 10_000, at=bound + timedelta(days=1))
    assert bob.has("amy", "cash") == 500
    bob.give_back("bob", "o2")
    assert bob.has("amy", "cash") == 0


def test_a_refund_that_comes_first_is_taken_off(bob: Friends) -> None:
    bob.give_back("bob", "o1", 4_000)
    bob.buy("bob", "o1", 10_000)
    assert bob.has("amy", "cash") == 300


def test_who_is_frozen_gets_none_and_loses_none(bob: Friends) -> None:
    bob.buy("bob", "o0", 10_000)
    bob.do(tb.Freeze, "amy", scope=tb.Scope.EARN, reason="a test")
    bob.buy("bob", "o1", 10_000)
    bob.do(tb.Unfreeze, "amy", reason="a test")
    bob.give_back("bob", "o1")
    assert bob.has("amy", "cash") == 500


def test_another_currency_brings_nothing(friends_of: Callable[[str], Friends]) -> None:
    friends = friends_of(without_rules(PAYING))
    friends.bring("bob", "amy")
    friends.buy("bob", "o1", 10_000, currency="EUR")
    assert friends.has("amy", "cash") == 0


def test_an_order_in_the_batch_of_its_binding_brings_its_part(bob: Friends) -> None:
    outcomes = bob.book.do(
        [
            bob.make(tb.Enroll, "joe"),
            bob.binding("joe", "bob"),
            bob.buying("joe", "o1", 10_000),
            bob.returning("joe", "o1", 5_000),
        ]
    )
    assert not any(isinstance(each, tb.TallybookError) for each in outcomes), outcomes
    assert bob.has("bob", "cash") == 250


def test_a_second_level_has_a_rate_of_its_own(eve: Friends) -> None:
    eve.buy("eve", "o1", 10_000)
    assert (eve.has("bob", "cash"), eve.has("amy", "cash")) == (500, 100)
    eve.give_back("eve", "o1", 5_000)
    assert (eve.has("bob", "cash"), eve.has("amy", "cash")) == (250, 50)
    assert eve.view("amy").newcomers == 1, "eve is not hers"


def test_there_is_never_a_third(eve: Friends) -> None:
    eve.bring("joe", "eve")
    eve.buy("joe", "o1", 10_000)
    assert [eve.has(each, "cash") for each in ("eve", "bob", "amy")] == [500, 100, 0]


def test_commission_and_reward_come_together(bob: Friends) -> None:
    bound = bob.clock.now
    bob.clock.forward(days=20)
    bob.buy("bob", "o1", 10_000, at=bound + timedelta(days=1))
    assert (bob.has("amy", "cash"), bob.has("amy"), bob.has("bob")) == (500, 100, 60)
    assert bob.kinds("amy")[-2:] == ["commission", "referral"]
    assert bob.view("amy").earned == {"cash": 500, "points": 100}


def test_orders_and_bindings_at_once_leave_nobody_out(bob: Friends) -> None:
    """Whatever comes first, an order after the binding brings its part."""

    def race(number: int) -> None:
        newcomer = f"n{number}"
        bob.enroll(newcomer)
        before = bob.has("amy", "cash")
        later = bob.clock.now + timedelta(hours=1)
        commands = [bob.binding(newcomer, "amy"), bob.buying(newcomer, "o1", 10_000, at=later)]
        with ThreadPoolExecutor(2) as pool:
            bound, bought = pool.map(lambda each: bob.book.do([each])[0], commands)
        assert not isinstance(bought, tb.TallybookError)
        if isinstance(bound, tb.ReferralBound):
            gained = bob.has("amy", "cash") - before
            order_came_first = bought.entry == 2
            assert gained == (0 if order_came_first else 500)
        else:
            assert isinstance(bound, tb.NotANewcomer)

    for number in range(10):
        race(number)
