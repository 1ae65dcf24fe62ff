"""What tiers give may count towards tiers itself: from its day on, and as what it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.shop import Shop

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, tzinfo=UTC)
DOCUMENT = """
program: shop
timezone: UTC
units:
  growth: {kind: qualifying, expiry: {kind: after_days, days: 20}}
rules: {base: {unit: growth, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}}
ladders:
  status:
    validity: {kind: after_months, months: 6}
    tiers:
      - code: bronze
        any_of: [{units: {growth: 10}}]
        benefits: {grants: [{every: day, rewards: [{kind: units, unit: growth, units: 5}]}]}
      - code: silver
        any_of: [{units: {growth: 20}}]
        benefits: {grants: [{every: week, rewards: [{kind: units, unit: growth, units: 1}]}]}
"""


@pytest.fixture
def club(database_url: str, clock: SetClock) -> Iterator[Shop]:
    """A club whose members grow as long as they have a tier."""
    clock.now = START
    with tb.Book.open(database_url, clock=clock) as book:
        book.apply(DOCUMENT)
        opened = Shop(book, clock)
        opened.enroll("amy")
        yield opened
        assert opened.problems() == []


def buy(club: Shop, dollars: int, at: datetime = START) -> None:
    """Tell of an order, which is named after what it cost."""
    bought = tb.Purchase(order_id=f"o{dollars}", currency="USD", lines=(tb.Line(amount=100 * dollars),))
    club.book.do(club.make(tb.RecordEvent, "amy", request_id="", event=bought, occurred_at=at))


def standing(club: Shop) -> tuple[str, datetime | None]:
    """Amy's tier, and since when."""
    (found,) = club.book.ask(tb.GetTiers(program="shop", member="amy")).ladders
    return found.tier, found.since


@pytest.mark.parametrize("orders", [(10, 2), (2, 10)], ids=["in their order", "the later one first"])
def test_what_a_tier_gives_counts_from_the_day_that_it_is_given_on(
    club: Shop, clock: SetClock, orders: tuple[int, int]
) -> None:
    clock.forward(days=10)
    for dollars in orders:
        buy(club, dollars, at=START if dollars == 10 else clock.now)
    assert standing(club) == ("silver", TUESDAY)
    assert club.balance("amy", "growth").available == 10 + 5 + 5 + 1 + 1 + 2, "silver at once, and on Monday"


@pytest.mark.parametrize("every", [1, 60], ids=["looked at every day", "looked at once"])
def test_what_a_tier_gives_takes_nothing_of_what_it_was_reached_with(
    club: Shop, clock: SetClock, every: int
) -> None:
    """Who holds a tier holds it to its review, though what it was reached with has lapsed."""
    buy(club, 20)
    for _ in range(60 // every):
        clock.forward(days=every)
        assert club.book.sweep() <= 1
    assert standing(club) == ("silver", START)
    page = club.book.ask(tb.Statement(program="shop", member="amy", page_size=100))
    reviews = [entry for entry in page.entries if entry.kind == "review_tiers"]
    assert len(reviews) == 8, "one a week"
