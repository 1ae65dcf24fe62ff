"""Days of a plan that were given and are taken back: no more than are to come, and none that were bought."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tallybook.growth.memberships import Membership, bought, given_back
from tallybook.growth.memberships import given as given_more

from tests.programs.documents import program

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
SHOP = program(
    memberships={"plus": {"price": "30.00", "currency": "USD", "term": {"kind": "days", "days": 30}}}
)
PLAN = SHOP.memberships["plus"]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("give"), st.integers(1, 40)),
        st.tuples(st.just("take"), st.integers(1, 40)),
        st.tuples(st.just("buy"), st.just(0)),
        st.tuples(st.just("wait"), st.integers(0, 9)),
    ),
    max_size=15,
)


def held_after(steps: list[tuple[str, int]]) -> None:
    """Take these steps, and check each of them."""
    now, held = START, given_more(None, PLAN, SHOP, START, 20)
    for step, number in steps:
        today = SHOP.today(now)
        if held.last_day < today:
            break
        match step:
            case "give":
                held = given_more(held, PLAN, SHOP, now, number)
            case "buy":
                held = bought(held, PLAN, SHOP, now, 3_000, "")
            case "take":
                held = taken(held, now, number)
            case _:
                now += timedelta(days=number)
                continue
        assert held.bought + held.given == held.used(today) + held.left(today) + held.taken_back


def taken(held: Membership, now: datetime, days: int) -> Membership:
    today = SHOP.today(now)
    paid = sum(term.days for term in held.terms if term.worth is not None)
    back, after = given_back(held, SHOP, today, days)
    assert 0 <= back <= min(days, held.left(today))
    assert after.left(today) == held.left(today) - back
    assert after.last_day >= today, "today is used"
    assert sum(term.days for term in after.terms if term.worth is not None) == paid
    return after


@given(STEPS)
def test_only_given_days_to_come_are_taken_back(steps: list[tuple[str, int]]) -> None:
    held_after(steps)


def test_the_last_ones_are_taken_first_and_what_follows_moves_up() -> None:
    held = given_more(bought(None, PLAN, SHOP, START, 3_000, ""), PLAN, SHOP, START, 10)
    held = bought(held, PLAN, SHOP, START, 3_000, "")
    back, after = given_back(held, SHOP, SHOP.today(START), 4)
    assert (back, [term.days for term in after.terms]) == (4, [30, 6, 30])
    assert after.last_day == held.last_day - timedelta(days=4)
