"""A drawer of coupons for tests: a program with templates, members, and requests in few words."""

from __future__ import annotations

from typing import Any

import tallybook as tb

from tests.clocks import SetClock

PROGRAM = """
program: shop
timezone: UTC
units:
  points: {kind: redeemable}
funds: [acme]
coupons:
  five:
    currency: USD
    offer: {kind: amount_off, amount: "5.00"}
    validity: {kind: after_issue, days: 10}
    min_spend: "20.00"
    claims: {}
    fund: acme
    stacks_with: {kind: any}
    transferable: true
    reserve_seconds: 600
    revocable_within_seconds: 3600
    returns: {on_partial_refund: below_minimum, extension_days: 3}
  tenth:
    currency: USD
    offer: {kind: percentage, basis_points: 1000}
    validity: {kind: between}
    claims: {}
    stacks_with: {kind: any}
    most_per_order: 3
    returns: {on_cancel: false}
  scarce:
    currency: USD
    offer: {kind: amount_off, amount: "1.00"}
    validity: {kind: after_issue, days: 10}
    claims: {}
    stock: 3
  rationed:
    currency: USD
    offer: {kind: amount_off, amount: "1.00"}
    validity: {kind: after_issue, days: 10}
    claims: {}
    limits: [{period: day, most: 1}, {period: life, most: 2}]
  given:
    currency: USD
    offer: {kind: amount_off, amount: "1.00"}
    validity: {kind: after_issue, days: 10}
  gold:
    currency: USD
    offer: {kind: amount_off, amount: "1.00"}
    validity: {kind: after_issue, days: 10}
    tags: [gold]
    claims: {from: 2026-01-02, until: 2026-01-03}
  spring:
    currency: USD
    offer: {kind: amount_off, amount: "2.00"}
    validity: {kind: after_issue, days: 10}
    codes: {kind: shared, text: Spring-24}
    limits: [{period: life, most: 1}]
  paper:
    currency: USD
    offer: {kind: amount_off, amount: "3.00"}
    validity: {kind: after_issue, days: 10}
    codes: {kind: unique}
    stock: 5000
    transferable: true
    revocable_within_seconds: 60
"""


def basket(*amounts: int, quantity: int = 1, **fields: Any) -> tb.Basket:
    """A basket in dollars with a line for each amount, called 1, 2 and so on."""
    lines = tuple(tb.BasketLine(amount=amount, quantity=quantity) for amount in amounts)
    return tb.Basket(**{"currency": "USD", "lines": lines, **fields})


class Drawer:
    """Members of the program `shop` and their coupons. Requests are counted."""

    def __init__(self, book: tb.Book, clock: SetClock) -> None:
        self.book = book
        self.clock = clock
        self.requests = 0

    def make(self, kind: type[tb.Command[Any]], member: str = "m1", **fields: Any) -> Any:
        """A command that is not done yet."""
        self.requests += 1
        return kind(**{"program": "shop", "member": member, "request_id": f"r{self.requests}", **fields})

    def do(self, kind: type[tb.Command[Any]], member: str = "m1", **fields: Any) -> Any:
        """Do a command; raises what it is refused with."""
        return self.book.do(self.make(kind, member, **fields))

    def enroll(self, *members: str) -> None:
        """Enroll members."""
        for member in members or ("m1",):
            self.do(tb.Enroll, member)

    def claim(self, template: str = "five", member: str = "m1") -> str:
        """Have a member claim a coupon; returns its name."""
        return str(self.do(tb.ClaimCoupon, member, template=template).coupons[0].coupon)

    def issue(self, template: str = "given", count: int = 1, member: str = "m1") -> list[str]:
        """Give a member coupons; returns their names."""
        fields = {"template": template, "count": count, "reason": "kindness"}
        return [each.coupon for each in self.do(tb.IssueCoupons, member, **fields).coupons]

    def reserve(self, order: str, *coupons: str, **fields: Any) -> Any:
        """Keep coupons for an order."""
        return self.do(tb.ReserveCoupons, order_id=order, coupons=coupons, **fields)

    def use(self, order: str, *coupons: str, of: tb.Basket | None = None, **fields: Any) -> Any:
        """Use coupons for an order of thirty dollars, or what it has reserved."""
        return self.do(tb.UseCoupons, order_id=order, coupons=coupons, basket=of or basket(3000), **fields)

    def give_back(self, order: str, **fields: Any) -> Any:
        """Say what of an order has gone back."""
        return self.do(tb.ReturnCoupons, order_id=order, **fields)

    def view(self, coupon: str, member: str = "m1") -> tb.CouponView:
        """A coupon as it is now."""
        return self.book.ask(tb.GetCoupon(program="shop", member=member, coupon=coupon))

    def state(self, coupon: str, member: str = "m1") -> str:
        """Where a coupon stands now."""
        return str(self.view(coupon, member).state)

    def names(self, state: str | None = None, member: str = "m1", **fields: Any) -> list[str]:
        """The names of a member's coupons in a state, or of the open ones."""
        wanted = None if state is None else tb.CouponStanding(state)
        page = self.book.ask(tb.MyCoupons(program="shop", member=member, state=wanted, **fields))
        return [each.coupon for each in page.coupons]

    def report(self, template: str = "five") -> tb.CouponSheet:
        """What became of a template's coupons, with all that is due recorded."""
        while self.book.sweep():
            pass
        sheets = self.book.ask(tb.CouponReport(program="shop"))
        return next(each for each in sheets if each.template == template)

    def cost(self, template: str = "five") -> int:
        """What a template has cost by now."""
        return self.report(template).cost

    def left(self, template: str) -> int | None:
        """What is left of a template's stock."""
        views = self.book.ask(tb.ListCouponTemplates(program="shop"))
        return next(each.left for each in views if each.template == template)

    def problems(self) -> list[tb.Disagreement]:
        """What `verify` finds."""
        return [each.disagreement for each in self.book.verify("shop") if each.disagreement]
