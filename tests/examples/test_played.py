"""Caps and refunds as the grocer's example computes them, against sums done by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from examples.grocer.played import ALL_RULES, Bought, Change, GivenBack, Offer, apportioned, play

Events = list[Bought | GivenBack]
MARCH, APRIL = date(2017, 3, 10), date(2017, 4, 10)


def bought(basket: str, day: date, *offers: tuple[str, int], lines: dict[int, int] | None = None) -> Bought:
    weights = {1: 1} if lines is None else lines
    return Bought("h", day, basket, tuple(Offer(rule, points, weights) for rule, points in offers))


def given_back(
    basket: str, day: date, fraction: Fraction | None, *, line: int = 1, refund: str = "r1"
) -> GivenBack:
    return GivenBack("h", day, basket, refund, line, fraction)


@pytest.mark.parametrize(
    ("points", "weights", "shares"),
    [
        (7, {1: 100, 2: 100, 3: 100}, {1: 3, 2: 2, 3: 2}),
        (10, {1: 255, 2: 255, 3: 510}, {1: 3, 2: 2, 3: 5}),
        (1, {1: 1, 2: 0, 3: 2}, {1: 0, 2: 0, 3: 1}),
        (5, {3: 3, 7: 2}, {3: 3, 7: 2}),
        (0, {1: 4}, {1: 0}),
        (3, {2: 1, 1: 1}, {2: 2, 1: 1}),
    ],
)
def test_shares_go_to_the_largest_remainders_and_of_equal_ones_to_the_first(
    points: int, weights: dict[int, int], shares: dict[int, int]
) -> None:
    assert apportioned(points, weights) == shares


def test_a_cap_cuts_within_a_month_and_begins_anew_with_the_next() -> None:
    events = [bought("a", MARCH, ("x", 30)), bought("b", MARCH, ("x", 30)), bought("c", APRIL, ("x", 30))]
    assert play(events, {"x": 50}).rewards == {("a", "x"): 30, ("b", "x"): 20, ("c", "x"): 30}


def test_a_cap_of_all_rules_cuts_what_applies_last_and_leaves_the_rules_own_room() -> None:
    events: Events = [
        bought("a", MARCH, ("x", 60), ("y", 60)),
        bought("b", MARCH, ("x", 60)),
    ]
    played = play(events, {ALL_RULES: 100, "y": 50})
    assert played.rewards == {("a", "x"): 60, ("a", "y"): 40}


def test_a_refund_within_the_month_makes_room_again_and_a_later_one_does_not() -> None:
    first, second = bought("a", MARCH, ("x", 50)), bought("b", MARCH, ("x", 30))
    back = given_back("a", MARCH, Fraction(1, 2))
    assert play([first, back, second], {"x": 50}).rewards["b", "x"] == 25
    late, third = given_back("a", APRIL, Fraction(1, 2)), bought("c", APRIL, ("x", 60))
    played = play([first, late, third], {"x": 50})
    assert played.rewards["c", "x"] == 50
    months = (2017, 3), (2017, 4)
    assert played.changes == [
        Change("h", ((months[0], 50),)),
        Change("h", ((months[0], -25),)),
        Change("h", ((months[1], 50),)),
    ]


def test_parts_of_a_line_take_back_together_what_the_whole_would() -> None:
    thirds = [given_back("a", MARCH, Fraction(1, 3), refund=f"r{number}") for number in (1, 2, 3)]
    played = play([bought("a", MARCH, ("x", 10)), *thirds], {})
    assert [played.taken["r1", "x"], played.taken["r2", "x"], played.taken["r3", "x"]] == [3, 3, 4]


def test_all_that_is_left_of_a_line_is_all_of_its_share() -> None:
    lines = {1: 100, 2: 200}
    events: Events = [
        bought("a", MARCH, ("x", 9), lines=lines),
        given_back("a", MARCH, Fraction(1, 4), line=2, refund="r1"),
        given_back("a", APRIL, None, line=2, refund="r2"),
    ]
    assert play(events, {}).taken == {("r1", "x"): 1, ("r2", "x"): 5}


def test_what_lines_owe_adds_up_before_it_is_rounded() -> None:
    lines = {1: 1, 2: 1}
    events: Events = [
        bought("a", MARCH, ("x", 2), lines=lines),
        given_back("a", MARCH, Fraction(1, 2), line=1, refund="r1"),
        given_back("a", MARCH, Fraction(1, 2), line=2, refund="r2"),
    ]
    assert play(events, {}).taken == {("r2", "x"): 1}


def test_a_cut_reward_is_shared_out_and_taken_back_as_it_was_cut() -> None:
    events: Events = [
        bought("a", MARCH, ("x", 10), lines={1: 3, 2: 1}),
        given_back("a", APRIL, None, line=2),
    ]
    played = play(events, {"x": 6})
    assert played.rewards == {("a", "x"): 6}
    # Four and a half, one and a half: the remainders are equal, and the first line gets the point.
    assert played.taken == {("r1", "x"): 1}


def test_a_line_that_earned_nothing_takes_nothing_back() -> None:
    events: Events = [bought("a", MARCH, ("x", 10), lines={1: 1}), given_back("a", MARCH, None, line=2)]
    played = play(events, {})
    assert played.taken == {}
    assert played.changes[-1] == Change("h", (((2017, 3), 0),))
