"""However members become one, what an order brings no more is taken back of whoever has it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
import tallybook as tb
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.lengths import TIMES_LONGER
from tests.slices.referrals.friends import TWO_LEVELS, Friends

WHO = 5
ORDER = 10_000
numbers = count()

who = st.integers(0, WHO - 1)
deeds = st.one_of(
    st.tuples(st.just("buy"), who, who),
    st.tuples(st.just("back"), who, st.integers(1, 10)),
    st.tuples(st.just("merge"), who, who),
    st.tuples(st.just("split"), who, who),
)


@pytest.fixture
def friends(friends_of: Callable[[str], Friends]) -> Friends:
    """Friends of whom every example has some of its own."""
    return friends_of(TWO_LEVELS)


class Order:
    """An order: on which page it is, what it has brought, and how many tenths of it are left.

    `told` are all pages that have told of it: a split leaves an order with whoever it came to.
    """

    def __init__(self, name: str, page: str) -> None:
        self.name, self.page = name, page
        self.brought, self.tenths = 0, 10
        self.told = {page}


class Circle:
    """Members of whom each was brought by the one before, and where their orders are by now."""

    def __init__(self, friends: Friends) -> None:
        number = next(numbers)
        self.friends = friends
        self.names = [f"{number}-{place}" for place in range(WHO)]
        self.merged: dict[str, str] = {}
        self.orders: list[Order] = []
        friends.enroll(self.names[0])
        for one, other in zip(self.names, self.names[1:], strict=False):
            friends.bring(other, one)

    def brought(self) -> int:
        """What all of them have been given and have still, by their lots and by what is noted of them."""
        noted = sum(self.friends.view(name).earned.get("cash", 0) for name in self.names)
        assert noted == sum(self.friends.has(name, "cash") for name in self.names)
        return noted

    def page(self, place: int) -> str:
        """Whose page goes on for a member."""
        name = self.names[place]
        while name in self.merged:
            name = self.merged[name]
        return name

    def do(self, what: str, place: int, number: int) -> int:
        """Do something, if it can be done; returns what that should bring."""
        friends, member = self.friends, self.page(place)
        friends.clock.forward(seconds=60)
        match what:
            case "buy":
                before = self.brought()
                order = Order(f"{self.names[0]}-{len(self.orders)}", member)
                friends.buy(member, order.name, ORDER)
                order.brought = self.brought() - before
                self.orders.append(order)
                return order.brought
            case "back" if self.orders:
                order = self.orders[place % len(self.orders)]
                tenths = min(number, order.tenths)
                if tenths:
                    order.tenths -= tenths
                    friends.give_back(order.page, order.name, ORDER // 10 * tenths)
                return -order.brought * tenths // 10
            case "merge" if member != self.page(number):
                gone = self.page(number)
                if any({member, gone} <= order.told for order in self.orders):
                    with pytest.raises(tb.MergeConflict):
                        friends.do(tb.MergeMembers, member, other=gone)
                    return 0
                friends.do(tb.MergeMembers, member, other=gone)
                self.merged[gone] = member
                for order in self.orders:
                    order.page = member if order.page == gone else order.page
                    order.told |= {member} if gone in order.told else set()
            case "split" if self.merged.get(self.names[number]) == member:
                friends.do(tb.SplitMembers, member, other=self.names[number])
                del self.merged[self.names[number]]
        return 0


@settings(
    max_examples=12 * TIMES_LONGER, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=st.lists(deeds, min_size=4, max_size=14))
@example(told=[("merge", 0, 2), ("merge", 1, 0), ("split", 0, 0), ("split", 0, 2)])
@example(told=[("merge", 3, 1), ("split", 1, 1), ("merge", 2, 1)])
@example(told=[("buy", 2, 0), ("merge", 0, 2), ("split", 0, 2), ("merge", 0, 2)])
def test_what_goes_back_takes_back_its_part_of_whoever_has_it(
    friends: Friends, told: list[tuple[str, int, int]]
) -> None:
    circle = Circle(friends)
    for what, place, number in told:
        before = circle.brought()
        change = circle.do(what, place, number)
        assert circle.brought() == before + change, what
    for order in circle.orders:
        if order.tenths:
            friends.give_back(order.page, order.name)
    assert circle.brought() == 0
