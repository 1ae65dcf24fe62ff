"""The life of a checkout: quoted, held, replaced, captured, released, refunded, timed out."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
import tallybook as tb
from tallybook.checkout.moves import MOVES, Move, State, diagram, moved

from tests.slices.checkout.shop import PROGRAM, Shop, basket


def test_a_quote_says_what_everything_comes_to(shop: Shop) -> None:
    shop.enroll(points=3000, money=5000)
    five, freight = shop.issue("five"), shop.issue("freight")
    quote = shop.quote("o1", basket(4000, 1000, shipping=400, tax=300), points="most", balance="most")
    assert {each.coupon: each.amount for each in quote.coupons.discounts} == {five: 500, freight: 400}
    assert quote.total == 5000 - 500 + 300
    assert [(each.tender, each.units, each.amount) for each in quote.tenders] == [
        ("points", 2400, 2400),
        ("balance", 2400, 2400),
    ]
    assert quote.payment == 0
    assert quote.earns == {"points": 22, "growth": 22}  # 45.00 of goods, of which points pay their half
    assert shop.has("points") == (3000, 0)


def test_a_basket_is_shown_without_a_trace(shop: Shop) -> None:
    shop.enroll(points=1000)
    ask = shop.make(tb.QuoteCheckout, order_id="o1", basket=basket(1000))
    (shown,) = shop.book.simulate([ask])
    assert isinstance(shown, tb.CheckoutQuoted)
    with pytest.raises(tb.UnknownCheckout):
        shop.state("o1")
    with pytest.raises(tb.UnknownQuote):
        shop.do(tb.HoldCheckout, order_id="o1", quote=shown.quote.quote)


def test_what_was_quoted_is_held_and_captured(shop: Shop) -> None:
    shop.enroll(points=3000, money=5000)
    five = shop.issue("five")
    quote = shop.quote("o1", basket(6000), points=1000, balance="most")
    assert (quote.total, quote.payment) == (5500, 0)
    held = shop.hold("o1", quote)
    assert held.deadline == shop.clock.now + timedelta(seconds=900)
    assert (shop.has("points"), shop.has("usd")) == ((2000, 1000), (1500, 4500))
    assert (shop.coupon(five), shop.state("o1")) == ("reserved", "held")
    captured = shop.capture("o1")
    assert (captured.total, captured.payment) == (quote.total, quote.payment)
    assert [(each.tender, each.units) for each in captured.tenders] == [("points", 1000), ("balance", 4500)]
    assert {each.unit: each.given for each in captured.event.moved} == quote.earns
    assert (shop.coupon(five), shop.state("o1")) == ("used", "captured")
    assert shop.has("points") == (2000 + quote.earns["points"], 0)
    assert shop.has("usd") == (1500, 0)


def test_a_capture_has_entries_of_the_slices_that_did_it(shop: Shop) -> None:
    shop.enroll(points=1000, money=5000)
    captured = shop.buy("o1", basket(2000), points=500, balance=500)
    versions = range(captured.entry - 3, captured.entry + 1)
    asked = [tb.GetEntry(program="shop", member="m1", entry=version) for version in versions]
    kinds = [shop.book.ask(each).kind for each in asked]
    assert kinds == ["capture", "capture", "record_event", "capture_checkout"]
    told = shop.book.ask(tb.GetEntry(program="shop", member="m1", entry=captured.event.entry))
    assert told.request_id == "purchase/o1"


def test_holding_again_replaces_and_is_never_in_its_own_way(shop: Shop) -> None:
    shop.enroll(points=1000)
    five = shop.issue("five")
    shop.hold("o1", shop.quote("o1", basket(4000), points=1000))
    assert shop.has("points") == (0, 1000)
    again = shop.quote("o1", basket(4000), points=1000)
    assert [each.coupon for each in again.coupons.discounts] == [five]
    shop.hold("o1", again)
    assert shop.has("points") == (0, 1000)
    less = shop.quote("o1", basket(1500), points=300, coupons=())
    shop.hold("o1", less)
    assert (shop.has("points"), shop.coupon(five)) == ((700, 300), "issued")
    with pytest.raises(tb.NotEnoughPoints):
        shop.quote("o2", basket(4000), points=1000)


def test_all_is_held_or_none(shop: Shop) -> None:
    shop.enroll(points=1000, money=5000)
    five = shop.issue("five")
    quote = shop.quote("o1", basket(8000), points=1000, balance=5000)
    shop.do(tb.Redeem, unit="points", amount=1)
    with pytest.raises(tb.NotEnoughPoints) as refused:
        shop.hold("o1", quote)
    assert (refused.value.asked, refused.value.available) == (1000, 999)
    assert (shop.has("usd"), shop.coupon(five)) == ((6000, 0), "issued")
    shop.do(tb.Award, unit="points", amount=1)
    shop.hold("o1", quote)


def test_a_quote_that_is_over_or_held_or_replaced_is_refused_with_facts(shop: Shop) -> None:
    shop.enroll(points=1000)
    first = shop.quote("o1", basket(1000), points=100)
    second = shop.quote("o1", basket(1000), points=200)
    with pytest.raises(tb.UnknownQuote):
        shop.hold("o1", first)
    held = shop.hold("o1", second)
    with pytest.raises(tb.QuoteConsumed) as consumed:
        shop.hold("o1", second)
    assert consumed.value.entry == held.entry
    third = shop.quote("o1", basket(1000), points=300)
    shop.clock.forward(seconds=600)
    with pytest.raises(tb.QuoteLapsed) as lapsed:
        shop.hold("o1", third)
    assert lapsed.value.lapsed_at == third.lapses_at.isoformat(timespec="seconds")
    assert shop.capture("o1").tenders[0].units == 200


def test_a_quote_stands_no_longer_than_its_coupons(shop: Shop) -> None:
    shop.enroll()
    shop.issue("five")
    shop.clock.now = shop.clock.now.replace(hour=23, minute=59, second=0) + timedelta(days=9)
    quote = shop.quote("o1", basket(4000))
    assert quote.coupons.amount == 500
    assert quote.lapses_at == shop.clock.now + timedelta(seconds=60)


def test_time_ends_a_hold_and_nothing_stays_held(shop: Shop) -> None:
    shop.enroll(points=1000, money=5000)
    five = shop.issue("five")
    shop.hold("o1", shop.quote("o1", basket(6000), points=1000, balance="most"))
    shop.clock.forward(seconds=900)
    assert (shop.has("points"), shop.has("usd"), shop.coupon(five)) == ((1000, 0), (6000, 0), "issued")
    assert shop.state("o1") == "timed_out"
    with pytest.raises(tb.CheckoutState, match="timed_out"):
        shop.capture("o1")
    shop.buy("o1", basket(6000), points=1000)


def test_a_checkout_is_held_no_longer_than_its_coupons_can_be_kept(shop: Shop) -> None:
    shop.enroll(points=1000)
    shop.issue("tenth")
    held = shop.hold("o1", shop.quote("o1", basket(6000), points=1000))
    assert held.deadline == shop.clock.now + timedelta(seconds=300)
    shop.clock.forward(seconds=300)
    assert shop.has("points") == (1000, 0)


def test_a_release_gives_everything_back(shop: Shop) -> None:
    shop.enroll(points=1000, money=5000)
    five = shop.issue("five")
    before = shop.lots()
    shop.hold("o1", shop.quote("o1", basket(6000), points=1000, balance="most"))
    released = shop.do(tb.ReleaseCheckout, order_id="o1")
    assert (released.coupons, shop.coupon(five)) == ((five,), "issued")
    assert (shop.lots(), shop.state("o1")) == (before, "released")
    with pytest.raises(tb.CheckoutState):
        shop.do(tb.ReleaseCheckout, order_id="o1")


def test_a_part_is_captured_by_lines_and_the_rest_goes_back(shop: Shop) -> None:
    shop.enroll(points=3000, money=5000)
    quote = shop.quote("o1", basket(3000, 3000, quantity=3), points=2000, balance=1000)
    assert quote.payment == 3000
    shop.hold("o1", quote)
    captured = shop.capture("o1", lines={"1": 3, "2": 1})
    assert (captured.total, captured.payment) == (4000, 1000)  # the payment goes back first
    assert [(each.tender, each.units) for each in captured.tenders] == [("points", 2000), ("balance", 1000)]
    assert captured.event.rewards[0].amount == 20


def test_a_part_is_captured_by_amount(shop: Shop) -> None:
    shop.enroll(points=3000, money=5000)
    shop.hold("o1", shop.quote("o1", basket(3000, 3000), points=2000, balance=1000))
    captured = shop.capture("o1", amount=1500)
    assert (captured.total, captured.payment) == (1500, 0)
    assert [(each.tender, each.units) for each in captured.tenders] == [("points", 1500)]
    assert (shop.has("usd"), shop.has("points")) == ((6000, 0), (1500, 0))
    with pytest.raises(tb.CheckoutState):
        shop.capture("o1", amount=1500)


@pytest.mark.parametrize(
    ("fields", "what"),
    [({"lines": {"1": 2}}, "line 1"), ({"lines": {"9": 1}}, "line 9"), ({"amount": 3001}, "amount")],
)
def test_no_more_is_captured_than_is_held(shop: Shop, fields: dict[str, object], what: str) -> None:
    shop.enroll(points=3000)
    shop.hold("o1", shop.quote("o1", basket(3000), points=1000))
    with pytest.raises(tb.CaptureExceedsCheckout) as refused:
        shop.capture("o1", **fields)
    assert refused.value.what == what
    assert shop.state("o1") == "held"


def test_a_refund_gives_each_tender_its_own_again(shop: Shop) -> None:
    shop.enroll(points=3000, money=5000)
    five = shop.issue("five")
    before = shop.lots()
    shop.buy("o1", basket(3000, 3500), points=2000, balance=3500)
    part = shop.refund("o1", {"2": 1})
    assert part.amount == 3500 - 269  # the line bore its part of the coupon
    assert (part.payment, part.is_whole) == (500, False)
    assert [(each.tender, each.units) for each in part.tenders] == [("balance", 2731)]
    assert [each.is_back for each in part.coupons] == [False]
    rest = shop.refund("o1")
    assert rest.is_whole
    assert [(each.tender, each.units) for each in rest.tenders] == [("points", 2000), ("balance", 769)]
    assert (shop.lots(), shop.coupon(five), shop.state("o1")) == (before, "issued", "refunded")
    with pytest.raises(tb.CheckoutState):
        shop.refund("o1")


def test_shipping_goes_back_by_itself(shop: Shop) -> None:
    shop.enroll(points=3000)
    shop.buy("o1", basket(1000, shipping=500), points=700)
    shipping = shop.refund("o1", {"shipping": 1})
    assert (shipping.amount, shipping.payment, shipping.event.taken) == (500, 500, ())
    with pytest.raises(tb.ReturnExceedsOrder):
        shop.refund("o1", {"shipping": 1})
    rest = shop.refund("o1", {"1": 1})
    assert (rest.amount, rest.payment, rest.is_whole) == (1000, 300, True)
    assert shop.has("points") == (3000, 0)


def test_rules_and_prices_are_those_of_the_quote(shop: Shop) -> None:
    shop.enroll(points=3000)
    quote = shop.quote("o1", basket(4000), points=1000)
    shop.clock.forward(seconds=60)
    shop.book.apply(PROGRAM.replace("units: 1, per", "units: 3, per").replace("units: 100", "units: 50"))
    shop.hold("o1", quote)
    captured = shop.capture("o1")
    assert {each.unit: each.given for each in captured.event.moved} == quote.earns
    assert shop.quote("o2", basket(4000), points=500).tenders[0].amount == 1000


def test_a_tier_takes_its_discount_off_before_coupons(shop: Shop) -> None:
    shop.enroll(points=3000)
    shop.tell(tb.Purchase(order_id="o0", currency="USD", lines=(tb.Line(amount=20_000),)))
    shop.issue("tenth")
    quote = shop.quote("o1", basket(1999, 1001))
    assert [(each.amount, each.discount, each.coupons) for each in quote.lines] == [
        (1999, 200, 180),
        (1001, 100, 90),
    ]
    assert quote.total == 2430


def test_currencies_do_not_mix(shop: Shop) -> None:
    shop.enroll(points=3000)
    with pytest.raises(tb.TenderCurrency) as refused:
        shop.quote("o1", basket(1000, currency="EUR"), points=100)
    assert (refused.value.currency, refused.value.expected) == ("EUR", "USD")


@pytest.mark.parametrize("units", [2010, 15])
def test_points_pay_whole_steps_and_not_more_than_their_share(shop: Shop, units: int) -> None:
    shop.enroll(points=3000)
    with pytest.raises(tb.TenderExceedsLimit) as refused:
        shop.quote("o1", basket(4000), points=units)
    assert (refused.value.most, refused.value.step) == (2000, 10)


def test_what_was_quoted_is_earned_though_other_events_come_in_late(shop: Shop) -> None:
    shop.enroll(points=3000)
    shop.clock.forward(seconds=60)
    quote = shop.quote("o1", basket(4000), points=1000)
    shop.clock.forward(seconds=60)
    other = tb.Purchase(order_id="x", currency="USD", lines=(tb.Line(amount=9_900),))
    shop.tell(other, at=shop.clock.now)
    shop.tell(msgspec.structs.replace(other, order_id="y"), at=shop.clock.now - timedelta(seconds=90))
    shop.hold("o1", quote)
    captured = shop.capture("o1")
    assert {each.unit: each.given for each in captured.event.moved if each.given} == quote.earns
    assert captured.event.tiers  # two hundred dollars in all


def test_no_line_is_called_shipping(shop: Shop) -> None:
    lines = (tb.BasketLine(line_id="shipping", amount=0),)
    with pytest.raises(tb.InvalidInput, match="called shipping"):
        shop.make(tb.QuoteCheckout, order_id="o1", basket=tb.Basket(currency="USD", lines=lines))


def test_an_order_that_was_told_by_itself_is_not_checked_out(shop: Shop) -> None:
    shop.enroll()
    told = shop.tell(tb.Purchase(order_id="o1", currency="USD", lines=(tb.Line(amount=100),)))
    with pytest.raises(tb.EventExists) as refused:
        shop.quote("o1", basket(1000))
    assert refused.value.entry == told.entry


def test_a_refund_by_events_and_one_by_checkout_never_give_back_more(shop: Shop) -> None:
    shop.enroll(points=3000)
    shop.buy("o1", basket(1000, quantity=2), points=500)
    shop.tell(tb.Refund(refund_id="x", order_id="o1"))
    assert shop.has("points") == (3000, 0)
    with pytest.raises(tb.RefundExceedsPurchase):
        shop.refund("o1", {"1": 1})
    assert shop.has("points") == (3000, 0)


def test_a_retry_is_answered_as_before(shop: Shop) -> None:
    shop.enroll(points=3000)
    quote = shop.make(tb.QuoteCheckout, order_id="o1", basket=basket(1000))
    first = shop.book.do(quote)
    assert shop.book.do(quote) == msgspec.structs.replace(first, replayed=True)
    shop.hold("o1", first.quote)
    capture = shop.make(tb.CaptureCheckout, order_id="o1")
    captured = shop.book.do(capture)
    again = shop.book.do(capture)
    assert (again.entry, again.replayed, captured.replayed) == (captured.entry, True, False)


def test_quote_hold_capture_and_refund_go_in_one_batch(shop: Shop) -> None:
    shop.enroll(points=3000)
    five = shop.issue("five")
    quote = shop.make(
        tb.QuoteCheckout,
        order_id="o1",
        basket=basket(4000),
        tenders=(tb.AskedTender(tender="points", units=1000),),
    )
    hold = shop.make(tb.HoldCheckout, order_id="o1", quote=quote.request_id)
    refund = shop.make(tb.RefundCheckout, order_id="o1", refund_id="f1")
    outcomes = shop.book.do([quote, hold, shop.make(tb.CaptureCheckout, order_id="o1"), refund])
    assert [type(each).__name__ for each in outcomes] == [
        "CheckoutQuoted", "CheckoutHeld", "CheckoutCaptured", "CheckoutRefunded",
    ]  # fmt: skip
    assert (shop.has("points"), shop.coupon(five)) == ((3000, 0), "issued")


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_every_pair_of_state_and_move(state: State, move: Move) -> None:
    if (state, move) in MOVES:
        assert moved("o1", state, move) is MOVES[state, move]
    else:
        with pytest.raises(tb.CheckoutState):
            moved("o1", state, move)


def test_the_docs_show_the_table_of_moves() -> None:
    with open("docs/decisions/0021-checkout.md") as decision:
        assert diagram() in decision.read()
