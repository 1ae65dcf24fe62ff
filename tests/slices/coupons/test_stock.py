"""Stocks and limits of coupons are exact, whoever comes at once and however many a batch has."""

from __future__ import annotations

from collections import Counter
from threading import Thread
from typing import Any

import pytest
import tallybook as tb

from tests.slices.coupons.drawer import PROGRAM, Drawer

CLIENTS = 64


def test_a_stock_is_given_once_and_says_what_is_left(drawer: Drawer) -> None:
    assert drawer.left("scarce") == 3
    drawer.issue("scarce", count=2)
    with pytest.raises(tb.CouponOutOfStock) as gone:
        drawer.issue("scarce", count=2)
    assert (gone.value.asked, gone.value.left) == (2, 1)
    drawer.claim("scarce")
    assert drawer.left("scarce") == 0
    assert drawer.report("scarce").issued == 3


def test_a_batch_takes_no_more_than_there_is(drawer: Drawer) -> None:
    outcomes = drawer.book.do([drawer.make(tb.ClaimCoupon, template="scarce") for _ in range(10)])
    assert Counter(type(each) for each in outcomes) == {tb.CouponsIssued: 3, tb.CouponOutOfStock: 7}


def test_a_larger_stock_gives_more(drawer: Drawer) -> None:
    drawer.issue("scarce", count=3)
    drawer.book.apply(PROGRAM.replace("stock: 3\n", "stock: 4\n"))
    drawer.claim("scarce")
    with pytest.raises(tb.CouponOutOfStock):
        drawer.claim("scarce")


def test_a_void_coupon_does_not_come_back_to_its_stock(drawer: Drawer) -> None:
    first, *_ = drawer.issue("scarce", count=3)
    drawer.do(tb.VoidCoupon, coupon=first, reason="mistake")
    assert drawer.left("scarce") == 0


def test_a_member_gets_so_many_a_day_and_so_many_in_all(drawer: Drawer) -> None:
    drawer.claim("rationed")
    with pytest.raises(tb.CouponLimitReached) as reached:
        drawer.claim("rationed")
    assert (reached.value.period, reached.value.most, reached.value.left) == ("day", 1, 0)
    drawer.clock.forward(days=1)
    drawer.claim("rationed")
    drawer.clock.forward(days=1)
    with pytest.raises(tb.CouponLimitReached) as reached:
        drawer.claim("rationed")
    assert (reached.value.period, reached.value.most) == ("life", 2)


def test_a_limit_holds_in_one_batch(drawer: Drawer) -> None:
    outcomes = drawer.book.do([drawer.make(tb.ClaimCoupon, template="rationed") for _ in range(5)])
    assert Counter(type(each) for each in outcomes) == {tb.CouponsIssued: 1, tb.CouponLimitReached: 4}


@pytest.mark.parametrize("batch", [1, 5])
def test_of_sixty_four_clients_as_many_as_there_are_get_one(drawer: Drawer, batch: int) -> None:
    stock = 40
    drawer.book.apply(PROGRAM.replace("stock: 3\n", f"stock: {stock}\n"))
    members = [f"c{number}" for number in range(CLIENTS)]
    drawer.book.do([drawer.make(tb.Enroll, member) for member in members])
    work = [
        [drawer.make(tb.ClaimCoupon, member, template="scarce") for _ in range(batch)] for member in members
    ]
    outcomes: list[Any] = []
    threads = [Thread(target=lambda each=each: outcomes.extend(drawer.book.do(each))) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(type(each) for each in outcomes) == {
        tb.CouponsIssued: stock,
        tb.CouponOutOfStock: CLIENTS * batch - stock,
    }
    assert (drawer.left("scarce"), drawer.report("scarce").issued) == (0, stock)
    again = drawer.book.do([command for each in work for command in each])
    assert sum(isinstance(each, tb.CouponsIssued) for each in again) == stock, "a retry is the same again"
    assert drawer.report("scarce").issued == stock


def test_one_member_with_sixty_four_clients_gets_no_more_than_the_limit(drawer: Drawer) -> None:
    work = [drawer.make(tb.ClaimCoupon, template="rationed") for _ in range(CLIENTS)]
    outcomes: list[Any] = []
    threads = [Thread(target=lambda each=each: outcomes.extend(drawer.book.do([each]))) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(type(each) for each in outcomes) == {
        tb.CouponsIssued: 1,
        tb.CouponLimitReached: CLIENTS - 1,
    }
