"""A web shop for tests: a program with everything that orders are paid with, and requests in few words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import tallybook as tb

from tests.clocks import SetClock

PROGRAM = """
program: shop
timezone: UTC
units:
  points: {kind: redeemable, expiry: {kind: after_days, days: 100}}
  growth: {kind: qualifying}
  usd: {kind: money, scale: 2}
stored_value:
  usd:
    currency: USD
    plans: {bonus: {steps: [{pay: "50.00", bonus: "10.00"}]}}
spend: {excluded_tenders: [points]}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
  grown: {unit: growth, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
ladders:
  main:
    tiers:
      - {code: gold, any_of: [{units: {growth: 200}}], benefits: {discount_basis_points: 1000}}
coupons:
  five:
    currency: USD
    offer: {kind: amount_off, amount: "5.00"}
    validity: {kind: after_issue, days: 10}
    min_spend: "20.00"
    stacks_with: {kind: any}
    returns: {on_partial_refund: below_minimum}
  tenth:
    currency: USD
    offer: {kind: percentage, basis_points: 1000}
    validity: {kind: after_issue, days: 30}
    stacks_with: {kind: any}
    reserve_seconds: 300
  freight:
    currency: USD
    offer: {kind: free_shipping}
    validity: {kind: after_issue, days: 30}
    stacks_with: {kind: any}
checkout:
  tenders:
    - {kind: points, tender: points, unit: points, currency: USD, units: 100, worth: "1.00", step: 10,
       most_basis_points: 5000}
    - {kind: stored_value, tender: balance, unit: usd}
  quote_seconds: 600
  hold_seconds: 900
"""


def basket(*amounts: int, quantity: int = 1, **fields: Any) -> tb.Basket:
    """A basket in dollars with a line for each amount, called 1, 2 and so on."""
    lines = tuple(tb.BasketLine(amount=amount, quantity=quantity) for amount in amounts)
    return tb.Basket(**{"currency": "USD", "lines": lines, **fields})


class Shop:
    """Members of the program `shop` and their orders. Requests are counted."""

    def __init__(self, book: tb.Book, clock: SetClock, document: str = PROGRAM) -> None:
        self.book = book
        self.clock = clock
        self.requests = 0
        book.apply(document)

    def make(self, kind: type[tb.Command[Any]], member: str = "m1", **fields: Any) -> Any:
        """A command that is not done yet."""
        self.requests += 1
        return kind(**{"program": "shop", "member": member, "request_id": f"r{self.requests}", **fields})

    def do(self, kind: type[tb.Command[Any]], member: str = "m1", **fields: Any) -> Any:
        """Do a command; raises what it is refused with."""
        return self.book.do(self.make(kind, member, **fields))

    def tell(self, event: tb.Event, at: datetime | None = None, member: str = "m1") -> tb.EventRecorded:
        """Tell an event by itself."""
        return self.book.do(tb.RecordEvent(program="shop", member=member, event=event, occurred_at=at))

    def enroll(self, member: str = "m1", points: int = 0, money: int = 0) -> None:
        """Enroll a member with points, and with money and the bonus that it brings."""
        self.do(tb.Enroll, member)
        if points:
            self.do(tb.Award, member, unit="points", amount=points)
        if money:
            self.do(tb.TopUp, member, unit="usd", amount=money, top_up_id="t1")
            self.do(tb.ConfirmTopUp, member, top_up_id="t1", amount=money, payment="p1")

    def issue(self, template: str, member: str = "m1") -> str:
        """Give a member a coupon; returns its name."""
        given = self.do(tb.IssueCoupons, member, template=template, count=1, reason="kindness")
        return str(given.coupons[0].coupon)

    def quote(self, order: str, of: tb.Basket, **asked: Any) -> tb.Quote:
        """Quote an order: `points` and `balance` are what it is paid with, "most" or so many."""
        tenders = tuple(
            tb.AskedTender(tender=name, units=None if asked[name] == "most" else asked[name])
            for name in ("points", "balance")
            if asked.get(name)
        )
        coupons = asked.get("coupons")
        quoted = self.do(tb.QuoteCheckout, order_id=order, basket=of, coupons=coupons, tenders=tenders)
        return quoted.quote  # type: ignore[no-any-return]

    def hold(self, order: str, quote: tb.Quote, **fields: Any) -> tb.CheckoutHeld:
        """Hold a quote."""
        held: tb.CheckoutHeld = self.do(tb.HoldCheckout, order_id=order, quote=quote.quote, **fields)
        return held

    def capture(self, order: str, **fields: Any) -> tb.CheckoutCaptured:
        """Capture what is held."""
        captured: tb.CheckoutCaptured = self.do(tb.CaptureCheckout, order_id=order, **fields)
        return captured

    def buy(self, order: str, of: tb.Basket, **asked: Any) -> tb.CheckoutCaptured:
        """Quote, hold and capture an order."""
        self.hold(order, self.quote(order, of, **asked))
        return self.capture(order)

    def refund(self, order: str, lines: dict[str, int] | None = None, **fields: Any) -> tb.CheckoutRefunded:
        """Refund pieces of an order, or all that is left."""
        self.requests += 1
        name = f"f{self.requests}"
        refunded: tb.CheckoutRefunded = self.do(
            tb.RefundCheckout, order_id=order, refund_id=name, lines=lines, **fields
        )
        return refunded

    def state(self, order: str, member: str = "m1") -> str:
        """Where the checkout of an order stands."""
        view = self.book.ask(tb.GetCheckout(program="shop", member=member, order_id=order))
        return str(view.state)

    def coupon(self, coupon: str, member: str = "m1") -> str:
        """Where a coupon stands."""
        view = self.book.ask(tb.GetCoupon(program="shop", member=member, coupon=coupon))
        return str(view.state)

    def has(self, unit: str, member: str = "m1") -> tuple[int, int]:
        """What a member has of a unit: available and held."""
        balance = self.book.ask(tb.Balances(program="shop", member=member)).of(unit)
        return balance.available, balance.held

    def lots(self, member: str = "m1") -> dict[tuple[str, str, str, object, object], int]:
        """All that a member has, lot by lot."""
        sheet = self.book.ask(tb.Balances(program="shop", member=member))
        return {
            (each.unit, lot.account, lot.fund, lot.vests_on, lot.expires_on): lot.amount
            for each in sheet.units
            for lot in each.lots
        }

    def problems(self) -> list[tb.Disagreement]:
        """What `verify` finds."""
        return [each.disagreement for each in self.book.verify("shop") if each.disagreement]
