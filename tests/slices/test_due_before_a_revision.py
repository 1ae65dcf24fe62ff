"""What fell due before a revision comes to what it comes to in time, whoever settles it, and when."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import tallybook as tb

from tests.clocks import START, SetClock
from tests.slices.shop import Shop

PROGRAM = """
program: shop
timezone: {timezone}
units:
  points: {{kind: redeemable, expiry: {{kind: after_days, days: {days}}}}}
  growth: {{kind: qualifying}}
coupons:
  tea:
    currency: USD
    offer: {{kind: amount_off, amount: "1.00"}}
    validity: {{kind: after_issue, days: {days}}}
rules:
  base: {{unit: growth, formula: {{kind: rate, units: 1, per: "1.00", currency: USD}}}}
memberships:
  plus:
    price: "10.00"
    currency: USD
    term: {{kind: days, days: 300}}
    benefits: {{grants: [{{every: month, rewards: [{points}]}}]}}
grants:
  spring: {{day: {{kind: festival, month: 2, day: 1}}, from: 2026-01-01, rewards: [{points}, {tea}]}}
ladders:
  status:
    validity: {{kind: after_months, months: 12}}
    tiers:
      - code: silver
        any_of: [{{units: {{growth: 10}}}}]
        benefits: {{grants: [{{every: month, rewards: [{points}, {tea}]}}]}}
referrals:
  return_window_days: 20
  rewards: {{newcomer: [{points}], referrer: [{points}]}}
"""
POINTS, TEA = "{kind: units, unit: points, units: 5}", "{kind: coupon, template: tea}"


def lasting(days: int, timezone: str = "UTC") -> str:
    """The program by which what is given lasts so many days."""
    return PROGRAM.format(days=days, timezone=timezone, points=POINTS, tea=TEA)


def has_a_tier(shop: Shop) -> None:
    shop.book.do(shop.buying(20_00))


def has_a_plan(shop: Shop) -> None:
    shop.book.do(shop.make(tb.BuyMembership, plan="plus"))


def has_brought_somebody(shop: Shop) -> None:
    shop.book.do(shop.make(tb.BindReferral, "m2", referrer="m1"))
    shop.book.do(shop.buying(20_00, "m2"))


def does_nothing(shop: Shop) -> None:
    pass


def passed(
    url: str, has_done: Callable[[Shop], None], last: str, *, is_swept: bool
) -> Iterator[tuple[object, ...]]:
    """What there is of two members at several moments in four months with two revisions."""
    clock = SetClock()
    with tb.Book.open(url, clock=clock) as book:
        shop = Shop(book, clock)
        book.apply(lasting(200))
        shop.enroll("m1", "m2")
        has_done(shop)
        for revision in (lasting(10), lasting(300, last)):
            clock.forward(days=38)
            if is_swept:
                book.sweep()
            yield state(shop)
            book.apply(revision)
        clock.forward(days=30)
        yield state(shop)
        book.sweep()
        yield state(shop)
        past = [
            tb.PastBalances(program="shop", member="m1", as_of=START + timedelta(days=d)) for d in (40, 80)
        ]
        yield tuple(book.ask(past))
        assert shop.problems() == []


def state(shop: Shop) -> tuple[object, ...]:
    """What members have, until when, and by which revision it was given."""
    found: list[object] = []
    for member in ("m1", "m2"):
        found.append(shop.book.ask(tb.Balances(program="shop", member=member)))
        found += shop.book.ask(tb.MyCoupons(program="shop", member=member)).coupons
        entries = shop.statement(member, page_size=100).entries
        found.append([(each.kind, each.occurred_at, each.revision) for each in entries])
    return tuple(found)


@pytest.mark.parametrize("has_done", [has_a_tier, has_a_plan, has_brought_somebody, does_nothing])
@pytest.mark.parametrize("last", ["UTC", "Asia/Tokyo"], ids=["plain", "moving days"])
def test_a_page_comes_to_the_same_swept_or_not(
    database_url: str, has_done: Callable[[Shop], None], last: str
) -> None:
    swept = passed("sqlite://", has_done, last, is_swept=True)
    left = passed(database_url, has_done, last, is_swept=False)
    for is_so, should_be in zip(left, swept, strict=True):
        assert is_so == should_be
