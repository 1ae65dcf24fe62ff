"""What is asked again, or for an order that was told already: nothing is done twice."""

from typing import Any

import pytest
import tallybook as tb

from tests.slices.checkout.shop import PROGRAM, Shop, basket

REVISED = PROGRAM.replace("quote_seconds: 600", "quote_seconds: 601")


def beside_a_neighbour(shop: Shop, *commands: tb.Command[Any]) -> list[Any]:
    """What becomes of commands in one batch with somebody else's, which must be done."""
    *outcomes, other = shop.book.do([*commands, shop.make(tb.Enroll, f"neighbour{shop.requests}")])
    assert isinstance(other, tb.Enrolled)
    return outcomes


def order(name: str) -> tb.Purchase:
    """An order that is told by itself."""
    return tb.Purchase(order_id=name, currency="USD", lines=(tb.Line(amount=500),))


@pytest.mark.parametrize("lines", [{"1": 1}, None])
def test_a_refund_that_is_asked_for_again_is_answered_as_before(
    shop: Shop, lines: dict[str, int] | None
) -> None:
    shop.enroll(money=5000)
    shop.buy("o1", basket(2000, 3000), balance="most")
    refund = shop.make(tb.RefundCheckout, order_id="o1", refund_id="f1", lines=lines)
    first = shop.book.do(refund)
    had = shop.has("usd")
    (again,) = beside_a_neighbour(shop, refund)
    assert (again.entry, again.replayed) == (first.entry, True)
    (other,) = beside_a_neighbour(
        shop, shop.make(tb.RefundCheckout, order_id="o1", refund_id="f1", lines={"2": 1})
    )
    assert isinstance(other, tb.EventExists if lines else tb.ReturnExceedsOrder)
    assert shop.has("usd") == had


def test_what_is_asked_again_under_another_revision_is_answered_as_before(shop: Shop) -> None:
    shop.enroll(money=5000)
    shop.hold("o1", shop.quote("o1", basket(2000, 3000), balance="most"))
    capture = shop.make(tb.CaptureCheckout, order_id="o1")
    captured = shop.book.do(capture)
    had = shop.has("usd")
    shop.book.apply(REVISED)
    (again,) = beside_a_neighbour(shop, capture)
    assert (again.entry, again.replayed) == (captured.entry, True)
    for command in (
        shop.make(tb.CaptureCheckout, order_id="o1"),
        shop.make(tb.QuoteCheckout, order_id="o1", basket=basket(2000)),
    ):
        (refused,) = beside_a_neighbour(shop, command)
        assert isinstance(refused, tb.CheckoutState)
    with pytest.raises(tb.CheckoutState):
        shop.book.simulate(shop.make(tb.QuoteCheckout, order_id="o1", basket=basket(2000)))
    assert shop.has("usd") == had


def test_orders_of_an_earlier_revision_are_named_beside_new_ones(shop: Shop) -> None:
    shop.enroll(money=5000)
    shop.buy("o1", basket(2000), balance="most")
    shop.tell(order("o2"))
    shop.book.apply(REVISED)
    new = [tb.RecordEvent(program="shop", member="m1", event=order(f"new{n}")) for n in range(3)]
    recorded, again = beside_a_neighbour(
        shop, new[0], tb.RecordEvent(program="shop", member="m1", event=order("o2"))
    )
    assert (recorded.replayed, again.replayed) == (False, True)
    recorded, refused = beside_a_neighbour(shop, new[1], shop.make(tb.HoldCheckout, order_id="o1", quote="q"))
    assert isinstance(recorded, tb.EventRecorded)
    assert isinstance(refused, tb.UnknownQuote)
    back = tb.Refund(refund_id="f", order_id="o2")
    recorded, refunded = beside_a_neighbour(
        shop, new[2], tb.RecordEvent(program="shop", member="m1", event=back)
    )
    assert isinstance(recorded, tb.EventRecorded)
    assert refunded.taken[0].amount == 5
