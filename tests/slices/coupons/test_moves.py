"""The table of moves: every pair is tried, the docs show it, and random walks never leave it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import tallybook as tb
from tallybook.coupons.moves import MOVES, OPEN, Move, State, diagram
from tallybook.coupons.notes import CouponNote, moved

from tests.clocks import START
from tests.slices.coupons.drawer import Drawer, basket

DECISION = Path(__file__).parents[3] / "docs" / "decisions" / "0017-coupons.md"


@pytest.mark.parametrize(("state", "move"), list(product(State, Move)))
def test_what_is_not_in_the_table_does_not_happen(state: State, move: Move) -> None:
    note = CouponNote(template="t", issued_at=START, starts_at=START, ends_at=START, since=START, state=state)
    if (state, move) in MOVES:
        assert moved("c", note, move) is MOVES[state, move]
    else:
        with pytest.raises(tb.CouponState):
            moved("c", note, move)


def test_the_docs_show_the_table() -> None:
    assert f"```mermaid\n{diagram()}\n```" in DECISION.read_text()


# --- random walks ----------------------------------------------------------------------------------------


@dataclass
class Known:
    """What the oracle knows of a coupon."""

    member: str
    ends_at: datetime
    state: State = State.ISSUED
    order: str = ""
    deadline: datetime | None = None


@dataclass
class Oracle:
    """Follows the table by itself: coupons by name, of two members, and the orders that used them."""

    coupons: dict[str, Known] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)

    def pass_time(self, now: datetime) -> None:
        for each in self.coupons.values():
            if each.state is State.RESERVED and each.deadline is not None and each.deadline <= now:
                each.state, each.order = MOVES[each.state, Move.RELEASE], ""
            if each.state is State.ISSUED and each.ends_at <= now:
                each.state = MOVES[each.state, Move.EXPIRE]

    def go(self, coupon: str, move: Move, order: str = "") -> bool:
        """Whether a move is there, which is made then."""
        each = self.coupons[coupon]
        is_there = (each.state, move) in MOVES and (each.state is not State.RESERVED or each.order == order)
        if move is Move.VOID:
            is_there = each.state in OPEN
        if is_there:
            each.state, each.order = MOVES[each.state, move], order
        return is_there


class Walk:
    """Does something at random, twice where a reply is lost, and compares."""

    def __init__(self, drawer: Drawer, seed: int) -> None:
        self.drawer = drawer
        self.oracle = Oracle()
        self.dice = random.Random(seed)
        self.orders = 0

    def step(self) -> None:
        action = self.dice.choice(
            [
                self.claim,
                self.reserve,
                self.release,
                self.use,
                self.cancel,
                self.void,
                self.transfer,
                self.wait,
            ]
        )
        action()
        self.oracle.pass_time(self.drawer.clock.now)
        self.compare()

    def compare(self) -> None:
        for name, each in self.oracle.coupons.items():
            assert self.drawer.state(name, each.member) == each.state, name

    def do(self, should: bool, kind: type[tb.Command[Any]], member: str, **fields: object) -> None:
        command = self.drawer.make(kind, member, **fields)
        for _ in range(self.dice.choice([1, 1, 2])):
            (outcome,) = self.drawer.book.do([command])
            assert isinstance(outcome, tb.Reply) == should, (command, outcome)

    def any_coupon(self) -> tuple[str, Known] | None:
        return self.dice.choice(list(self.oracle.coupons.items())) if self.oracle.coupons else None

    def any_order(self, member: str) -> str:
        """One that is under way, or a new one."""
        self.orders += 1
        theirs = {each.order for each in self.oracle.coupons.values() if each.member == member and each.order}
        return self.dice.choice([*sorted(theirs), f"o{self.orders}"])

    def claim(self) -> None:
        if len(self.oracle.coupons) < 6:
            member = self.dice.choice(["m1", "m2"])
            name = self.drawer.claim("five", member)
            self.oracle.coupons[name] = Known(member, self.drawer.view(name, member).ends_at)

    def reserve(self) -> None:
        found = self.any_coupon()
        if found is None:
            return
        name, known = found
        order = self.any_order(known.member)
        before = self._reserved(order)
        should = order not in self.oracle.used and (
            known.state is State.ISSUED or (known.state is State.RESERVED and known.order == order)
        )
        should = should and (name not in before or known.ends_at > self.drawer.clock.now)
        if should:
            for each in before:
                self.oracle.go(each, Move.RELEASE, order)
                self.oracle.coupons[each].order = ""
            self.oracle.pass_time(self.drawer.clock.now)
            self.oracle.go(name, Move.RESERVE, order)
            known.deadline = self.drawer.clock.now + timedelta(seconds=600)
        self.do(should, tb.ReserveCoupons, known.member, order_id=order, coupons=(name,))

    def release(self) -> None:
        found = self.any_coupon()
        if found is None:
            return
        order = self.any_order(found[1].member)
        reserved = self._reserved(order)
        for each in reserved:
            self.oracle.go(each, Move.RELEASE, order)
            self.oracle.coupons[each].order = ""
        self.do(bool(reserved), tb.ReleaseCoupons, found[1].member, order_id=order)

    def use(self) -> None:
        found = self.any_coupon()
        if found is None:
            return
        name, known = found
        order = self.any_order(known.member)
        is_free = known.state is State.ISSUED or (known.state is State.RESERVED and known.order == order)
        should = order not in self.oracle.used and is_free
        if should:
            others = [each for each in self._reserved(order) if each != name]
            for each in others:
                self.oracle.go(each, Move.RELEASE, order)
                self.oracle.coupons[each].order = ""
            self.oracle.go(name, Move.USE, order)
            self.oracle.used[order] = name
        fields = {"order_id": order, "coupons": (name,), "basket": basket(3000)}
        self.do(should, tb.UseCoupons, known.member, **fields)

    def cancel(self) -> None:
        """An order is given back whole, by its cancellation or a refund; only once a coupon is the better."""
        if not self.oracle.used:
            return
        order = self.dice.choice(sorted(self.oracle.used))
        name = self.oracle.used[order]
        known = self.oracle.coupons[name]
        if known.state is State.USED and known.order == order:
            self.oracle.go(name, Move.RETURN)
            last = self.drawer.clock.now.date() + timedelta(days=3)
            known.ends_at = max(known.ends_at, START.replace(hour=0) + (last - START.date()))
        self.do(
            True, tb.ReturnCoupons, self._owner(order), order_id=order, cancelled=self.dice.random() < 0.5
        )

    def void(self) -> None:
        found = self.any_coupon()
        if found is not None and self.dice.random() < 0.3:
            name, known = found
            should = self.oracle.go(name, Move.VOID)
            self.do(should, tb.VoidCoupon, known.member, coupon=name, reason="mistake")

    def transfer(self) -> None:
        found = self.any_coupon()
        if found is None:
            return
        name, known = found
        giver, taker = known.member, "m1" if known.member == "m2" else "m2"
        should = known.state is State.ISSUED
        if should:
            known.member = taker
        self.do(should, tb.TransferCoupon, giver, coupon=name, to_member=taker)

    def wait(self) -> None:
        self.drawer.clock.forward(seconds=self.dice.choice([60, 300, 600, 86_400, 3 * 86_400]))
        if self.dice.random() < 0.3:
            self.drawer.book.sweep()

    def _reserved(self, order: str) -> list[str]:
        coupons = self.oracle.coupons.items()
        return [name for name, each in coupons if each.order == order and each.state is State.RESERVED]

    def _owner(self, order: str) -> str:
        for member in ("m1", "m2"):
            try:
                self.drawer.book.ask(tb.GetCouponOrder(program="shop", member=member, order_id=order))
            except tb.UnknownCouponOrder:
                continue
            return member
        raise AssertionError(order)


@pytest.mark.parametrize("seed", range(4))
def test_random_walks_never_lose_a_coupon_nor_use_one_twice(drawer: Drawer, seed: int) -> None:
    drawer.enroll("m2")
    walk = Walk(drawer, seed)
    for _ in range(120):
        walk.step()
    counts = {state: sum(each.state is state for each in walk.oracle.coupons.values()) for state in State}
    sheet = drawer.report()
    assert sheet.issued == len(walk.oracle.coupons)
    assert sheet.used - sheet.returned == counts[State.USED]
    assert (sheet.expired, sheet.voided) == (counts[State.EXPIRED], counts[State.VOIDED])
    assert sheet.cost == 500 * counts[State.USED]
