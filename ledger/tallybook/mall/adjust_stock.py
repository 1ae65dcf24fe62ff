"""AdjustStock: pieces of an item are put in stock, or taken out. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar

from tallybook.engine.checks import check_whole
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.accounts import ON_HAND, STOCKED
from tallybook.mall.stock import move_pieces, on_hand
from tallybook.members.bearers import ITEMS, check_item_name
from tallybook.programs.mall import Item
from tallybook.programs.program import Program
from tallybook.refusals.mall import ItemNotStocked, ItemOutOfStock, UnknownItem

CHANGE_MAX = 1_000_000_000


class StockAdjusted(Reply, frozen=True, kw_only=True):
    """`change` pieces came, or went where it is below zero; `on_hand` are there to be ordered now."""

    item: str
    change: int
    on_hand: int


class AdjustStock(Command[StockAdjusted], frozen=True, kw_only=True, tag="adjust_stock"):
    """Put `change` pieces in stock, or take them out where it is below zero; or say how many were `counted`.

    `member` is the item's own page: `item:` and its code, whose history tells who did what, and why: it needs
    a reason. What is counted are the pieces that can be ordered: reserved ones and sold ones are not on hand.

    Refused with `UnknownItem`, `ItemNotStocked`, or `ItemOutOfStock` where more would be taken out than is
    there.
    """

    change: int | None = None
    counted: int | None = None
    reply_type = StockAdjusted
    enrolls: ClassVar[bool] = True

    def check(self) -> None:
        check_item_name("member", self.member)
        if (self.change is None) == (self.counted is None):
            raise InvalidInput("change", "must be given, or counted, and not both")
        if self.change is not None:
            check_whole("change", self.change, smallest=-CHANGE_MAX, largest=CHANGE_MAX)
            if not self.change:
                raise InvalidInput("change", "must not be 0")
        else:
            check_whole("counted", self.counted, smallest=0, largest=CHANGE_MAX)
        if not self.reason:
            raise InvalidInput("reason", "must say why the stock changes")

    def item_in(self, program: Program) -> Item | None:
        """The item that this is about, in a program; None where it knows none."""
        return program.mall.get(self.member.removeprefix(ITEMS))

    def named_pools(self, program: Program, now: datetime) -> Collection[str]:
        item = self.item_in(program)
        return () if item is None else item.draws_on(program.mall)

    def decide(self, desk: Desk) -> StockAdjusted:
        folio, item = desk.folio, self.item_in(desk.program)
        if item is None:
            raise UnknownItem(program=self.program, item=self.member.removeprefix(ITEMS))
        if not item.stocked:
            raise ItemNotStocked(item=item.code)
        there = on_hand(desk, item.code)
        change = (self.counted or 0) - there if self.change is None else self.change
        if there + change < 0:
            raise ItemOutOfStock(item=item.code, asked=-change, left=there)
        if not folio.exists:
            folio.begin(desk.now)
        if change > 0:
            move_pieces(folio, item.code, STOCKED, ON_HAND, change)
        elif change < 0:
            move_pieces(folio, item.code, ON_HAND, STOCKED, -change)
        desk.subject = item.code
        return StockAdjusted(
            entry=desk.entry, recorded_at=desk.now, item=item.code, change=change, on_hand=there + change
        )
