"""A web shop's checkout: the order it keeps, the steps it takes, and how it goes on after a crash.

Every step can be taken again: the ledger's requests are named after the order, and so is the charge. So the
shop writes down how far an order has come, and takes the step anew that it cannot know the end of.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from tallybook_client import Basket, RefundCheckoutResponse, TallybookClient, errors

from examples.checkout.gateway import Declined, Gateway, Unanswered


class Step(StrEnum):
    """How far an order has come."""

    PLACED = "placed"
    CHARGING = "charging"
    CHARGED = "charged"
    PAID = "paid"
    CALLED_OFF = "called_off"


OVER = frozenset({Step.PAID, Step.CALLED_OFF})


@dataclass
class Order:
    """A row of the shop's own table of orders, with what it took and earned, less what came back."""

    order: str
    member: str
    basket: Basket
    step: Step = Step.PLACED
    charge: int = 0
    points: int = 0
    money: int = 0
    earned: int = 0


class Shop:
    """Takes orders through. `crash` is called between steps, and may raise."""

    def __init__(self, ledger: TallybookClient, gateway: Gateway, crash: Callable[[], None]) -> None:
        self._ledger = ledger
        self._gateway = gateway
        self._crash = crash
        self.orders: dict[str, Order] = {}

    def place(self, order: str, member: str, basket: Basket) -> Order:
        """Write an order down, and take it as far as it goes."""
        self.orders[order] = row = Order(order, member, basket)
        self.go_on(row)
        return row

    def go_on(self, row: Order) -> None:
        """Take an order on from the step that it has come to, until it is over."""
        while row.step not in OVER:
            match row.step:
                case Step.PLACED:
                    self._hold(row)
                case Step.CHARGING:
                    self._charge(row)
                case Step.CHARGED:
                    self._capture(row)
            self._crash()

    def _hold(self, row: Order) -> None:
        """Quote the order and set aside what pays it. After a crash it is quoted anew."""
        quoted = self._ledger.quote_checkout(
            row.member, row.order, row.basket, tenders={"points": None, "balance": None}
        )
        self._crash()
        held = self._ledger.hold_checkout(row.member, row.order, quoted.quote.quote)
        self._crash()
        row.charge, row.step = held.payment, Step.CHARGING

    def _charge(self, row: Order) -> None:
        """Charge what is left to pay. Where there was no answer, the gateway is asked whether it has."""
        try:
            if row.charge and not self._gateway.is_charged(row.order):
                self._gateway.charge(row.order, row.charge)
        except Unanswered:
            return
        except Declined:
            self._call_off(row)
            return
        row.step = Step.CHARGED

    def _capture(self, row: Order) -> None:
        """Spend what was set aside. Who came back too late pays the customer back: the hold is over."""
        try:
            captured = self._ledger.capture_checkout(
                row.member, row.order, paid_by="card", request_id=f"{row.order}/capture"
            )
        except errors.CheckoutState:
            self._gateway.pay_back(f"{row.order}/late", row.charge)
            row.step = Step.CALLED_OFF
            return
        self._crash()
        paid = {each.tender: each.units for each in captured.tenders}
        row.points, row.money = paid.get("points", 0), paid.get("balance", 0)
        row.earned = sum(each.given for each in captured.event.moved if each.unit == "points")
        row.step = Step.PAID

    def _call_off(self, row: Order) -> None:
        """Let go of what was set aside, if time has not done so."""
        with suppress(errors.CheckoutState):
            self._ledger.release_checkout(row.member, row.order, request_id=f"{row.order}/release")
        row.step = Step.CALLED_OFF

    def refund(self, row: Order, refund: str, lines: dict[str, int] | None = None) -> RefundCheckoutResponse:
        """Give back pieces of an order that is paid, or all that is left of it."""
        name = f"{row.order}/{refund}"
        back = self._ledger.refund_checkout(row.member, row.order, name, lines=lines, request_id=name)
        self._gateway.pay_back(name, back.payment)
        units = {each.tender: each.units for each in back.tenders}
        row.points -= units.get("points", 0)
        row.money -= units.get("balance", 0)
        row.earned -= sum(each.taken for each in back.event.moved if each.unit == "points")
        row.charge -= back.payment
        return back
