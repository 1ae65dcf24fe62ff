"""The grocer's example in short: some real households, and the checks themselves."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest

from examples.grocer.baskets import Basket, Line, Row, baskets_of, cents
from examples.grocer.campaigns import program_with
from examples.grocer.events import Event, in_order, side_by_side
from examples.grocer.expected import (
    MONTH_ENDS,
    Expected,
)
from examples.grocer.findings import Findings
from examples.grocer.grown import DEPARTMENTS, GROWTH, TIERS, WEEKS
from examples.grocer.ledger import Enrollment, Ledger
from examples.grocer.library import opened
from examples.grocer.refunds import WITHIN_SECONDS, Refund, refunds_of
from examples.grocer.replay import Advance
from examples.grocer.server import ServerFailed
from examples.grocer.service import served
from examples.grocer.story import LATER, THE_YEAR, YEAR_OVER, Story, moment_of
from tests.examples.sample import sample_baskets, sample_campaigns, sample_expected

NEW_YORK = ZoneInfo("America/New_York")
PROGRAM = program_with(sample_campaigns())


@pytest.fixture(scope="module")
def baskets() -> list[Basket]:
    return sample_baskets()


@pytest.fixture(scope="module")
def refunds(baskets: list[Basket]) -> list[Refund]:
    return list(refunds_of(baskets))


@pytest.fixture(scope="module")
def events(baskets: list[Basket], refunds: list[Refund]) -> list[Event]:
    return in_order([*baskets, *refunds])


@pytest.fixture(scope="module")
def expected() -> Expected:
    return sample_expected()


@contextmanager
def unseen(title: str, total: int) -> Iterator[Advance]:
    yield lambda steps: None


def tell(ledger: Ledger, events: Sequence[Event], expected: Expected, *, again: bool) -> Findings:
    return Story(ledger, events, expected, unseen).tell(again=again)


# --- the story ---------------------------------------------------------------------------------------------


def test_the_book_is_as_computed(database_url: str, events: list[Event], expected: Expected) -> None:
    with served(database_url, PROGRAM, events[0].occurred_at) as service:
        findings = tell(service, events, expected, again=True)
    assert findings.differences == []
    assert [check for check in findings.checks if not check.agrees] == []
    assert {check.chapter for check in findings.checks} == {
        "the year",
        "the same again",
        "month ends",
        "on 1 July 2018",
    }


def test_a_server_that_does_not_start_says_why() -> None:
    with pytest.raises(ServerFailed) as caught, served("sqlite://", PROGRAM, YEAR_OVER):
        pass
    assert "name a file" in "".join(caught.value.__notes__)


def test_one_point_that_differs_is_found(sqlite_url: str, events: list[Event], expected: Expected) -> None:
    (basket, rule), points = next(iter(expected.rewards.items()))
    household, lots = next((each, lots) for each, lots in expected.lots.items() if lots)
    day = max(lots)
    planted = replace(
        expected,
        rewards={**expected.rewards, (basket, rule): points + 1},
        lots={**expected.lots, household: {**lots, day: lots[day] + 1}},
    )
    with opened(sqlite_url, PROGRAM, events[0].occurred_at) as library:
        findings = tell(library, events, planted, again=False)
    assert not findings.sound
    assert f"the year: basket {basket}: {points} by {rule}, expected {points + 1}" in findings.differences
    assert (
        f"the year: household {household} has {lots[day]} until {day}, expected {lots[day] + 1}"
        in findings.differences
    )


def test_events_that_come_in_any_order_and_twice_come_to_the_same(
    sqlite_url: str, events: list[Event], expected: Expected
) -> None:
    sizes = Counter(event.household for event in events)
    # Who gives the rest of a line back cannot give a part of it back afterwards.
    in_parts = {event.household for event in events if event.key.endswith("-2")}
    few = [event for event in events if sizes[event.household] < 50 and event.household not in in_parts]
    households = {event.household for event in few}
    net = net_points(few, expected)
    Random(7).shuffle(few)
    with opened(sqlite_url, PROGRAM, events[0].occurred_at) as ledger:
        ledger.set_clock(YEAR_OVER)
        ledger.do([Enrollment(household) for household in households])
        for run in side_by_side(few, 10):
            assert not any(answer.replayed for answer in ledger.do(run))
            assert all(answer.replayed for answer in ledger.do(run))
        found = {household: ledger.holding(household)[0] for household in households}
        standings = {household: ledger.standing(household) for household in households}
        tiers = {
            (household, day): ledger.tier_at(household, moment_of(day))
            for household in households
            for day in THE_YEAR
        }
    assert {household: held.available - held.arrears for household, held in found.items()} == net
    assert standings == {each: expected.standing(each, YEAR_OVER.date()) for each in households}
    assert tiers == {(each, day): expected.standing(each, day).tier for each, day in tiers}
    assert {"bronze", "gold"} <= {each.tier for each in standings.values()}


def net_points(events: Sequence[Event], expected: Expected) -> dict[str, int]:
    """What events come to by household, tasks included, but for what is redeemed."""
    net: Counter[str] = Counter()
    for event in events:
        name = event.basket if isinstance(event, Basket) else event.refund
        sign, by_rule = (1, expected.rewards) if isinstance(event, Basket) else (-1, expected.taken)
        of_rules = (units for (each, rule), units in by_rule.items() if each == name and rule != GROWTH)
        of_tasks = (points for (each, _), points in expected.gifts.items() if each == name)
        net[event.household] += sign * sum(of_rules) + sum(of_tasks)
    return dict(net)


# --- the sample --------------------------------------------------------------------------------------------


def test_the_sample_has_what_is_worth_checking(
    baskets: list[Basket], refunds: list[Refund], expected: Expected
) -> None:
    moments = [(basket.household, basket.occurred_at) for basket in baskets]
    totals = [sum(line.cents for line in basket.lines) for basket in baskets]
    assert len(expected.lots) == 22
    assert 0 in totals
    assert any(0 < total < 100 for total in totals)
    assert len(set(moments)) < len(moments)
    assert any(basket.occurred_at.day != basket.occurred_at.astimezone(NEW_YORK).day for basket in baskets)
    assert any(refund.quantity for refund in refunds)
    assert any(refund.cents for refund in refunds)
    assert any(refund.refund.endswith("-2") for refund in refunds)
    assert expected.redemptions > 20
    assert expected.arrears
    assert expected.of_time(LATER.date())


def test_the_sample_goes_up_and_down_in_tiers_and_tasks(expected: Expected) -> None:
    paths = {
        household: [expected.standing(household, day).tier for day in MONTH_ENDS]
        for household in expected.lots
    }
    steps = {step for path in paths.values() for step in pairwise(path)}
    assert {("", "bronze"), ("bronze", "silver"), ("silver", "gold"), ("gold", "silver")} <= steps
    sources = {(source.split("/")[1], points) for (_, source), points in expected.gifts.items()}
    assert sources == {
        (DEPARTMENTS, 25),
        (DEPARTMENTS, -25),
        (WEEKS, 40),
        (WEEKS, -40),
    }
    # In 2017 nothing lapses: whoever falls then does so by a refund.
    assert any(path[:12] != sorted(path[:12], key=TIERS.index) for path in paths.values())


def test_every_kind_of_rule_gave_and_was_taken_back(expected: Expected) -> None:
    kinds = {f"campaign_{each.number}": each.kind for each in sample_campaigns()}
    every = {
        "growth",
        "tier/silver/points",
        "tier/gold/points",
        "base",
        "produce",
        "drugstore",
        "seafood",
        "member_day",
        "Type A",
        "Type B",
        "Type C",
    }
    assert {kinds.get(rule, rule) for _, rule in expected.rewards} == every
    assert {kinds.get(rule, rule) for _, rule in expected.taken} == every


def test_caps_are_reached_and_refunds_make_room_under_them(baskets: list[Basket], expected: Expected) -> None:
    by_basket = {basket.basket: basket for basket in baskets}
    sums: Counter[tuple[str, str, str]] = Counter()
    for (basket, rule), points in expected.rewards.items():
        month = by_basket[basket].occurred_at.astimezone(NEW_YORK).strftime("%Y-%m")
        household = by_basket[basket].household
        sums[household, month, rule] += points
        sums[household, month, "all"] += points
    reached = {rule for (_, _, rule), points in sums.items() if points == 50}
    assert {"produce", "seafood"} <= reached
    assert max(points for (_, _, rule), points in sums.items() if rule == "produce") > 50
    assert max(points for (_, _, rule), points in sums.items() if rule == "all") > 800


# --- the program -------------------------------------------------------------------------------------------


def test_the_program_has_a_rule_for_every_campaign() -> None:
    conditions = [rule.get("condition", "") for rule in json.loads(PROGRAM)["rules"].values()]
    for number in range(1, 28):
        assert sum(f"has(event.attributes.campaign_{number})" in each for each in conditions) == 1


# --- the door ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dollars", "whole"),
    [(2.5, 250), (0.29, 29), (1.1, 110), (2.675, 268), (2.665, 266), ("0.125", 12), ("0.135", 14), (0.0, 0)],
)
def test_dollars_become_cents_half_to_even(dollars: float | str, whole: int) -> None:
    assert cents(dollars) == whole


AT = datetime(2017, 1, 1, 12)  # noqa: DTZ001
NOON = AT.replace(tzinfo=UTC)


def row(household: str, basket: str, quantity: int, dollars: float | str, at: datetime = AT) -> Row:
    return Row(household, "s1", basket, "p1", "GROCERY", quantity, dollars, at)


def test_rows_become_baskets_in_time_order() -> None:
    rows = [
        row("h1", "b3", 1, 0.1, AT + timedelta(hours=1)),
        row("h2", "b2", 3, 0.5),
        row("h1", "b1", 1, 0.2),
        row("h1", "b3", 2, 0.2, AT + timedelta(hours=1)),
    ]
    assert baskets_of(rows, {"h1": (4, 7)}) == [
        Basket("h1", "b1", "s1", NOON, (Line("p1", "GROCERY", 1, 20),), (4, 7)),
        Basket("h2", "b2", "s1", NOON, (Line("p1", "GROCERY", 3, 50),)),
        Basket(
            "h1",
            "b3",
            "s1",
            NOON + timedelta(hours=1),
            (Line("p1", "GROCERY", 1, 10), Line("p1", "GROCERY", 2, 20)),
            (4, 7),
        ),
    ]


def test_a_row_of_nothing_is_no_line_and_one_with_money_alone_is_one_piece() -> None:
    rows = [
        row("h1", "b1", 0, "1e-15"),
        row("h1", "b1", 0, "0.01"),
        row("h1", "b1", 2, 0.0),
        row("h1", "b2", 0, 0),
    ]
    (basket,) = baskets_of(rows, {})
    assert basket.lines == (Line("p1", "GROCERY", 1, 1), Line("p1", "GROCERY", 2, 0))


# --- refunds -----------------------------------------------------------------------------------------------


def test_about_three_lines_in_a_hundred_go_back_and_the_same_ones_every_time(
    baskets: list[Basket], refunds: list[Refund]
) -> None:
    lines = sum(len(basket.lines) for basket in baskets)
    refunded = {(refund.basket, refund.line) for refund in refunds}
    assert 0.02 < len(refunded) / lines < 0.04
    assert list(refunds_of(baskets)) == refunds
    assert [each for basket in baskets[:100] for each in refunds_of([basket])] == [
        each for each in refunds if each.basket in {basket.basket for basket in baskets[:100]}
    ]


def test_no_line_gives_back_more_than_it_has(baskets: list[Basket], refunds: list[Refund]) -> None:
    bought = {basket.basket: basket for basket in baskets}
    for refund in refunds:
        line = bought[refund.basket].lines[refund.line - 1]
        assert line.cents > 0
        assert refund.quantity is None or 0 < refund.quantity < line.quantity
        assert refund.cents is None or 0 < refund.cents < line.cents
        waited = refund.occurred_at - bought[refund.basket].occurred_at
        assert timedelta(0) < waited <= timedelta(seconds=WITHIN_SECONDS)


# --- the order of events -----------------------------------------------------------------------------------


def test_events_of_one_moment_are_in_the_order_of_their_keys() -> None:
    purchase = Basket("h1", "b2", "s1", NOON, ())
    earlier = Refund("h1", "r9", "b1", 1, NOON - timedelta(seconds=1))
    refund = Refund("h1", "r1", "b1", 1, NOON)
    assert in_order([refund, purchase, earlier]) == [earlier, purchase, refund]


def test_events_sent_together_are_of_different_households(events: list[Event]) -> None:
    runs = list(side_by_side(events, 5))
    assert [event for run in runs for event in run] == events
    assert max(map(len, runs)) == 5
    assert all(len({event.household for event in run}) == len(run) for run in runs)


# --- the expectation ---------------------------------------------------------------------------------------


def test_the_expectation_itself_sums_to_zero(expected: Expected) -> None:
    for today in (YEAR_OVER.date(), date(2018, 3, 1), LATER.date(), date(2019, 1, 1)):
        assert sum(expected.accounts(today).values()) == 0
        assert sum(expected.growth_accounts(today).values()) == 0
    assert "available" not in expected.accounts(date(2019, 1, 1))
