"""What members see of the mall: prices, what is left, and every reason why not."""

from datetime import date
from typing import Any

import pytest
import tallybook as tb

from tests.clocks import START
from tests.slices.mall.counter import Counter


def test_what_can_be_ordered_has_no_reasons_against_it(counter: Counter) -> None:
    page = counter.book.ask(tb.ListItems(program="shop", member="m1"))
    free = {each.item for each in page.items if not each.reasons}
    assert free == {"lamp", "voucher", "credit", "month", "chance", "present"}
    assert "scarf" not in {each.item for each in page.items}


def test_items_come_by_pages(counter: Counter) -> None:
    first = counter.book.ask(tb.ListItems(program="shop", member="m1", page_size=5))
    rest = counter.book.ask(tb.ListItems(program="shop", member="m1", page_token=first.next_page_token))
    codes = [each.item for each in (*first.items, *rest.items)]
    assert codes == sorted(codes)
    assert (len(codes), rest.next_page_token) == (11, "")


def test_every_reason_is_told(counter: Counter) -> None:
    assert counter.reasons("golden", pieces=2) == ["wrong_tier", "no_tag", "condition_not_met", "too_many"]
    assert counter.reasons("mug") == ["out_of_stock"]
    assert counter.reasons("scarf") == ["no_price", "out_of_stock"]
    assert counter.reasons("voucher", pieces=21) == ["not_enough"]
    assert counter.reasons("present", choice="scarf") == ["out_of_stock"]
    assert counter.reasons("present", choice="voucher", pieces=2) == ["limit_reached"]
    counter.do(tb.Freeze, scope="redeem", reason="fraud")
    assert counter.reasons("voucher") == ["frozen"]


def test_who_fits_has_no_reasons(counter: Counter) -> None:
    counter.do(tb.OverrideTier, ladder="status", tier="gold", until=date(2027, 1, 1), reason="a friend")
    counter.do(tb.TagMember, tags=("vip",))
    purchase = tb.Purchase(order_id="p1", currency="USD", lines=(tb.Line(amount=100),))
    counter.do(tb.RecordEvent, request_id="", event=purchase)
    assert counter.reasons("golden") == []
    assert counter.place("golden").state == "fulfilled"
    view = counter.seen("mug")
    assert view.price is not None
    assert view.price.steps == 80


def test_a_sale_begins_and_ends_and_has_its_hours(counter: Counter) -> None:
    def reasons(day: int, hour: int) -> list[tb.WhyNotOffered]:
        counter.clock.now = START.replace(day=day, hour=hour)
        return counter.reasons("evening")

    assert reasons(1, 20) == ["not_yet"]
    assert reasons(2, 17) == ["not_now"]
    assert reasons(2, 18) == []
    assert counter.place("evening").state == "fulfilled"
    assert reasons(4, 20) == ["over"]
    with pytest.raises(tb.ItemNotOffered) as refused:
        counter.place("evening")
    assert (refused.value.why, refused.value.detail) == ("over", "2026-01-04T00:00:00+00:00")


def test_a_quote_is_what_the_order_costs(counter: Counter) -> None:
    for units in (None, 0, 100):
        asked: dict[str, Any] = {"item": "lamp", "pieces": 2, "units": units}
        quote = counter.book.ask(tb.GetItemQuote(program="shop", member="m1", **asked))
        placed = counter.book.simulate(counter.make(tb.PlaceOrder, **asked))
        assert isinstance(placed, tb.OrderMoved)
        assert (quote.amount, quote.money) == (placed.amount, placed.money)


def test_choices_tell_what_is_left_of_them(counter: Counter) -> None:
    counter.stock("mug", 2)
    view = counter.seen("present")
    assert [(each.item, each.left) for each in view.choices] == [("mug", 2), ("scarf", 0), ("voucher", None)]
    assert view.limits_left == {"year": 1}
    assert not view.reasons


def test_questions_that_make_no_sense(counter: Counter) -> None:
    with pytest.raises(tb.UnknownItem):
        counter.reasons("nothing")
    with pytest.raises(tb.InvalidInput, match="choice"):
        counter.reasons("present")
    with pytest.raises(tb.UnknownMember):
        counter.book.ask(tb.ListItems(program="shop", member="nobody"))
    with pytest.raises(tb.UnknownOrder):
        counter.order("nothing")


def test_a_warehouse_lists_what_is_to_be_sent(counter: Counter) -> None:
    counter.enroll("m2", "m3")
    counter.stock("mug", 9)
    for member in ("m1", "m2", "m3"):
        counter.place("mug", member, order_id=f"o-{member}")
    counter.place("month", order_id="waiting")
    counter.do(tb.FulfilOrder, "m2", order_id="o-m2")
    found, token = [], ""
    while True:
        page = counter.book.ask(
            tb.ListOrders(program="shop", state=tb.OrderStanding.PAID, page_size=1, page_token=token)
        )
        found += [(each.member, each.order_id) for each in page.orders]
        token = page.next_page_token
        if not token:
            break
    assert found == [("m1", "o-m1"), ("m3", "o-m3")]

    def ids(**fields: Any) -> list[str]:
        return [each.order_id for each in counter.book.ask(tb.ListOrders(program="shop", **fields)).orders]

    assert ids(member="m1") == ["o-m1", "waiting"]
    assert ids(member="m2") == []
    assert ids(state="fulfilled") == ["o-m2"]
    assert ids(state="placed") == ["waiting"]
    counter.clock.forward(days=1)
    assert ids(state="placed") == []
    assert ids(state="timed_out") == ["waiting"]
