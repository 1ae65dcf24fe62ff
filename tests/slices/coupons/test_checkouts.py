"""Checkouts at random: they fail, take too long, are repeated, cancelled and refunded in parts.

The paper beside the book knows no table of moves. It keeps which orders have which coupons, and what these
still take off each: from that follows what may be done with every coupon, and what all of them cost.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import tallybook as tb
from tallybook.coupons import orders, reserve_coupons, returning
from tallybook.coupons.notes import coupon_of

from tests.slices.coupons.drawer import Drawer, basket

LINES = (1500, 900, 600)
PIECES = 2
RESERVED_SECONDS = {"five": 600, "tenth": 900}
EXTENSION_DAYS = 3
STEPS = 150


@dataclass
class Order:
    """What an order has: coupons reserved until `deadline`, or used, and the pieces that are left by line."""

    coupons: tuple[str, ...]
    deadline: datetime | None = None
    is_used: bool = False
    left: dict[str, int] = field(default_factory=dict)
    amount: int = 0
    has_void: bool = False


@dataclass
class Paper:
    """Coupons with the end of their time, orders, and what all of it has cost."""

    ends: dict[str, datetime] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)

    def holder(self, coupon: str) -> Order | None:
        """The order that has a coupon, of which there is never more than one."""
        found = [each for each in self.orders.values() if coupon in each.coupons]
        assert len(found) <= 1, "two orders have one coupon"
        return found[0] if found else None

    def state(self, coupon: str) -> str:
        order = self.holder(coupon)
        if order is not None:
            return "used" if order.is_used else "reserved"
        return self.gone.get(coupon, "issued")

    def pass_time(self, now: datetime) -> None:
        for name, order in list(self.orders.items()):
            if order.deadline is not None and order.deadline <= now:
                del self.orders[name]
        for coupon, end in self.ends.items():
            if end <= now and self.state(coupon) == "issued":
                self.gone[coupon] = "expired"


class Shop:
    """Does something at random and compares the book with the paper."""

    def __init__(self, drawer: Drawer, seed: int) -> None:
        self.drawer = drawer
        self.dice = random.Random(seed)
        self.paper = Paper()
        self.started = 0

    def step(self) -> None:
        deeds = [self.check_out] * 4 + [self.pay] * 4 + [self.give_back] * 3
        deeds += [self.issue, self.issue, self.buy_at_once, self.fail, self.cancel, self.void, self.wait]
        self.dice.choice(deeds)()
        self.paper.pass_time(self.drawer.clock.now)
        for coupon in self.paper.ends:
            assert self.drawer.state(coupon) == self.paper.state(coupon)

    def do(self, kind: type[tb.Command[Any]], **fields: Any) -> Any:
        """Do a command, and again where its reply was lost, in the same batch or later."""
        command = self.drawer.make(kind, **fields)
        if self.dice.random() < 0.3:
            return self.drawer.book.do([command, command])[self.dice.randrange(2)]
        outcomes = [self.drawer.book.do([command])[0] for _ in range(self.dice.choice([1, 1, 2]))]
        return outcomes[-1]

    def issue(self) -> None:
        if sum(self.paper.state(each) in ("issued", "reserved") for each in self.paper.ends) < 6:
            template = self.dice.choice(["five", "tenth"])
            for coupon in self.drawer.issue(template, count=2):
                self.paper.templates[coupon] = template
                self.paper.ends[coupon] = self.drawer.view(coupon).ends_at

    def check_out(self) -> None:
        """An order wants some coupons, which it may have already, or others have."""
        known = sorted(each for each in self.paper.ends if self.paper.state(each) in ("issued", "reserved"))
        if self.dice.random() < 0.1:
            known = sorted(self.paper.ends)
        wanted = tuple(self.dice.sample(known, min(self.dice.choice([1, 2]), len(known))))
        if not wanted:
            return
        self.started += 1
        known_orders = sorted(self.paper.orders) if self.dice.random() < 0.3 else []
        name = self.dice.choice([f"o{self.started}", *known_orders])
        before = self.paper.orders.get(name)
        outcome = self.do(tb.ReserveCoupons, order_id=name, coupons=wanted)
        can = before is None or not before.is_used
        for coupon in wanted:
            own = before is not None and not before.is_used and coupon in before.coupons
            # What an order lets go whose time is over meanwhile has expired.
            is_over = own and self.paper.ends[coupon] <= self.drawer.clock.now
            can &= (self.paper.state(coupon) == "issued" or own) and not is_over
        assert isinstance(outcome, tb.Reply) == can, outcome
        if can:
            seconds = min(RESERVED_SECONDS[self.paper.templates[each]] for each in wanted)
            self.paper.orders[name] = Order(wanted, self.drawer.clock.now + timedelta(seconds=seconds))

    def open_order(self, is_used: bool) -> str | None:
        names = sorted(name for name, each in self.paper.orders.items() if each.is_used == is_used)
        return self.dice.choice(names) if names else None

    def pay(self) -> None:
        name = self.open_order(is_used=False)
        if name is None:
            return
        order = self.paper.orders[name]
        outcome = self.do(tb.UseCoupons, order_id=name, basket=basket(*LINES, quantity=PIECES))
        # Of the five an order takes one, and nothing with a coupon that is void by now: the shop tries again.
        fives = [self.paper.templates[each] for each in order.coupons].count("five")
        can = fives < 2 and not order.has_void
        assert isinstance(outcome, tb.Reply) == can, outcome
        if can:
            self.paper.orders[name] = _paid(order.coupons, outcome)

    def buy_at_once(self) -> None:
        """An order uses a coupon that it has not reserved, and another may have."""
        if self.paper.ends:
            coupon = self.dice.choice(sorted(self.paper.ends))
            self.started += 1
            name, goods = f"o{self.started}", basket(*LINES, quantity=PIECES)
            outcome = self.do(tb.UseCoupons, order_id=name, coupons=(coupon,), basket=goods)
            assert isinstance(outcome, tb.Reply) == (self.paper.state(coupon) == "issued"), outcome
            if isinstance(outcome, tb.Reply):
                self.paper.orders[name] = _paid((coupon,), outcome)

    def fail(self) -> None:
        """The payment has failed."""
        name = self.open_order(is_used=False)
        if name is not None:
            assert isinstance(self.do(tb.ReleaseCoupons, order_id=name), tb.Reply)
            del self.paper.orders[name]

    def give_back(self) -> None:
        """Some pieces of an order go back, or all that is left."""
        name = self.open_order(is_used=True)
        if name is None:
            return
        order = self.paper.orders[name]
        left = {line: pieces for line, pieces in order.left.items() if pieces}
        if not left:
            return
        line = self.dice.choice(sorted(left))
        lines = self.dice.choice([{line: 1}, {line: left[line]}, left, {line: left[line] + 1}])
        outcome = self.do(tb.ReturnCoupons, order_id=name, lines=lines)
        if any(pieces > order.left[each] for each, pieces in lines.items()):
            assert isinstance(outcome, tb.ReturnExceedsOrder)
            return
        self._went_back(name, lines, outcome)

    def cancel(self) -> None:
        name = self.open_order(is_used=True)
        if name is not None:
            left = dict(self.paper.orders[name].left)
            self._went_back(
                name, left, self.do(tb.ReturnCoupons, order_id=name, cancelled=True), cancelled=True
            )

    def _went_back(self, name: str, lines: dict[str, int], outcome: Any, *, cancelled: bool = False) -> None:
        order = self.paper.orders[name]
        for line, pieces in lines.items():
            order.left[line] -= pieces
        order.amount -= outcome.amount
        is_whole = not any(order.left.values())
        assert order.amount >= 0
        assert order.amount == 0 or not is_whole, "an order that went back costs nothing"
        kept = sum(amount * order.left[str(place)] // PIECES for place, amount in enumerate(LINES, 1))
        for coupon in order.coupons:
            template = self.paper.templates[coupon]
            five_back = template == "five" and (is_whole or cancelled or kept < 2000)
            tenth_back = template == "tenth" and is_whole and not cancelled
            if five_back or tenth_back:
                order.coupons = tuple(each for each in order.coupons if each != coupon)
                if template == "five":
                    last = self.drawer.clock.now.date() + timedelta(days=EXTENSION_DAYS)
                    midnight = self.drawer.clock.now.replace(hour=0, minute=0, second=0, microsecond=0)
                    end = midnight + (last - self.drawer.clock.now.date())
                    self.paper.ends[coupon] = max(self.paper.ends[coupon], end)

    def void(self) -> None:
        if self.paper.ends and self.dice.random() < 0.3:
            coupon = self.dice.choice(sorted(self.paper.ends))
            is_open = self.paper.state(coupon) in ("issued", "reserved")
            order = self.paper.holder(coupon)
            outcome = self.do(tb.VoidCoupon, coupon=coupon, reason="mistake")
            assert isinstance(outcome, tb.Reply) == is_open
            if is_open:
                self.paper.gone[coupon] = "voided"
                if order is not None:
                    order.coupons = tuple(each for each in order.coupons if each != coupon)
                    order.has_void = True

    def wait(self) -> None:
        self.drawer.clock.forward(seconds=self.dice.choice([60, 600, 600, 86_400]))
        if self.dice.random() < 0.3:
            self.drawer.book.sweep()


def _paid(coupons: tuple[str, ...], used: Any) -> Order:
    left = dict.fromkeys(("1", "2", "3"), PIECES)
    return Order(coupons, is_used=True, left=left, amount=used.combination.amount)


def check_at_the_end(shop: Shop) -> None:
    """What the journal has counted is what the orders have."""
    states = [shop.paper.state(coupon) for coupon in shop.paper.ends]
    sheets = [shop.drawer.report(template) for template in ("five", "tenth")]
    assert sum(each.issued for each in sheets) == len(states)
    assert sum(each.used - each.returned for each in sheets) == states.count("used")
    assert sum(each.expired for each in sheets) == states.count("expired")
    assert sum(each.voided for each in sheets) == states.count("voided")
    costs = sum(order.amount for order in shop.paper.orders.values() if order.is_used)
    assert sum(each.cost for each in sheets) == costs
    assert shop.drawer.problems() == []


def go_shopping(drawer: Drawer, seed: int) -> None:
    shop = Shop(drawer, seed)
    for _ in range(STEPS):
        shop.step()
    check_at_the_end(shop)
    assert sum(order.is_used for order in shop.paper.orders.values()) > 5, "much has happened"


@pytest.mark.parametrize("seed", range(4))
def test_no_coupon_is_lost_or_used_twice_whatever_becomes_of_orders(drawer: Drawer, seed: int) -> None:
    go_shopping(drawer, seed)


def _release_nothing(*_: object) -> tuple[str, ...]:
    return ()


def _nothing_comes_back(*_: object) -> bool:
    return False


def _book_nothing(*_: object) -> None:
    return None


FAULTS = {
    "a failed payment keeps coupons": (reserve_coupons, "release_all", _release_nothing),
    "time lets nothing go": (orders, "release_all", _release_nothing),
    "coupons never come back": (returning, "comes_back", _nothing_comes_back),
    "others' coupons can be used": (orders, "free_for", lambda folio, _, coupon: coupon_of(folio, coupon)),
    "what comes back is still a cost": (returning, "post_cost", _book_nothing),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_planted_in_checkouts_is_found(
    drawer: Drawer, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    module, name, planted = FAULTS[fault]
    monkeypatch.setattr(module, name, planted)
    with pytest.raises((AssertionError, tb.InternalError)):
        go_shopping(drawer, 0)
