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
from tallybook.journal.accounts import ON_HAND, RESERVED
from tallybook.mall.moves import MOVES, OPEN, PIECES_IN, Move, State, diagram
from tallybook.mall.notes import OrderNote, moved

from tests.clocks import START
from tests.slices.mall.counter import PROGRAM, Counter

DECISION = Path(__file__).parents[3] / "docs" / "decisions" / "0019-mall.md"


@pytest.mark.parametrize(("state", "move"), list(product(State, Move)))
def test_what_is_not_in_the_table_does_not_happen(state: State, move: Move) -> None:
    note = OrderNote(
        item="i",
        chosen="i",
        pieces=1,
        placed_at=START,
        day=START.date(),
        since=START,
        revision=1,
        state=state,
    )
    if (state, move) in MOVES:
        assert moved("o", note, move) is MOVES[state, move]
    else:
        with pytest.raises(tb.OrderState):
            moved("o", note, move)


def test_pieces_are_somewhere_in_every_state() -> None:
    assert PIECES_IN.keys() == set(State)
    assert {state for state in State if PIECES_IN[state] == RESERVED} == {State.PLACED}


def test_the_docs_show_the_table() -> None:
    assert f"```mermaid\n{diagram()}\n```" in DECISION.read_text()


# --- random walks ----------------------------------------------------------------------------------------

COSTS = {
    "mug": (100, 0),
    "kettle": (100, 990),
    "voucher": (50, 0),
    "chance": (10, 0),
    "lamp": (30, 400),
    "either": (20, 0),
}
EITHER = """
  either:
    gives: {kind: one_of, items: [lamp, mug]}
    price: {kind: units, unit: points, units: 20}
"""
CHOICES = {"either": "lamp"}
STOCKED = ("mug", "kettle")
SENT = ("mug", "kettle", "lamp", "either")
SECONDS = {"kettle": 600, "lamp": 900}
POINTS = 400
PIECES = 3
LAMPS = 3


@dataclass
class Known:
    """What the oracle knows of an order."""

    member: str
    item: str
    state: State
    deadline: datetime


@dataclass
class Oracle:
    """Follows the table by itself, and adds up what everybody has. All of a walk happens on one day."""

    orders: dict[str, Known] = field(default_factory=dict)

    def pass_time(self, now: datetime) -> None:
        for each in self.orders.values():
            if each.state is State.PLACED and each.deadline <= now:
                each.state = MOVES[each.state, Move.TIME_OUT]

    def standing(self, item: str) -> list[Known]:
        """The orders by which members have pieces of it, chosen or ordered by itself."""
        return [
            each
            for each in self.orders.values()
            if item == CHOICES.get(each.item, each.item) and PIECES_IN[each.state] != ON_HAND
        ]

    def points(self, member: str) -> tuple[int, int]:
        """Available and held."""
        there = [each for each in self.orders.values() if each.member == member]
        held = sum(COSTS[each.item][0] for each in there if each.state is State.PLACED)
        spent = sum(
            COSTS[each.item][0]
            for each in there
            if PIECES_IN[each.state] != ON_HAND and each.state is not State.PLACED
        )
        return POINTS - held - spent, held

    def can_have(self, member: str, item: str) -> bool:
        units, _ = COSTS[item]
        if self.points(member)[0] < units:
            return False
        chosen = CHOICES.get(item, item)
        bound = {"mug": PIECES, "kettle": PIECES, "lamp": LAMPS}.get(chosen)
        if bound is not None and len(self.standing(chosen)) >= bound:
            return False
        own = [each for each in self.standing("kettle") if each.member == member]
        return item != "kettle" or len(own) < 1


class Walk:
    """Does something at random, twice where a reply is lost, and compares."""

    def __init__(self, counter: Counter, seed: int) -> None:
        self.counter = counter
        self.oracle = Oracle()
        self.dice = random.Random(seed)

    def step(self) -> None:
        self.dice.choice(
            [self.place, self.place, self.pay, self.fulfil, self.cancel, self.give_back, self.wait]
        )()
        self.oracle.pass_time(self.counter.clock.now)
        self.compare()

    def compare(self) -> None:
        for name, each in self.oracle.orders.items():
            assert self.counter.order(name, each.member).state == each.state, name
        for member in ("m1", "m2"):
            balance = self.counter.balance(member=member)
            assert (balance.available, balance.held) == self.oracle.points(member)

    def do(self, should: bool, kind: type[tb.Command[Any]], member: str, **fields: object) -> None:
        command = self.counter.make(kind, member, **fields)
        for _ in range(self.dice.choice([1, 1, 2])):
            (outcome,) = self.counter.book.do([command])
            assert isinstance(outcome, tb.Reply) == should, (command, outcome)

    def place(self) -> None:
        member, item = self.dice.choice(["m1", "m2"]), self.dice.choice(sorted(COSTS))
        name, now = f"o{len(self.oracle.orders)}", self.counter.clock.now
        should = self.oracle.can_have(member, item)
        units = {"units": COSTS[item][0]} if item == "lamp" else {}
        choice = CHOICES.get(item, "")
        self.do(should, tb.PlaceOrder, member, item=item, choice=choice, order_id=name, **units)
        if should:
            if COSTS[item][1]:
                state, seconds = State.PLACED, SECONDS[item]
            else:
                state, seconds = (State.PAID if item in SENT else State.FULFILLED), 0
            self.oracle.orders[name] = Known(member, item, state, now + timedelta(seconds=seconds))

    def any_order(self) -> tuple[str, Known] | None:
        return self.dice.choice(list(self.oracle.orders.items())) if self.oracle.orders else None

    def move(self, kind: type[tb.Command[Any]], move: Move, **fields: object) -> None:
        found = self.any_order()
        if found is None:
            return
        name, known = found
        should = (known.state, move) in MOVES
        if should:
            known.state = MOVES[known.state, move]
        self.do(should, kind, known.member, order_id=name, **fields)

    def pay(self) -> None:
        found = self.any_order()
        if found is None:
            return
        name, known = found
        should = known.state is State.PLACED
        if should:
            known.state = MOVES[known.state, Move.PAY]
        money = COSTS[known.item][1] or 1
        self.do(should, tb.PayOrder, known.member, order_id=name, money=money, payment="P")

    def fulfil(self) -> None:
        self.move(tb.FulfilOrder, Move.FULFIL)

    def cancel(self) -> None:
        self.move(tb.CancelOrder, Move.CANCEL)

    def give_back(self) -> None:
        self.move(tb.ReturnOrder, Move.RETURN)

    def wait(self) -> None:
        self.counter.clock.forward(seconds=self.dice.choice([60, 300, 600]))
        if self.dice.random() < 0.3:
            self.counter.book.sweep()


@pytest.mark.parametrize("seed", range(4))
def test_random_walks_lose_neither_points_nor_pieces(counter: Counter, seed: int) -> None:
    counter.book.apply(PROGRAM + EITHER)
    counter.do(tb.Adjust, unit="points", amount=POINTS - 1000, reason="as the other")
    counter.enroll("m2", points=POINTS)
    for item in STOCKED:
        counter.stock(item, PIECES)
    walk = Walk(counter, seed)
    for _ in range(100):
        walk.step()
    counter.book.sweep()
    for item in STOCKED:
        standing = walk.oracle.standing(item)
        reserved = sum(each.state is State.PLACED for each in standing)
        assert counter.pieces(item) == (PIECES - len(standing), reserved, len(standing) - reserved)
    assert counter.sheet("lamp").taken == len(walk.oracle.standing("lamp"))
    counter.clock.forward(seconds=900)
    counter.book.sweep()
    assert not any(counter.balance(member=each).held for each in ("m1", "m2"))
    assert not any(counter.pieces(item)[1] for item in STOCKED)
    assert {each.state for each in walk.oracle.orders.values()} - OPEN
