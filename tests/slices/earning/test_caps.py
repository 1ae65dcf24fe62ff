"""Caps and budgets: what they leave and count, and what refunds give back. Knows no database."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from tallybook.earning.caps import draw_of
from tallybook.earning.events import Custom
from tallybook.earning.results import Reward
from tallybook.earning.state import EarningState, TakenBack, give_back, without_order
from tallybook.programs.rules import Budget, Cap, Fixed, Period, PerMoney, Rule

from tests.slices.earning.till import Till, amounts, cuts, day, order, rule, skips, written

MONTHLY = (Cap(Period.MONTH, 10),)
SPRING = {"spring": Budget("spring", "points", 10)}
EURO_CENTS = Budget("summer", "", 100, money=True, cost_minor_units=3, cost_steps=2)
"""Two points cost three cents."""


@pytest.mark.parametrize(
    ("period", "last", "first"),
    [
        (Period.DAY, "2026-03-03", "2026-03-04"),
        (Period.WEEK, "2026-03-08", "2026-03-09"),
        (Period.MONTH, "2026-03-31", "2026-04-01"),
        (Period.YEAR, "2026-12-31", "2027-01-01"),
    ],
)
def test_a_cap_counts_until_its_period_is_over(period: Period, last: str, first: str) -> None:
    till = Till(rule(caps=(Cap(period, 10),)))
    assert amounts(till.ring(700)) == {"base": 7}
    found = till.ring(700, at=day(last))
    assert amounts(found) == {"base": 3}
    assert list(cuts(found)) == [("base", f"cap:{period}", 4)]
    assert found.rewards[0].rounded == 7
    assert found.rewards[0].shares == {"1": 3}
    assert amounts(till.ring(700, at=day(first))) == {"base": 7}


def test_a_cap_for_life_is_never_over() -> None:
    till = Till(rule(caps=(Cap(Period.LIFE, 10),)))
    till.ring(900)
    assert amounts(till.ring(900, at=day("2036-01-01"))) == {"base": 1}


def test_a_cap_of_an_event_counts_no_other_event() -> None:
    till = Till(rule(caps=(Cap(Period.EVENT, 5),)))
    assert [amounts(till.ring(700)) for _ in range(2)] == [{"base": 5}, {"base": 5}]
    assert till.state.counters == {}


def test_periods_are_local() -> None:
    till = Till(rule(caps=MONTHLY), zone="Asia/Tokyo")
    till.ring(800, at=datetime(2026, 3, 31, 14, 59, tzinfo=UTC))
    assert amounts(till.ring(800, at=datetime(2026, 3, 31, 15, 0, tzinfo=UTC))) == {"base": 8}


def test_a_reward_that_caps_cut_to_nothing_is_skipped_and_names_the_cap() -> None:
    till = Till(rule(caps=MONTHLY))
    till.ring(1000)
    found = till.ring(700)
    assert (found.rewards, skips(found)) == ((), [("base", "cut", "cap:month")])


def test_a_cap_on_times_counts_rewards_and_only_those_that_gave_something() -> None:
    till = Till(rule(caps=(Cap(Period.MONTH, 2, times=True),)))
    assert [amounts(till.ring(each)) for each in (99, 700, 20, 900)] == [{}, {"base": 7}, {}, {"base": 9}]
    assert skips(till.ring(700)) == [("base", "cut", "cap:month")]


def test_caps_of_a_rule_all_hold_and_each_says_what_it_took() -> None:
    caps = (Cap(Period.EVENT, 8), Cap(Period.DAY, 9), Cap(Period.MONTH, 12), Cap(Period.MONTH, 2, times=True))
    till = Till(rule(caps=caps))
    assert list(cuts(till.ring(1000))) == [("base", "cap:event", 2)]
    found = till.ring(1000, at=day("2026-03-04"))
    assert list(cuts(found)) == [("base", "cap:event", 2), ("base", "cap:month", 4)]
    assert skips(till.ring(100, at=day("2026-03-05"))) == [("base", "cut", "cap:month")]


def test_a_cap_of_a_unit_counts_all_its_rules_in_their_order() -> None:
    rules = [rule(), rule("fixed", Fixed(5)), rule("last", Fixed(5)), rule("growth", unit="growth")]
    till = Till(*rules, unit_caps={"points": (Cap(Period.DAY, 10),)})
    found = till.ring(700)
    assert amounts(found) == {"base": 7, "fixed": 3, "growth": 7}
    assert list(cuts(found)) == [("fixed", "unit_cap:day", 2)]
    assert skips(found) == [("last", "cut", "unit_cap:day")]


def test_a_cap_of_a_unit_for_an_event_counts_within_it() -> None:
    till = Till(rule(), rule("fixed", Fixed(5)), unit_caps={"points": (Cap(Period.EVENT, 10),)})
    assert [amounts(till.ring(700)) for _ in range(2)] == [{"base": 7, "fixed": 3}] * 2


def test_a_rules_own_caps_come_before_those_of_the_unit_and_the_budget_last() -> None:
    till = Till(
        rule(caps=(Cap(Period.DAY, 9),), budget="spring"),
        unit_caps={"points": (Cap(Period.DAY, 8),)},
        budgets=SPRING,
        room={"spring": 5},
    )
    found = till.ring(1000)
    assert list(cuts(found)) == [
        ("base", "cap:day", 1),
        ("base", "unit_cap:day", 1),
        ("base", "budget:spring", 3),
    ]
    assert found.draws == {"spring": 5}
    assert till.state.counters[Period.DAY].counts == {"rule/base": (5, 1), "unit/points": (5, 1)}


def test_a_lower_cap_in_a_new_revision_takes_nothing_away() -> None:
    till = Till(rule(caps=MONTHLY))
    till.ring(800)
    lower = Till(rule(caps=(Cap(Period.MONTH, 5),)))
    lower.state = till.state
    assert skips(lower.ring(800)) == [("base", "cut", "cap:month")]


# --- budgets ---------------------------------------------------------------------------------------------


def test_rules_draw_on_one_budget_in_their_order() -> None:
    rules = [rule(budget="spring"), rule("fixed", Fixed(5), budget="spring"), rule("last", budget="spring")]
    till = Till(*rules, budgets=SPRING, room={"spring": 10})
    found = till.ring(700)
    assert amounts(found) == {"base": 7, "fixed": 3}
    assert skips(found) == [("last", "cut", "budget:spring")]
    assert (found.draws, till.room) == ({"spring": 10}, {"spring": 0})


def test_a_budget_that_is_overdrawn_gives_nothing() -> None:
    till = Till(rule(budget="spring"), budgets=SPRING, room={"spring": -4})
    assert skips(till.ring(700)) == [("base", "cut", "budget:spring")]
    assert till.room == {"spring": -4}


@pytest.mark.parametrize(
    ("room", "given", "drawn"),
    [(0, 0, 0), (1, 0, 0), (2, 1, 2), (3, 2, 3), (4, 2, 3), (10, 6, 9), (12, 7, 11)],
)
def test_a_budget_in_money_gives_the_most_that_it_can_pay(room: int, given: int, drawn: int) -> None:
    till = Till(rule(budget="summer"), budgets={"summer": EURO_CENTS}, room={"summer": room})
    found = till.ring(700)
    assert amounts(found) == ({"base": given} if given else {})
    assert found.draws == ({"summer": drawn} if given else {})
    assert draw_of(EURO_CENTS, given) == drawn


# --- what is kept, and given back ------------------------------------------------------------------------


def test_counters_of_a_period_that_is_over_are_dropped() -> None:
    till = Till(
        rule(caps=(Cap(Period.DAY, 50), Cap(Period.YEAR, 50))), rule("fixed", Fixed(5), event="review")
    )
    till.ring(700)
    assert set(till.state.counters) == {Period.DAY, Period.YEAR}
    till.ring(Custom(name="review", event_id="r1"), at=day("2026-03-04"))
    assert set(till.state.counters) == {Period.YEAR}


def test_what_no_cap_asks_for_is_not_counted() -> None:
    till = Till(rule())
    till.ring(700)
    assert written(till.state) == b'{"orders":1,"last_purchase_at":"2026-03-03T12:00:00Z"}'


def test_a_reward_that_was_cut_to_nothing_leaves_no_counter() -> None:
    till = Till(rule(caps=(Cap(Period.MONTH, 0),)))
    till.ring(700)
    assert till.state == EarningState(orders=1, last_purchase_at=day("2026-03-03"))


def test_equal_states_have_equal_json() -> None:
    first, second = rule("a", caps=MONTHLY), rule("b", condition="order.total > 500", caps=MONTHLY)
    one, other = Till(second, first), Till(first, second)
    one.ring(700)
    one.ring(200)
    other.ring(200)
    other.ring(700)
    assert one.state == other.state
    assert written(one.state) == written(other.state)


def taken_of(rewards: tuple[Reward, ...], now: int, before: int = 0) -> list[TakenBack]:
    """Each reward taken back by so much."""
    return [TakenBack(reward, before, now) for reward in rewards]


def capped(*extra: Rule) -> Till:
    caps = (Cap(Period.DAY, 20), Cap(Period.MONTH, 20), Cap(Period.MONTH, 2, times=True))
    return Till(rule(caps=caps), *extra, unit_caps={"points": (Cap(Period.WEEK, 30),)})


def test_a_refund_makes_room_in_the_caps_that_still_count_the_purchase() -> None:
    till = capped()
    bought = day("2026-03-03")
    found = till.ring(900, at=bought)
    till.ring(500, at=day("2026-03-04"))
    state = give_back(till.state, bought.date(), till.program.rules, taken_of(found.rewards, 4))
    assert {period: tally.counts for period, tally in state.counters.items()} == {
        Period.DAY: {"rule/base": (5, 1)},
        Period.WEEK: {"unit/points": (10, 2)},
        Period.MONTH: {"rule/base": (10, 2)},
    }


def test_a_reward_that_is_taken_back_whole_in_parts_is_none_and_leaves_nothing_behind() -> None:
    till = capped()
    found = till.ring(900)
    state = give_back(till.state, day("2026-03-03").date(), till.program.rules, taken_of(found.rewards, 4))
    assert state.counters[Period.MONTH].counts == {"rule/base": (5, 1)}
    state = give_back(
        state, day("2026-03-03").date(), till.program.rules, taken_of(found.rewards, 5, before=4)
    )
    state = give_back(
        state, day("2026-03-03").date(), till.program.rules, taken_of(found.rewards, 0, before=9)
    )
    assert state == EarningState(orders=1, last_purchase_at=day("2026-03-03"))
    assert without_order(state, None) == EarningState()


def test_the_order_is_the_first_again_after_it_was_refunded() -> None:
    welcome = rule(
        "welcome", Fixed(50), condition="order.ordinal == 1", caps=(Cap(Period.LIFE, 1, times=True),)
    )
    till = Till(welcome)
    found = till.ring(700)
    till.state = without_order(
        give_back(till.state, day("2026-03-03").date(), till.program.rules, taken_of(found.rewards, 50)), None
    )
    assert amounts(till.ring(700)) == {"welcome": 50}


def test_a_refund_of_what_no_cap_counted_makes_no_room() -> None:
    before = Till(rule())
    found = before.ring(900)
    till = capped()
    till.state = before.state
    till.ring(order(300, order_id="o2"))
    taken = taken_of(found.rewards, 9)
    assert give_back(till.state, day("2026-03-03").date(), before.program.rules, taken) == till.state


def test_a_refund_brings_no_cap_below_zero() -> None:
    before = Till(rule())
    found = before.ring(900)
    till = capped()
    till.state = before.state
    till.ring(order(300, order_id="o2"))
    state = give_back(till.state, day("2026-03-03").date(), till.program.rules, taken_of(found.rewards, 9))
    assert state.counters == {}


def test_draws_of_what_is_left_come_back_to_nothing_in_any_parts() -> None:
    till = Till(
        rule(formula=PerMoney(1, 1, "USD"), budget="summer"),
        budgets={"summer": EURO_CENTS},
        room={"summer": 99},
    )
    found = till.ring(25)
    left = [25, 24, 20, 7, 0]
    returned = [draw_of(EURO_CENTS, a) - draw_of(EURO_CENTS, b) for a, b in pairwise(left)]
    assert sum(returned) == found.draws["summer"] == 38
    assert min(returned) >= 0
