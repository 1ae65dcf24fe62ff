"""A cap counts from when it is first in force: a refund of an order from before makes no room under it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import tallybook as tb

from tests.clocks import START
from tests.slices.earning.filed import resident
from tests.slices.earning.market import BASE, Market, document, purchase

OpenMarket = Callable[[str], Market]

MONTHLY = {"period": "month", "most": 100}
OPEN = document()
RULES_CAP = document({"base": {**BASE, "caps": [MONTHLY]}})
UNITS_CAP = document(caps={"points": [MONTHLY]})


@pytest.fixture
def market(open_market: OpenMarket) -> Market:
    """On the 10th, without caps."""
    market = open_market(OPEN)
    market.clock.now = START.replace(day=10)
    return market


@pytest.fixture(params=[RULES_CAP, UNITS_CAP], ids=["of a rule", "of a unit"])
def capped(request: pytest.FixtureRequest) -> str:
    """The program with a cap of a hundred a month."""
    text: str = request.param
    return text


def revise(market: Market, text: str) -> None:
    market.book.apply(text)
    market.clock.forward(seconds=60)


def given(reply: Any) -> int:
    return sum(each.amount for each in reply.rewards)


def told_anew(market: Market) -> None:
    """Have the story told anew, by an order that earns nothing and comes in late."""
    market.told(purchase(f"nothing at {market.clock.now}", 1), at=market.ago(1))


def test_what_a_cap_never_counted_makes_no_room_under_it(market: Market, capped: str) -> None:
    market.buy("before", 80_00)
    revise(market, capped)
    assert given(market.buy("o1", 70_00)) == 70
    market.refund("r1", "before", tb.RefundedLine(line_id="1", amount=30_00))
    market.refund("r2", "before")
    assert given(market.buy("o2", 200_00)) == 30
    assert market.balance().available == 100
    assert market.problems() == []


def test_what_it_counted_makes_room_again(market: Market, capped: str) -> None:
    market.buy("before", 80_00)
    revise(market, capped)
    market.buy("o1", 70_00)
    market.refund("r1", "o1", tb.RefundedLine(line_id="1", amount=20_00))
    assert given(market.buy("o2", 200_00)) == 50
    market.refund("r2", "o1")
    assert given(market.buy("o3", 200_00)) == 50


@pytest.mark.parametrize("anew", ["before the refund", "after the refund"])
def test_a_story_that_is_told_anew_leaves_as_much_room(
    market: Market, capped: str, database_url: str, anew: str
) -> None:
    market.enroll("m2")
    for member in ("m1", "m2"):
        market.buy(f"before of {member}", 80_00, member=member)
    revise(market, capped)
    for member in ("m1", "m2"):
        market.buy(f"o1 of {member}", 70_00, member=member)
        if member == "m1" and anew == "before the refund":
            told_anew(market)
        market.refund(f"r of {member}", f"before of {member}", member=member)
        if member == "m1" and anew == "after the refund":
            told_anew(market)
        assert given(market.buy(f"o2 of {member}", 200_00, member=member)) == 30
    counters = [each["state"]["counters"] for each in (resident(database_url), resident(database_url, "m2"))]
    assert counters[0] == counters[1] != {}


def test_a_late_order_is_counted_by_the_caps_of_its_own_time(market: Market, capped: str) -> None:
    then = market.ago(1)
    revise(market, capped)
    market.buy("o1", 70_00)
    assert given(market.told(purchase("late", 80_00), at=then)) == 80
    market.refund("r1", "late")
    assert given(market.buy("o2", 200_00)) == 30


def test_a_refund_that_came_before_its_order_makes_no_room_either(market: Market, capped: str) -> None:
    then = market.ago(1)
    revise(market, capped)
    market.buy("o1", 70_00)
    market.refund("r1", "late")
    market.told(purchase("late", 80_00), at=then)
    assert given(market.buy("o2", 200_00)) == 30
    assert market.balance().available == 100


def test_a_cap_that_was_away_for_a_time_did_not_count_then(market: Market, capped: str) -> None:
    revise(market, capped)
    market.buy("counted", 50_00)
    revise(market, OPEN)
    market.buy("not counted", 40_00)
    revise(market, capped)
    assert given(market.buy("o1", 20_00)) == 20
    market.refund("r1", "not counted")
    assert given(market.buy("o2", 200_00)) == 30
    market.refund("r2", "counted")
    assert given(market.buy("o3", 200_00)) == 50


def test_each_cap_has_room_again_for_what_it_counted_itself(market: Market) -> None:
    """A cap of the rule counts both orders, and one of the unit the second alone."""
    revise(market, RULES_CAP)
    market.buy("o1", 60_00)
    revise(market, document({"base": {**BASE, "caps": [MONTHLY]}}, caps={"points": [MONTHLY]}))
    market.buy("o2", 40_00)
    market.refund("r1", "o1")
    assert given(market.buy("o3", 200_00)) == 60
    assert given(market.buy("o4", 200_00)) == 0


@pytest.mark.parametrize("anew", [False, True])
def test_an_order_of_a_member_who_was_merged_makes_no_room_either(
    market: Market, capped: str, anew: bool
) -> None:
    market.enroll("m2")
    market.buy("before", 80_00, member="m2")
    revise(market, capped)
    market.buy("o1", 40_00, member="m2")
    market.buy("o2", 30_00)
    market.do(tb.MergeMembers, other="m2", reason="same person")
    if anew:
        told_anew(market)
    market.refund("r1", "before")
    assert given(market.buy("o3", 200_00)) == 30
    market.refund("r2", "o1")
    if anew:
        told_anew(market)
    assert given(market.buy("o4", 200_00)) == 40
    assert market.problems() == []
