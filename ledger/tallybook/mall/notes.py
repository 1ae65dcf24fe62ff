"""What is kept of orders, as filed notes. Pure: no clock, no database.

Open and closed ones are filed under kinds of their own, so that a warehouse that looks for what is to be sent
never reads what was sent in all the years before.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import msgspec

from tallybook.growth.task_state import Portion
from tallybook.journal.folio import Folio
from tallybook.journal.holds import HeldLot
from tallybook.journal.notes import Note, NoteKey, decoded
from tallybook.mall.moves import MOVES, OPEN, Move, State
from tallybook.programs.rules import Period
from tallybook.refusals.mall import OrderState, UnknownOrder

ORDER: Final = "mall_order"
CLOSED: Final = "mall_closed"
COUNTS: Final = "mall_counts"
"""Kept under an item's name: how many pieces the member got, where that is limited."""


class Gave(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an order gave when it was fulfilled: of units a portion, coupons by name, or days of a plan."""

    portion: Portion | None = None
    coupons: tuple[str, ...] = ()
    plan: str = ""
    days: int = 0


class OrderNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An order of so many pieces of `item`, placed on local `day`; `since` it is in its state.

    `chosen` is what was chosen where the item is one of several, else the item itself. It costs `steps` of
    `unit`, from `lots`, and `money`, which is to be paid before `deadline`. `stocks` are the items whose
    stock the pieces are of, `sales` those of which they count among what all members together may have, and
    `counted` the periods in which they count towards the member's limits.
    """

    item: str
    chosen: str
    pieces: int
    placed_at: datetime
    day: date
    since: datetime
    revision: int
    state: State = State.PLACED
    unit: str = ""
    steps: int = 0
    lots: tuple[HeldLot, ...] = ()
    currency: str = ""
    money: int = 0
    deadline: datetime | None = None
    payment: str = ""
    stocks: tuple[str, ...] = ()
    sales: tuple[str, ...] = ()
    counted: tuple[Period, ...] = ()
    gave: Gave | None = None
    carrier: str = ""
    tracking: str = ""

    @property
    def paid_back(self) -> int:
        """What is to be paid back of an order that does not stand any more: what was paid."""
        return self.money if self.payment and self.state in (State.CANCELLED, State.RETURNED) else 0


_encode: Final = msgspec.json.Encoder().encode


def order_keys(order_id: str) -> tuple[NoteKey, NoteKey]:
    """The notes that an order may be."""
    return (ORDER, order_id), (CLOSED, order_id)


def find_order(folio: Folio, order_id: str) -> OrderNote | None:
    """An order, open or closed, or None; it must have been asked for."""
    return decoded(OrderNote, folio.first_note(order_keys(order_id)))


def order_of(folio: Folio, order_id: str) -> OrderNote:
    """An order, open or closed; raises `UnknownOrder`."""
    note = find_order(folio, order_id)
    if note is None:
        raise UnknownOrder(member=folio.member, order=order_id)
    return note


def put_order(folio: Folio, order_id: str, note: OrderNote) -> None:
    """File an order where it belongs."""
    kind, other = (ORDER, CLOSED) if note.state in OPEN else (CLOSED, ORDER)
    due_at = note.deadline if note.state is State.PLACED else None
    folio.refile(kind, other, Note(_encode(note).decode(), due_at), order_id)


def moved(order_id: str, note: OrderNote, move: Move) -> State:
    """The state that a move leads to; raises `OrderState` where there is no such move."""
    after = MOVES.get((note.state, move))
    if after is None:
        raise OrderState(order=order_id, state=note.state, problem=f"there is no way to {move} it")
    return after
