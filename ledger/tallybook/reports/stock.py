"""Stocks of the mall: what is on hand, reserved and sold of each item, exactly. Knows SQL by name only."""

from __future__ import annotations

import msgspec

from tallybook.engine.reading import HistoryQuery, Reading
from tallybook.journal.accounts import DRAWN, ON_HAND, RESERVED, SOLD, STOCKED
from tallybook.programs.mall import item_pool, sale_pool
from tallybook.refusals.mall import UnknownItem
from tallybook.reports.rollup import house_balances


class StockSheet(msgspec.Struct, frozen=True, kw_only=True):
    """The pieces of an item. `stocked` is what was put in stock, less what was taken out by hand: as much is
    `on_hand`, `reserved` and `sold` together.

    `taken` counts among the `most` that all members together may have, None is without bounds.
    """

    item: str
    display_name: str
    is_stocked: bool
    stocked: int
    on_hand: int
    reserved: int
    sold: int
    most: int | None
    taken: int


class StockReport(HistoryQuery[tuple[StockSheet, ...]], frozen=True, kw_only=True):
    """The stocks of a program's items, by code, as recorded now.

    Of one `item`, if it is named. What has timed out since is reserved before it is recorded: see
    `Book.sweep`. Raises `UnknownProgram` or `UnknownItem`.
    """

    item: str = ""

    def read(self, reading: Reading) -> tuple[StockSheet, ...]:
        mall = reading.program(self.program).mall
        if self.item and self.item not in mall:
            raise UnknownItem(program=self.program, item=self.item)
        balances = house_balances(reading.session, self.program)

        def pieces(pool: str, account: str) -> int:
            return balances.get((pool, account, pool), 0)

        return tuple(
            StockSheet(
                item=code,
                display_name=each.display_name,
                is_stocked=each.stocked,
                stocked=-pieces(item_pool(code), STOCKED),
                on_hand=pieces(item_pool(code), ON_HAND),
                reserved=pieces(item_pool(code), RESERVED),
                sold=pieces(item_pool(code), SOLD),
                most=each.most,
                taken=pieces(sale_pool(code), DRAWN),
            )
            for code, each in sorted(mall.items())
            if self.item in ("", code)
        )
