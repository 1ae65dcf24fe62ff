"""Stock: pieces of an item in the accounts of the house, and what is on hand as a pool. Pure: no clock, no
database.

On hand, reserved and sold come to what was put in stock, because every posting is between two of these: so
nothing is counted twice, and `verify` sees it with all other postings. What is on hand is a pool, with a row
to lock; an item that is not stocked has none, and whoever orders it waits for nobody.
"""

from __future__ import annotations

from tallybook.engine.desk import Desk
from tallybook.journal.accounts import BUDGET, DRAWN, NEVER, VESTED, Posting
from tallybook.journal.folio import Folio
from tallybook.members.bearers import ITEMS
from tallybook.programs.mall import Item, item_pool, sale_pool
from tallybook.refusals.mall import ItemOutOfStock


def stock_name(item: str) -> str:
    """The bearer whose entries tell what was put in stock and taken out by hand."""
    return ITEMS + item


def move_pieces(folio: Folio, item: str, source: str, target: str, pieces: int) -> None:
    """Post pieces from one account of the house to another."""
    if source != target:
        pool = item_pool(item)
        folio.post(Posting(pool, pool, VESTED, NEVER, source, target, pieces))


def on_hand(desk: Desk, item: str) -> int:
    """How many pieces of a stocked item there are to be ordered."""
    return desk.pools[desk.program.code, item_pool(item)]


def check_stock(desk: Desk, item: Item, pieces: int) -> None:
    """Raise `ItemOutOfStock` for more pieces than are there, or than all members together may have."""
    if item.stocked:
        left = on_hand(desk, item.code)
        if pieces > left:
            raise ItemOutOfStock(item=item.code, asked=pieces, left=left)
    if item.most is not None:
        left = max(0, item.most - desk.drawn(sale_pool(item.code)))
        if pieces > left:
            raise ItemOutOfStock(item=item.code, asked=pieces, left=left)


def draw_sale(desk: Desk, item: str, pieces: int) -> None:
    """Count pieces among those that all members together may have."""
    desk.draw(sale_pool(item), sale_pool(item), pieces)


def give_back_sale(folio: Folio, item: str, pieces: int) -> None:
    """Let others have these pieces."""
    pool = sale_pool(item)
    folio.post(Posting(pool, pool, VESTED, NEVER, DRAWN, BUDGET, pieces))
