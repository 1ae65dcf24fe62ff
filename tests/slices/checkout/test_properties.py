"""Random carts, coupons, points and money: what holds of every quote, capture and refund."""

from __future__ import annotations

import random
from collections import Counter

import pytest
import tallybook as tb

from tests.slices.checkout.shop import PROGRAM, Shop

CASES = 12
TERMS = {
    "in_order": PROGRAM,
    "in_proportion": PROGRAM + "  refund_in_proportion: true\n  member_discount: after_coupons\n",
    "points_first": PROGRAM + "  refund_order: [points, payment, balance]\n  rounding: half_up\n",
}


def cart(chance: random.Random) -> tb.Basket:
    """A basket of up to four lines, some with taxes, with or without shipping."""
    lines = tuple(
        tb.BasketLine(
            sku=f"s{place}",
            quantity=chance.randint(1, 5),
            amount=chance.choice((0, chance.randint(1, 9999), chance.randint(1, 99) * 100)),
            tax=chance.choice((0, 0, chance.randint(1, 300))),
        )
        for place in range(chance.randint(1, 4))
    )
    return tb.Basket(
        currency="USD",
        lines=lines,
        tax=chance.choice((0, chance.randint(1, 200))),
        shipping=chance.choice((0, 499)),
    )


def enroll(shop: Shop, member: str, chance: random.Random) -> list[str]:
    """A member with lots of several days, money and bonus, a tier by chance; returns the coupons."""
    shop.enroll(member, points=chance.randint(0, 2000), money=chance.choice((0, 700, 5000)))
    shop.clock.forward(days=1)
    if extra := chance.randint(0, 2000):
        shop.do(tb.Award, member, unit="points", amount=extra)
    if chance.random() < 0.4:
        before = tb.Purchase(order_id="before", currency="USD", lines=(tb.Line(amount=20_000),))
        shop.tell(before, member=member)
    return [shop.issue(each, member) for each in ("five", "tenth", "freight") if chance.random() < 0.6]


def quoted(shop: Shop, member: str, of: tb.Basket, chance: random.Random) -> tb.CheckoutQuoted:
    """A quote of an order that is paid with what there is, by chance."""
    names = [name for name in ("points", "balance") if chance.random() < 0.7]
    tenders = tuple(tb.AskedTender(tender=name) for name in names)
    asked = shop.do(tb.QuoteCheckout, member, order_id="o1", basket=of, tenders=tenders)
    assert isinstance(asked, tb.CheckoutQuoted)
    return asked


def buy(shop: Shop, member: str, of: tb.Basket, chance: random.Random) -> tb.CheckoutCaptured:
    quote = quoted(shop, member, of, chance)
    shop.do(tb.HoldCheckout, member, order_id="o1", quote=quote.quote.quote)
    return shop.do(tb.CaptureCheckout, member, order_id="o1")  # type: ignore[no-any-return]


def refund(shop: Shop, member: str, name: str, lines: dict[str, int] | None) -> tb.CheckoutRefunded:
    return shop.do(  # type: ignore[no-any-return]
        tb.RefundCheckout, member, order_id="o1", refund_id=name, lines=lines
    )


def full_price(of: tb.Basket) -> int:
    return sum(line.amount + line.tax for line in of.lines) + of.tax + of.shipping


@pytest.fixture(params=TERMS)
def bazaar(request: pytest.FixtureRequest, shop: Shop) -> Shop:
    shop.book.apply(TERMS[request.param])
    return shop


def test_what_is_quoted_is_captured_to_the_cent_and_refunded_to_the_lot(bazaar: Shop) -> None:
    shop, chance = bazaar, random.Random(8)
    for case in range(CASES):
        member, of = f"m{case}", cart(chance)
        enroll(shop, member, chance)
        before = shop.lots(member)
        quote = quoted(shop, member, of, chance).quote
        off = sum(line.discount + line.coupons for line in quote.lines)
        assert quote.total == full_price(of) - off >= 0
        assert sum(line.coupons for line in quote.lines) == quote.coupons.amount
        assert sum(each.amount for each in quote.tenders) + quote.payment == quote.total
        shop.clock.forward(seconds=chance.randint(0, 599))
        shop.do(tb.HoldCheckout, member, order_id="o1", quote=quote.quote)
        shop.clock.forward(seconds=chance.randint(0, 299))
        captured = shop.do(tb.CaptureCheckout, member, order_id="o1")
        assert (captured.total, captured.payment) == (quote.total, quote.payment)
        assert [(each.tender, each.units, each.amount) for each in captured.tenders] == [
            (each.tender, each.units, each.amount) for each in quote.tenders
        ]
        assert {each.unit: each.given for each in captured.event.moved if each.given} == quote.earns
        back = refund(shop, member, "all", None)
        assert (back.amount, back.payment, back.is_whole) == (quote.total, quote.payment, True)
        assert shop.lots(member) == before


def test_refunds_in_parts_come_to_what_one_refund_does(bazaar: Shop) -> None:
    shop, chance = bazaar, random.Random(88)
    for case in range(CASES):
        of, seed = cart(chance), chance.random()
        pieces = {str(place): line.quantity for place, line in enumerate(of.lines, 1)}
        if of.shipping:
            pieces["shipping"] = 1
        gone = {line: number for line, most in pieces.items() if (number := chance.randint(0, most))}
        if not gone:
            continue
        bought = {}
        for member in (f"one{case}", f"many{case}"):
            own = random.Random(seed)
            enroll(shop, member, own)
            bought[member] = buy(shop, member, of, own)
            shop.clock.forward(days=-1)  # so that the next one has the same days
        at_once = refund(shop, f"one{case}", "all", gone)
        left, steps, sums = dict(gone), 0, Counter[str]()
        while left:
            step = {line: chance.randint(1, most) for line, most in left.items() if chance.random() < 0.6}
            if step:
                steps += 1
                part = refund(shop, f"many{case}", f"part{steps}", step)
                sums.update({"amount": part.amount, "payment": part.payment})
                sums.update({each.tender: each.units for each in part.tenders})
                left = {line: rest for line, most in left.items() if (rest := most - step.get(line, 0))}
        whole = Counter({"amount": at_once.amount, "payment": at_once.payment})
        whole.update({each.tender: each.units for each in at_once.tenders})
        assert +sums == +whole
        assert shop.lots(f"many{case}") == shop.lots(f"one{case}")
        shop.clock.forward(days=1)


def test_a_part_captured_and_refunded_restores_all(bazaar: Shop) -> None:
    shop, chance = bazaar, random.Random(888)
    for case in range(CASES):
        member, of = f"m{case}", cart(chance)
        enroll(shop, member, chance)
        before = shop.lots(member)
        quote = quoted(shop, member, of, chance).quote
        shop.do(tb.HoldCheckout, member, order_id="o1", quote=quote.quote)
        part: dict[str, object]
        if chance.random() < 0.5 and quote.total:
            part = {"amount": chance.randint(1, quote.total)}
        else:
            part = {"lines": {"1": chance.randint(1, of.lines[0].quantity)}}
        if "lines" in part and of.shipping and chance.random() < 0.5:
            part = {"lines": {"1": of.lines[0].quantity, "shipping": 1}}
        captured = shop.do(tb.CaptureCheckout, member, order_id="o1", **part)
        assert captured.total == captured.payment + sum(each.amount for each in captured.tenders)
        assert captured.total == part.get("amount", captured.total)
        held = shop.has("points", member)[1] + shop.has("usd", member)[1]
        assert held == 0
        back = refund(shop, member, "all", None)
        assert (back.amount, back.payment) == (captured.total, captured.payment)
        assert shop.lots(member) == before
