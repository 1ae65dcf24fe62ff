"""What holds whatever the rules, caps, budgets and orders are. Knows no database."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from random import Random
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tallybook.earning.evaluate import Evaluation
from tallybook.earning.events import Purchase
from tallybook.earning.state import EarningState
from tallybook.programs.rounding import Rounding, rounded
from tallybook.programs.rules import (
    Budget,
    Cap,
    Fixed,
    LineFilter,
    Multiplier,
    Period,
    PerMoney,
    PerQuantity,
    Rule,
    Spend,
    StepTable,
)
from tallybook.programs.windows import starts_of

from tests.slices.earning.orders import orders
from tests.slices.earning.till import TUESDAY, Till, amounts, rule, written

CODES = ("a", "b", "c", "d")
CONDITIONS = ("", "order.spend > 200", "order.ordinal > 1", "event.attributes.none == 1", "size(lines) < 4")
BUDGETS = {
    "spring": Budget("spring", "points", 60),
    "summer": Budget("summer", "", 60, money=True, cost_minor_units=3, cost_steps=2),
}
SMALL = st.integers(1, 9)

formulas = st.one_of(
    st.builds(PerMoney, SMALL, st.integers(1, 40), st.just("USD")),
    st.builds(PerQuantity, SMALL, st.integers(1, 4)),
    st.builds(Fixed, SMALL),
    st.builds(lambda first, more: StepTable(((100, first), (300, first + more)), "USD"), SMALL, SMALL),
)
multipliers = st.builds(
    Multiplier, st.integers(1, 3), st.integers(1, 3), st.frozensets(st.sampled_from(CODES), min_size=1)
)
caps = st.lists(
    st.builds(Cap, st.sampled_from(list(Period)), st.integers(0, 40), st.booleans()), max_size=2
).map(tuple)
lines = st.one_of(
    st.none(),
    st.builds(
        LineFilter, categories=st.frozensets(st.sampled_from("xy")), except_skus=st.just(frozenset("a"))
    ),
)


@st.composite
def rules(draw: st.DrawFn) -> list[Rule]:
    """Up to four rules, and a multiplier on top of them."""
    made = [(code, draw(formulas)) for code in CODES[: draw(st.integers(1, 4))]] + [("m", draw(multipliers))]
    return [
        rule(
            code,
            formula,
            draw(st.sampled_from(CONDITIONS)),
            rounding=draw(st.sampled_from(list(Rounding))),
            lines=draw(lines),
            group=draw(st.sampled_from(["", "", "g"])),
            caps=draw(caps),
            budget=draw(st.sampled_from(["", "", *BUDGETS])),
        )
        for code, formula in made
    ]


@st.composite
def tills(draw: st.DrawFn) -> Till:
    """A till with rules, caps and budgets."""
    return Till(
        *draw(rules()),
        spend=Spend(draw(st.booleans()), draw(st.booleans()), frozenset(draw(st.sets(st.just("points"))))),
        unit_caps={"points": draw(caps)},
        budgets=BUDGETS,
        room={code: budget.most for code, budget in BUDGETS.items()},
    )


steps = st.lists(st.tuples(st.integers(0, 40), orders()), min_size=1, max_size=8)
"""Orders, and how many days before each nothing was bought."""


def rung(till: Till, bought: list[tuple[int, Purchase]]) -> list[Evaluation]:
    at, found = TUESDAY, []
    for days, event in bought:
        at += timedelta(days=days)
        found.append(till.ring(event, at=at))
    return found


@given(tills(), orders())
def test_the_arithmetic_of_a_reward_adds_up(till: Till, event: Purchase) -> None:
    by_code = {each.code: each for each in till.program.rules.rules}
    for reward in till.ring(event).rewards:
        exact = Fraction(reward.exact)
        made_by = by_code[reward.rule]
        assert reward.amount > 0
        assert sum(reward.shares.values()) == reward.amount
        assert min(reward.shares.values()) > 0
        assert reward.rounded == rounded(exact.numerator, exact.denominator, made_by.rounding)
        assert reward.rounded - sum(cut.by for cut in reward.cuts) == reward.amount
        assert all(cut.by > 0 for cut in reward.cuts)
        if not isinstance(made_by.formula, StepTable):
            assert exact == reward.base * Fraction(reward.numerator, reward.denominator)


@given(tills(), steps)
def test_no_cap_is_ever_exceeded(till: Till, bought: list[tuple[int, Purchase]]) -> None:
    given_in: dict[Any, Counter[str]] = {}
    at = TUESDAY
    for number, (days, event) in enumerate(bought):
        at += timedelta(days=days)
        for reward in till.ring(event, at=at).rewards:
            for period in Period:
                since = number if period is Period.EVENT else starts_of(at.date())[period]
                for key in (reward.rule, reward.unit):
                    counter = given_in.setdefault((period, since, key), Counter())
                    counter.update(steps=reward.amount, times=1)
    capped = {each.code: each.caps for each in till.program.rules.rules} | dict(till.program.rules.unit_caps)
    for (period, _, key), counter in given_in.items():
        for cap in capped[key]:
            if cap.period is period:
                assert counter["times" if cap.times else "steps"] <= cap.most


@given(tills(), steps)
def test_no_budget_is_ever_overdrawn(till: Till, bought: list[tuple[int, Purchase]]) -> None:
    found = rung(till, bought)
    assert all(left >= 0 for left in till.room.values())
    assert all(drawn > 0 for each in found for drawn in each.draws.values())
    assert sum((Counter(each.draws) for each in found), Counter()) == {
        code: BUDGETS[code].most - left for code, left in till.room.items() if left < BUDGETS[code].most
    }


@given(tills(), orders(), st.randoms(use_true_random=False))
def test_the_places_of_lines_change_no_total(till: Till, event: Purchase, random: Random) -> None:
    moved = msgspec.structs.replace(event, lines=tuple(random.sample(event.lines, len(event.lines))))
    other = Till(*till.program.rules.rules, room=till.room)
    other.program = till.program
    one, two = till.ring(event), other.ring(moved)
    assert amounts(one) == amounts(two)
    assert (one.skipped, one.state, one.draws) == (two.skipped, two.state, two.draws)


@given(tills(), steps, st.integers(0, 5))
def test_a_rule_that_shares_nothing_with_the_others_changes_nothing_for_them(
    till: Till, bought: list[tuple[int, Purchase]], place: int
) -> None:
    other = Till(room=till.room)
    unrelated = rule("unrelated", unit="growth", caps=(Cap(Period.MONTH, 7),))
    given_rules = list(till.program.rules.rules)
    given_rules.insert(place, unrelated)
    other.program = replace(till.program, rules=replace(till.program.rules, rules=tuple(given_rules)))
    for one, two in zip(rung(till, bought), rung(other, bought), strict=True):
        assert one.rewards == tuple(reward for reward in two.rewards if reward.rule != "unrelated")
        assert one.skipped == tuple(each for each in two.skipped if each.rule != "unrelated")
        assert one.draws == two.draws


@given(tills(), steps)
def test_a_state_that_was_written_and_read_goes_on_alike(
    till: Till, bought: list[tuple[int, Purchase]]
) -> None:
    for days, event in bought:
        at = TUESDAY + timedelta(days=days)
        in_any_order = msgspec.json.encode(till.state, order="deterministic")
        read = msgspec.json.decode(in_any_order, type=EarningState)
        assert read == till.state == msgspec.json.decode(written(till.state), type=EarningState)
        till.state = read
        till.ring(event, at=at)


@given(tills(), orders())
def test_of_a_group_one_rule_gives_at_most(till: Till, event: Purchase) -> None:
    groups = {each.code: each.group for each in till.program.rules.rules}
    given_by = Counter(groups[reward.rule] for reward in till.ring(event).rewards)
    assert given_by["g"] <= 1
