"""Whatever has become of orders when members are merged: all goes back in the end, and nothing more."""

from __future__ import annotations

from itertools import count

import pytest
import tallybook as tb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lengths import TIMES_LONGER
from tests.slices.checkout.shop import Shop, basket

LINES = ("1", "2", "3")
numbers = count()
places = st.integers(0, 2)
deeds = st.one_of(
    st.tuples(st.sampled_from(("hold", "capture", "release", "merge")), places, st.just("1")),
    st.tuples(st.just("refund"), places, st.sampled_from(LINES)),
)


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """A shop in which every example has members of its own."""
    return shop


def do(shop: Shop, what: str, member: str, order: str, line: str) -> None:
    """Do something about an order; being refused is as good."""
    match what:
        case "hold":
            tenders = (tb.AskedTender(tender="points", units=700), tb.AskedTender(tender="balance"))
            of = basket(1000, 2000, 333)
            quoted = shop.do(tb.QuoteCheckout, member, order_id=order, basket=of, tenders=tenders)
            shop.book.do([shop.make(tb.HoldCheckout, member, order_id=order, quote=quoted.quote.quote)])
        case "capture":
            shop.book.do([shop.make(tb.CaptureCheckout, member, order_id=order)])
        case "release":
            shop.book.do([shop.make(tb.ReleaseCheckout, member, order_id=order)])
        case "refund":
            name, lines = f"b{shop.requests}", {line: 1}
            back = shop.make(tb.RefundCheckout, member, order_id=order, refund_id=name, lines=lines)
            shop.book.do([back])


@settings(
    max_examples=15 * TIMES_LONGER, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(deeds, min_size=3, max_size=14))
def test_all_of_it_goes_back_through_the_page_that_goes_on(
    shop: Shop, told: list[tuple[str, int, str]]
) -> None:
    number = next(numbers)
    member = f"{number}-0"
    shop.do(tb.Enroll, member)
    shop.do(tb.Award, member, unit="points", amount=5_000)
    shop.do(tb.TopUp, member, unit="usd", amount=9_000, top_up_id=f"{number}")
    shop.do(tb.ConfirmTopUp, member, top_up_id=f"{number}", amount=9_000, payment=f"{number}")
    before = shop.has("points", member), shop.has("usd", member)
    for step, (what, place, line) in enumerate(told, start=1):
        shop.clock.forward(seconds=10)
        if what == "merge":
            gone, member = member, f"{number}-{step}"
            shop.do(tb.Enroll, member)
            shop.do(tb.MergeMembers, member, other=gone)
            assert (shop.has("points", gone), shop.has("usd", gone)) == ((0, 0), (0, 0))
        elif what != "hold" or not is_quoted(shop, member, f"{place}"):
            do(shop, what, member, f"{place}", line)
    for place in range(3):
        do(shop, "release", member, f"{place}", "")
        shop.book.do([shop.make(tb.RefundCheckout, member, order_id=f"{place}", refund_id=f"e{place}")])
    assert (shop.has("points", member), shop.has("usd", member)) == before
    payable = shop.book.ask(tb.MaxRefund(program="shop", member=member, top_up_id=f"{number}"))
    assert payable.amount == 9_000


def is_quoted(shop: Shop, member: str, order: str) -> bool:
    """Whether an order was held before, and is held or paid still."""
    try:
        return shop.state(order, member) in ("held", "captured", "refunded")
    except tb.UnknownCheckout:
        return False
