"""Split: orders from before it are refunded where they went, and nowhere else."""

from datetime import date, timedelta

import pytest
import tallybook as tb

from tests.slices.members.test_identities import KINDS
from tests.slices.members.test_merge import MONEY, START, bought, capped, merge, refunded, shop, split
from tests.slices.shop import Shop

__all__ = ["shop"]


def told_late(shop: Shop, name: str, order: str, cents: int, **after: float) -> tb.EventRecorded:
    """Record an order of some time after the start."""
    return bought(shop, name, order, cents, occurred_at=START + timedelta(**after))


def test_an_order_from_before_is_refunded_where_it_went(shop: Shop) -> None:
    bought(shop, "m2", "o1", 5000)
    merge(shop)
    shop.award(100, "m1")
    split(shop)
    assert (shop.balance("m1").available, shop.balance("m2").available) == (100, 50)
    with pytest.raises(tb.OrderElsewhere) as refused:
        refunded(shop, "m2", "o1", 1000)
    assert refused.value.facts() == {"order": "o1", "member": "m2", "kept_by": "m1"}
    assert refunded(shop, "m1", "o1").taken[0].amount == 50
    assert (shop.balance("m1").available, shop.balance("m2").available) == (50, 50)
    assert shop.problems() == []


def test_an_order_from_after_is_refunded_as_ever(shop: Shop) -> None:
    bought(shop, "m2", "o1", 5000)
    merge(shop)
    split(shop)
    bought(shop, "m2", "o2", 3000)
    assert refunded(shop, "m2", "o2", 1000).taken[0].amount == 10
    assert shop.balance("m2").available == 70
    assert shop.problems() == []


def test_what_is_told_again_is_known_on_both_pages(shop: Shop) -> None:
    bought(shop, "m2", "o1", 5000)
    refunded(shop, "m2", "o1", 1000)
    merge(shop)
    split(shop)
    for name in ("m1", "m2"):
        assert bought(shop, name, "o1", 5000).replayed
        assert refunded(shop, name, "o1", 1000).replayed
    assert shop.problems() == []


def test_caps_count_what_was_before(shop: Shop) -> None:
    capped(shop)
    bought(shop, "m2", "o1", 6000)
    merge(shop)
    bought(shop, "m1", "o2", 1000)
    split(shop)
    assert [each.amount for each in bought(shop, "m2", "o3", 6000).rewards] == [40]
    assert [each.amount for each in bought(shop, "m1", "o4", 6000).rewards] == [30]


def test_a_late_order_leaves_those_from_before_as_they_are(shop: Shop) -> None:
    """They stand as they did when they went; those from after it are decided anew."""
    capped(shop)
    shop.clock.forward(seconds=7200)
    bought(shop, "m2", "o1", 6000)
    refunded(shop, "m2", "o1", 1000)
    merge(shop)
    shop.clock.forward(seconds=60)
    refunded(shop, "m1", "o1")
    split(shop)
    assert shop.balance("m2").available == 0, "what the order gave was taken of it, where both were one"
    assert [each.amount for each in bought(shop, "m2", "o2", 6000).rewards] == [50]
    told = told_late(shop, "m2", "late", 2000, hours=1)
    assert [each.amount for each in told.rewards] == [20]
    assert [(each.event, each.rewards[0].amount) for each in told.revalued] == [("purchase/o2", 30)]
    assert shop.balance("m2").available == 50
    assert shop.problems() == []


def test_refunds_go_on_waiting_where_they_went(shop: Shop) -> None:
    capped(shop)
    for order in ("o1", "o2"):
        assert refunded(shop, "m2", order, 1000).waiting
    merge(shop)
    split(shop)
    shop.clock.forward(seconds=7200)
    bought(shop, "m1", "o1", 5000)
    bought(shop, "m2", "o2", 5000)
    assert (shop.balance("m1").available, shop.balance("m2").available) == (40, 50)
    told_late(shop, "m2", "late", 1000, hours=1)
    assert shop.balance("m2").available == 60
    waiting = shop.book.ask(tb.WaitingRefunds(program="shop")).refunds
    assert [(each.member, each.order) for each in waiting] == [("m1", "o2")]
    assert shop.problems() == []


def test_what_paid_for_an_order_comes_back_once(shop: Shop) -> None:
    shop.award(30, "m2")
    spent = shop.redeem(30, "m2")
    order = tb.Purchase(
        order_id="o1",
        currency="USD",
        lines=(tb.Line(amount=5000),),
        tenders=(
            tb.Tender(kind="points", amount=30, entry=spent.entry),
            tb.Tender(kind="cash", amount=4970),
        ),
    )
    shop.book.do(shop.make(tb.RecordEvent, "m2", request_id="", event=order))
    merge(shop)
    split(shop)
    had = shop.balance("m2").available
    with pytest.raises(tb.NotReversible):
        shop.book.do(shop.make(tb.Reverse, "m2", entry=spent.entry))
    assert shop.balance("m2").available == had
    refunded(shop, "m1", "o1")
    balance = shop.balance("m1")
    assert (balance.available, balance.arrears) == (0, 20), "30 come back, and 50 that m2 has are owed"
    assert shop.problems() == []


def test_whoever_is_merged_again_takes_the_orders_along_but_not_their_refunds(shop: Shop) -> None:
    bought(shop, "m2", "o1", 5000)
    merge(shop)
    split(shop)
    bought(shop, "m2", "o2", 1000)
    merge(shop, "m3", "m2")
    assert bought(shop, "m3", "o1", 5000).replayed
    with pytest.raises(tb.OrderElsewhere) as refused:
        refunded(shop, "m3", "o1")
    assert refused.value.facts()["kept_by"] == "m1"
    assert refunded(shop, "m3", "o2").taken[0].amount == 10
    split(shop, "m3", "m2")
    for order, kept_by in (("o1", "m1"), ("o2", "m3")):
        with pytest.raises(tb.OrderElsewhere) as refused:
            refunded(shop, "m2", order)
        assert refused.value.facts()["kept_by"] == kept_by
    assert shop.problems() == []


def test_whoever_has_left_orders_with_a_member_is_not_merged_into_it_again(shop: Shop) -> None:
    """Caps, tiers and tasks would count them twice."""
    bought(shop, "m2", "o1", 5000)
    merge(shop)
    split(shop)
    with pytest.raises(tb.MergeConflict) as refused:
        merge(shop)
    assert refused.value.facts() == {"what": "request", "name": "purchase/o1"}
    assert shop.problems() == []


def test_a_backtest_tells_of_everything_once(shop: Shop) -> None:
    """What went along is told where it went, with what was refunded there."""

    def given() -> tuple[int, ...]:
        document = MONEY + "stored_value: {USD: {currency: USD}}" + KINDS
        found = shop.book.backtest(document, date(2026, 1, 1), date(2027, 1, 1))
        (total,) = found.totals()
        return found.members, found.events, total.old, total.new

    bought(shop, "m1", "o1", 1000)
    bought(shop, "m2", "o2", 2000)
    refunded(shop, "m2", "o2", 500)
    assert given() == (2, 2, 25, 25)
    merge(shop)
    assert given() == (1, 2, 25, 25)
    shop.clock.forward(seconds=60)
    refunded(shop, "m1", "o2", 1000)
    assert given() == (1, 2, 15, 15)
    split(shop)
    assert given() == (1, 2, 15, 15)
    bought(shop, "m2", "o3", 3000)
    assert given() == (2, 3, 45, 45)
