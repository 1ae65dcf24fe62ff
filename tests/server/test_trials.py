"""What is tried shows in no other trial, not even of the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import tallybook as tb
from tallybook_client._gen.tallybook.v1.batch_pb2 import PostCommand, PostResult
from tallybook_client._gen.tallybook.v1.posting_pb2 import AwardRequest
from tallybook_server.book_lanes import Trial, reading
from tallybook_server.bulk_posts import carry_out, read_bulk
from tallybook_server.errors import DeadlinePassed, status_message

PROGRAM = """
program: shop
timezone: Europe/Berlin
units: {points: {kind: redeemable}}
budgets: {spring: {unit: points, most: 100}}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}, budget: spring}
"""
NOW = datetime(2026, 2, 2, 9, tzinfo=UTC)
AWARD = AwardRequest(member="amy", request_id="a1", unit="points", amount=1)


@pytest.fixture
def book(database_url: str) -> Iterator[tb.Book]:
    with tb.Book.open(database_url, clock=lambda: NOW) as book:
        book.apply(PROGRAM)
        for member in ("amy", "bob"):
            book.do(tb.Enroll(program="shop", member=member, request_id="joined"))
        yield book


def purchase(member: str) -> tb.RecordEvent:
    event = tb.Purchase(order_id="1001", currency="USD", lines=(tb.Line(amount=8_000),))
    return tb.RecordEvent(program="shop", member=member, event=event, occurred_at=NOW)


def test_trials_of_one_moment_draw_on_a_budget_each_alone(book: tb.Book) -> None:
    tried = reading(book)([Trial([purchase("amy")]), Trial([purchase("bob")])])
    assert [outcome.rewards[0].amount for (outcome,) in tried] == [80, 80]


def test_commands_of_one_trial_see_what_those_before_them_drew(book: tb.Book) -> None:
    (tried,) = reading(book)([Trial([purchase("amy"), purchase("bob")])])
    assert [outcome.rewards[0].amount for outcome in tried] == [80, 20]


def test_queries_among_trials_get_their_own_answers(book: tb.Book) -> None:
    asked = tb.Balances(program="shop", member="bob")
    (amy,), balances, (bob,) = reading(book)([Trial([purchase("amy")]), asked, Trial([purchase("bob")])])
    assert (amy.entry, balances.of("points").available, bob.entry) == (2, 0, 2)


def test_a_database_that_is_away_is_waited_for_once(book: tb.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[list[int]] = []

    def simulate_apart(_: tb.Book, trials: list[list[tb.RecordEvent]]) -> list[list[tb.TallybookError]]:
        waited.append([len(commands) for commands in trials])
        return [[tb.DatabaseUnavailable() for _ in commands] for commands in trials]

    monkeypatch.setattr(tb.Book, "simulate_apart", simulate_apart)
    tried = reading(book)([Trial([purchase("amy")]), Trial([purchase("bob"), purchase("amy")])])
    assert [[type(outcome) for outcome in outcomes] for outcomes in tried] == [
        [tb.DatabaseUnavailable],
        [tb.DatabaseUnavailable] * 2,
    ]
    assert waited == [[1, 2]]


def test_commands_of_a_trial_whose_deadline_has_passed_are_each_told_so() -> None:
    class Late:
        async def put(self, piece: Trial, seconds_left: float | None) -> list[tb.TallybookError]:
            return [DeadlinePassed()]

    async def tried() -> list[PostResult]:
        commands = [PostCommand(award=award) for award in (AWARD, AWARD)]
        bulk = await read_bulk(commands, "shop", trial=True)
        lanes: Any = SimpleNamespace(read=Late())
        return await carry_out(bulk, lanes, trial=True, seconds_left=0.001)

    assert [each.error for each in asyncio.run(tried())] == [status_message(DeadlinePassed())] * 2
