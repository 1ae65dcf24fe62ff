"""Checkouts at random: quoted, held, replaced, captured in parts, released, refunded, repeated, cut off.

The paper beside the book adds up replies. It knows what the member was given, what every order has spent,
what has come back and what is held until when: from that follows what the member has.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import tallybook as tb
from sqlalchemy import Engine, create_engine

from tests.slices.checkout.shop import PROGRAM, Shop, basket

REVISED = PROGRAM.replace("hold_seconds: 900", "hold_seconds: 899")
STEPS = 120
ORDERS = ("o1", "o2", "o3")
COUPONS = 3
UNITS = {"points": "points", "balance": "usd"}


@dataclass
class Paper:
    """What members have, by unit, and what orders hold until when."""

    has: Counter[str] = field(default_factory=Counter)
    held: dict[str, tuple[datetime, Counter[str]]] = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)
    captured: Counter[str] = field(default_factory=Counter)
    paid: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)

    def note(self, reply: Any) -> None:
        """Write down what a reply says."""
        match reply:
            case tb.CheckoutQuoted():
                self.quotes[reply.order_id] = reply.quote.quote
            case tb.CheckoutHeld():
                held = Counter({UNITS[each.tender]: each.units for each in reply.tenders})
                self.held[reply.order_id] = reply.deadline, held
            case tb.CheckoutReleased():
                del self.held[reply.order_id]
            case tb.CheckoutCaptured():
                del self.held[reply.order_id]
                self.has.subtract({UNITS[each.tender]: each.units for each in reply.tenders})
                self.captured[reply.order_id] += reply.total
                self.paid[reply.order_id] += reply.payment
                self._earned(reply.event)
            case tb.CheckoutRefunded():
                self.has.update({UNITS[each.tender]: each.units for each in reply.tenders})
                self.captured[reply.order_id] -= reply.amount
                self.paid[reply.order_id] -= reply.payment
                self._earned(reply.event)
            case tb.EventRecorded():
                self._earned(reply)
                self.told.update({each.unit: each.amount for each in reply.rewards})

    def _earned(self, event: tb.EventRecorded) -> None:
        for each in event.moved:
            self.has[each.unit] += each.given - each.taken

    def holding(self, now: datetime) -> Counter[str]:
        """What is held now."""
        return sum((held for until, held in self.held.values() if now < until), Counter())


class Walk:
    """Random moves of one member's orders, each of which may be repeated or cut off before it is recorded."""

    def __init__(self, shop: Shop, engine: Engine, seed: int) -> None:
        self.shop, self.paper, self.chance = shop, Paper(), random.Random(seed)
        self._engine = engine
        self._orders = list(ORDERS)
        self._revised = False
        self._names = len(ORDERS)
        self._done: list[tb.Command[Any]] = []
        self.coupons = [shop.issue("five") for _ in range(COUPONS)]
        self.paper.has.update(points=4000, usd=6000)

    def step(self) -> None:
        """One move, or a while in which nothing happens."""
        order = self.chance.choice(self._orders)
        weights = {
            "quote": 5,
            "hold": 5,
            "capture": 3,
            "release": 1,
            "refund": 3,
            "pass": 2,
            "again": 2,
            "tell": 1,
            "revise": 1,
        }
        match self.chance.choices(list(weights), list(weights.values()))[0]:
            case "pass":
                self.shop.clock.forward(seconds=self.chance.choice((1, 60, 400, 900)))
            case "revise":
                self._revised = not self._revised
                self.shop.book.apply(REVISED if self._revised else PROGRAM)
            case "again" if self._done:
                command = self.chance.choice(self._done)
                assert self.shop.book.do(command).replayed
            case "tell":
                self._names += 1
                line = tb.Line(amount=self.chance.randint(100, 5000))
                event = tb.Purchase(order_id=f"told{self._names}", currency="USD", lines=(line,))
                ago = timedelta(seconds=self.chance.choice((0, 30, 3600)))
                self.paper.note(self.shop.tell(event, self.shop.clock.now - ago))
            case "quote":
                self._try(tb.QuoteCheckout, order, basket=self._basket(), tenders=self._tenders())
            case "hold" if order in self.paper.quotes:
                self._try(tb.HoldCheckout, order, quote=self.paper.quotes[order])
            case "capture":
                self._try(tb.CaptureCheckout, order, **self._part())
            case "release":
                self._try(tb.ReleaseCheckout, order)
            case "refund":
                self._names += 1
                lines = self.chance.choice((None, {"1": 1}, {"2": 1}, {"1": 1, "shipping": 1}))
                self._try(tb.RefundCheckout, order, refund_id=f"f{self._names}", lines=lines)

    def _part(self) -> dict[str, Any]:
        parts: list[dict[str, Any]] = [{}, {}, {"lines": {"1": 1}}, {"amount": self.chance.randint(1, 3000)}]
        return self.chance.choice(parts)

    def _basket(self) -> tb.Basket:
        amounts = (self.chance.randint(1, 4000), self.chance.randint(1, 4000))
        return basket(*amounts, quantity=2, shipping=self.chance.choice((0, 300)))

    def _tenders(self) -> tuple[tb.AskedTender, ...]:
        return tuple(tb.AskedTender(tender=each) for each in UNITS if self.chance.random() < 0.7)

    def _try(self, kind: type[tb.Command[Any]], order: str, **fields: Any) -> None:
        command = self.shop.make(kind, order_id=order, **fields)
        if self.chance.random() < 0.2:
            self._cut_off(command)
        try:
            reply = self.shop.book.do(command)
        except tb.Refusal as refusal:
            self._refused(order, refusal)
            return
        self.paper.note(reply)
        self._done.append(command)

    def _cut_off(self, command: tb.Command[Any]) -> None:
        """Carry a command out, and be gone before it is committed."""
        before = self.shop.lots()
        with self._engine.connect() as connection, connection.begin() as transaction:
            with suppress(tb.Refusal):
                self.shop.book.do(command, connection=connection)
            transaction.rollback()
        assert self.shop.lots() == before

    def _refused(self, order: str, refusal: tb.Refusal) -> None:
        if isinstance(refusal, tb.CheckoutState) and refusal.state == "refunded":
            self._orders.remove(order)
            self._names += 1
            self._orders.append(f"n{self._names}")

    def check(self) -> None:
        """Hold the book against the paper."""
        now = self.shop.clock.now
        holding = self.paper.holding(now)
        sheet = self.shop.book.ask(tb.Balances(program="shop", member="m1"))
        for unit in UNITS.values():
            there = sheet.of(unit)
            assert there.held == holding[unit], unit
            # Who has earned points held when the order that earned them goes back owes them.
            assert there.available - there.arrears == self.paper.has[unit] - holding[unit], unit
        assert all(amount >= 0 for amount in (*self.paper.captured.values(), *self.paper.paid.values()))
        for order in self.paper.quotes:
            until = self.paper.held[order][0] if order in self.paper.held else now
            assert (self.shop.state(order) == "held") == (now < until), order

    def finish(self) -> None:
        """Refund what was captured and let time end the rest: all is there again."""
        for order in sorted(self.paper.captured):
            if self.shop.state(order) == "captured":
                self._names += 1
                self.paper.note(self.shop.do(tb.RefundCheckout, order_id=order, refund_id=f"f{self._names}"))
        self.shop.clock.forward(seconds=900)
        self.check()
        assert not +self.paper.captured
        assert not +self.paper.paid
        assert self.paper.has - self.paper.told == Counter(points=4000, usd=6000)
        assert {self.shop.coupon(each) for each in self.coupons} <= {"issued", "expired"}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = create_engine(database_url)
    yield made
    made.dispose()


@pytest.mark.parametrize("seed", range(5))
def test_whatever_happens_value_is_conserved_and_nothing_stays_held(
    shop: Shop, engine: Engine, seed: int
) -> None:
    shop.enroll(points=4000, money=5000)
    walk = Walk(shop, engine, seed)
    for _ in range(STEPS):
        walk.step()
        walk.check()
    assert walk.paper.captured, "somebody has bought something"
    walk.finish()
