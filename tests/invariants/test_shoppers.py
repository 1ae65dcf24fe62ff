"""Many shoppers at once, and budgets they all draw on: given to the last point, never beyond."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import tallybook as tb
from tallybook.engine import gather

from tests.invariants.crowd import PROGRAM, all_at_once, check_no_deadlocks, check_sound, enrolled
from tests.lengths import TIMES_LONGER
from tests.slices.earning.filed import drawn, left_of
from tests.torture.seeds import randomness

THREADS = 32
# SQLite has one writer at a time and waits for the disk at each commit.
ROUNDS = {"sqlite": 2, "postgresql": 5}
MEMBERS = [f"m{number:02}" for number in range(64)]
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)

DOCUMENT = f"""
program: {PROGRAM}
timezone: UTC
units:
  points: {{kind: redeemable}}
refunds: {{shortfall: arrears, lapsed: {{kind: keep_expired}}}}
rules:
  spring: {{unit: points, formula: {{kind: rate, units: 1, per: "1.00", currency: USD}}, budget: spring}}
  summer: {{unit: points, formula: {{kind: fixed, units: 4}}, budget: summer}}
  first: {{unit: points, formula: {{kind: fixed, units: 5}}, budget: spring, condition: order.ordinal == 1}}
budgets:
  spring: {{unit: points, most: 1000}}
  summer: {{unit: points, currency: USD, most: "1.00", cost: {{units: 3, money: "0.02"}}}}
"""
MOST = {"spring": 1000, "summer": 100}

Replies = dict[str, dict[str, tb.EventRecorded]]
"""What was answered to each member's events, by the events' keys."""


@pytest.fixture
def book(database_url: str) -> Iterator[tb.Book]:
    with tb.Book.open(database_url, clock=lambda: NOW) as book:
        book.apply(DOCUMENT)
        yield book


def telling(member: str, event: tb.Event, hours_ago: int = 0) -> tb.RecordEvent:
    at = NOW - timedelta(hours=hours_ago)
    return tb.RecordEvent(program=PROGRAM, member=member, event=event, occurred_at=at)


def order(member: str, order_id: str, dollars: int, hours_ago: int = 0) -> tb.RecordEvent:
    lines = (tb.Line(quantity=2, amount=100 * dollars),)
    return telling(member, tb.Purchase(order_id=order_id, currency="USD", lines=lines), hours_ago)


def given(replies: list[Any], rule: str) -> int:
    return sum(reward.amount for reply in replies for reward in reply.rewards if reward.rule == rule)


def check_drawn(book: tb.Book, url: str, replies: Replies) -> None:
    """Budgets are drawn by exactly what members have of them."""
    lefts = [left for member in replies for left in left_of(url, replies[member], member)]
    assert drawn(url, PROGRAM) == {
        "spring": sum(amount for rule, amount in lefts if rule in ("spring", "first")),
        "summer": sum(-(-amount * 2 // 3) for rule, amount in lefts if rule == "summer"),
    }
    check_sound(book)


def test_a_budget_is_given_to_its_last_point_and_no_further(book: tb.Book, database_url: str) -> None:
    enrolled(book, MEMBERS)
    replies: list[Any] = all_at_once(partial(book.do, order(member, "o1", 30)) for member in MEMBERS)
    assert given(replies, "spring") + given(replies, "first") == MOST["spring"]
    whole = [reply for reply in replies if {"spring", "first"} <= {each.rule for each in reply.rewards}]
    short = [reply for reply in replies if reply not in whole]
    assert len(whole) + len(short) == len(MEMBERS)
    for reply in short:
        said = [cut.what for each in reply.rewards for cut in each.cuts] + [
            each.detail for each in reply.skipped
        ]
        assert "budget:spring" in said
    # Four points cost three cents, and the last cent buys one.
    assert given(replies, "summer") == 33 * 4 + 1
    check_drawn(book, database_url, {m: {r.event: r} for m, r in zip(MEMBERS, replies, strict=True)})
    check_no_deadlocks(book, database_url)


def test_batches_that_meet_on_a_budget_give_no_more_than_there_is(book: tb.Book, database_url: str) -> None:
    enrolled(book, MEMBERS)

    def batch(number: int) -> list[tb.RecordEvent]:
        members = random.Random(number).sample(MEMBERS, 10)
        return [order(member, f"o{number}", 7) for member in members]

    batches = [batch(number) for number in range(THREADS)]
    outcomes = all_at_once(partial(book.do, each) for each in batches)
    replies: Replies = {member: {} for member in MEMBERS}
    for asked, answered in zip(batches, outcomes, strict=True):
        for command, reply in zip(asked, answered, strict=True):
            assert isinstance(reply, tb.EventRecorded), reply
            replies[command.member][reply.event] = reply
    # What the last batches gave back, because a first order turned out to be a later one, somebody takes.
    for member in MEMBERS[:2]:
        reply = book.do(order(member, "p", 7))
        replies[member][reply.event] = reply
    assert drawn(database_url, PROGRAM) == MOST
    check_drawn(book, database_url, replies)
    check_no_deadlocks(book, database_url)


class Shopper:
    """One of many who buy, in time and late, alone and in batches, and give back what anybody bought."""

    def __init__(self, book: tb.Book, members: list[str], name: str, bought: list[tuple[str, str]]) -> None:
        self._book = book
        self._members = members
        self._name = name
        self._random = randomness(f"shopper {name}")
        self._bought = bought
        self._told = 0

    def shop(self, rounds: int) -> list[tuple[str, tb.EventRecorded]]:
        """So many events or batches; what was answered, with the member."""
        answered: list[tuple[str, tb.EventRecorded]] = []
        for _ in range(rounds):
            commands = [self._command() for _ in range(self._random.choice([1, 1, 1, 6]))]
            for command, outcome in zip(commands, self._book.do(commands), strict=True):
                if isinstance(outcome, tb.EventRecorded):
                    answered.append((command.member, outcome))
                else:
                    assert isinstance(outcome, tb.RefundExceedsPurchase), outcome
                if isinstance(command.event, tb.Purchase):
                    self._bought.append((command.member, command.event.order_id))
        return answered

    def _command(self) -> tb.RecordEvent:
        self._told += 1
        own_id = f"{self._name}-{self._told}"
        if self._bought and self._random.random() < 0.4:
            member, order_id = self._random.choice(self._bought)
            lines = self._random.choice([(), (tb.RefundedLine(line_id="1", quantity=1),)])
            return telling(member, tb.Refund(refund_id=own_id, order_id=order_id, lines=lines))
        member = self._random.choice(self._members)
        return order(member, own_id, self._random.randint(1, 40), self._random.choice([0, 0, 30, 60]))


@pytest.mark.parametrize("members", [MEMBERS[:2], MEMBERS], ids=["two", "many"])
def test_a_crowd_of_shoppers_leaves_budgets_as_it_was_told(
    book: tb.Book, members: list[str], database_url: str
) -> None:
    enrolled(book, members)
    bought: list[tuple[str, str]] = []
    shoppers = [Shopper(book, members, f"t{number}", bought) for number in range(THREADS)]
    rounds = ROUNDS[database_url.partition(":")[0].partition("+")[0]] * TIMES_LONGER
    replies: Replies = {member: {} for member in members}
    for answered in all_at_once(partial(shopper.shop, rounds) for shopper in shoppers):
        for member, reply in answered:
            assert replies[member].setdefault(reply.event, reply) is reply
    assert all(drawn(database_url, PROGRAM)[name] <= most for name, most in MOST.items())
    check_drawn(book, database_url, replies)
    check_no_deadlocks(book, database_url)


@pytest.mark.torture
def test_shoppers_notice_that_nobody_locks_budgets(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The crowd can fail: without locks, two who look at the same moment are given the same points."""
    monkeypatch.setattr(gather, "pools_locked", gather.pools_unlocked)
    with tb.Book.open(postgresql_url, clock=lambda: NOW) as book:
        book.apply(DOCUMENT)
        with pytest.raises(AssertionError):
            test_a_budget_is_given_to_its_last_point_and_no_further(book, postgresql_url)
