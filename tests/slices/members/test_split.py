"""Split: a merge was a mistake, and what is left of it is told apart."""

from datetime import date, timedelta

import pytest
import tallybook as tb

from tests.slices.members.test_identities import KINDS, link, phone, resolved
from tests.slices.members.test_merge import (
    MONEY,
    START,
    bought,
    lots,
    merge,
    paid,
    refunded,
    shop,
    split,
)
from tests.slices.shop import Shop

__all__ = ["shop"]

GIFTED = """
grants:
  birth:
    day: {kind: birthday, feb_29: mar_1}
    from: 2026-03-04
    rewards: [{kind: units, unit: points, units: 7}]
"""


def test_what_is_left_is_told_apart(shop: Shop) -> None:
    day, later = date(2026, 12, 31), date(2026, 4, 1)
    link(shop, "m1", phone("+491700000001"))
    link(shop, "m2", phone("+491700000002"))
    shop.award(10, "m1", expires_on=day)
    shop.award(20, "m2", expires_on=day)
    shop.award(40, "m2", expires_on=date(2026, 6, 1))
    shop.award(5, "m2", vests_on=later, expires_on=day)
    merge(shop)
    shop.redeem(30)  # of what lapses first, which the other had brought
    shop.clock.now = START + timedelta(days=40)
    reply = split(shop)
    assert [(each.expires_on, each.amount) for each in reply.lots] == [
        (date(2026, 6, 1), 10),
        (day, 20),
        (day, 5),
    ]
    assert reply.identities == 1
    assert (shop.balance("m1").available, shop.balance("m2").available) == (10, 35)
    assert (resolved(shop, phone("+491700000001")), resolved(shop, phone("+491700000002"))) == ("m1", "m2")
    shop.award(1, "m2")
    with pytest.raises(tb.NotMerged):
        split(shop)
    assert shop.sums().get(("points", "merged", "house"), 0) == 0
    assert shop.problems() == []
    merge(shop)
    assert shop.balance("m1").available == 46
    assert shop.problems() == []


def test_nothing_goes_back_that_was_spent_or_has_lapsed(shop: Shop) -> None:
    shop.award(20, "m2", expires_on=START.date())
    shop.award(30, "m2")
    merge(shop)
    shop.clock.now = START + timedelta(days=1)
    shop.redeem(30)
    assert split(shop).lots == ()
    assert lots(shop, "m2") == []
    assert shop.problems() == []


def test_money_and_events_stay_where_they_are_whole(shop: Shop) -> None:
    paid(shop, "m2", "T2", 5000)
    bought(shop, "m2", "o1", 1000)
    merge(shop)
    split(shop)
    assert (shop.balance("m1", "USD").available, shop.balance("m2").available) == (5000, 10)
    assert refunded(shop, "m1", "o1").taken[0].amount == 10
    assert shop.problems() == []


def test_time_stands_still_on_a_page_that_was_merged(shop: Shop) -> None:
    shop.book.apply(MONEY + "stored_value: {USD: {currency: USD}}" + KINDS + GIFTED)
    for name in ("m1", "m2"):
        shop.book.do(shop.make(tb.SetBirthday, name, month=3, day=10))
    merge(shop)
    shop.clock.now = START + timedelta(days=10)
    while shop.book.sweep():
        pass
    assert (shop.balance("m1").available, shop.balance("m2").available) == (7, 0)
    split(shop)
    shop.book.do(shop.make(tb.SetBirthday, "m2", month=3, day=20))
    shop.clock.now = START + timedelta(days=20)
    assert (shop.balance("m1").available, shop.balance("m2").available) == (7, 7)
    assert shop.problems() == []
