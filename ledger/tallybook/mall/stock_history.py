"""What was put in stock of an item, and taken out by hand. Knows SQL by name only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from tallybook.engine.checks import check_id
from tallybook.engine.reading import PagedQuery, Reading
from tallybook.journal.entries import Entry
from tallybook.journal.queries import entries_before
from tallybook.mall.adjust_stock import AdjustStock, StockAdjusted
from tallybook.mall.stock import stock_name
from tallybook.refusals.mall import UnknownItem


class StockChange(msgspec.Struct, frozen=True, kw_only=True):
    """What was put in stock, or taken out: `on_hand` pieces were there to be ordered then."""

    entry: int
    recorded_at: datetime
    change: int
    on_hand: int
    reason: str
    source: str
    metadata: Mapping[str, str]


class StockHistory(msgspec.Struct, frozen=True, kw_only=True):
    """What was done to a stock by hand, the newest first; an empty `next_page_token` is the end."""

    changes: tuple[StockChange, ...]
    next_page_token: str


class GetStockHistory(PagedQuery[StockHistory], frozen=True, kw_only=True):
    """What was put in stock of an item, and taken out by hand, the newest first: who, when and why.

    By pages: `page_size` 0 asks for 50; more than 1,000 gets 1,000. Raises `UnknownProgram`, `UnknownItem` or
    `PageTokenInvalid`.
    """

    item: str

    def check(self) -> None:
        check_id("item", self.item)

    def read(self, reading: Reading) -> StockHistory:
        if self.item not in reading.program(self.program).mall:
            raise UnknownItem(program=self.program, item=self.item)
        page = self.page("stock", self.item)
        before = int(page.behind) if page.behind else None
        found = entries_before(
            reading.session.connection,
            self.program,
            stock_name(self.item),
            before,
            "",
            page.limit,
            AdjustStock.kind(),
        )
        rows, more = page.turned(found, lambda sealed: str(sealed.entry.version))
        return StockHistory(changes=tuple(_change(entry) for entry, _ in rows), next_page_token=more)


def _change(entry: Entry) -> StockChange:
    reply = msgspec.json.decode(entry.reply, type=StockAdjusted)
    return StockChange(
        entry=entry.version,
        recorded_at=entry.recorded_at,
        change=reply.change,
        on_hand=reply.on_hand,
        reason=entry.reason,
        source=entry.source,
        metadata=msgspec.json.decode(entry.metadata, type=dict[str, str]) if entry.metadata else {},
    )
