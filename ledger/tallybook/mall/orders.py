"""What moves do to an order, its pieces and what it costs. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from tallybook.engine.command import Reply
from tallybook.engine.desk import Desk
from tallybook.journal.accounts import HELD, ON_HAND, VESTED, Posting
from tallybook.journal.folio import Folio
from tallybook.journal.holds import HeldLot
from tallybook.journal.moves import Credited
from tallybook.journal.notes import decoded
from tallybook.journal.originals import Original
from tallybook.journal.settle import Effect, release_lots
from tallybook.mall.kinds import kind_of
from tallybook.mall.moves import PIECES_IN, Move, State
from tallybook.mall.notes import COUNTS, ORDER, OrderNote, moved, put_order
from tallybook.mall.stock import give_back_sale, move_pieces
from tallybook.members.counts import count_back
from tallybook.members.spending import give_back, post_spending
from tallybook.programs.program import Program, Unit


class OrderMoved(Reply, frozen=True, kw_only=True):
    """An order as it is after a command: `pieces` of `item`, for `amount` of `unit` and `money`.

    `chosen` is what was chosen where the item is one of several, else the item itself. One that is placed is
    to be paid before `deadline`. Where it does not stand any more, `pay_back` is what is to be paid back of
    the money, and `lapsed` what of the units came back past its day. `coupons` are those that it gave.
    """

    order_id: str
    state: State
    item: str
    chosen: str
    pieces: int
    unit: str = ""
    amount: int = 0
    currency: str = ""
    money: int = 0
    deadline: datetime | None = None
    payment: str = ""
    pay_back: int = 0
    lapsed: int = 0
    coupons: tuple[str, ...] = ()
    carrier: str = ""
    tracking: str = ""


def told(desk: Desk, order_id: str, note: OrderNote, lapsed: int = 0) -> OrderMoved:
    """The reply about an order."""
    desk.subject = order_id
    return OrderMoved(
        entry=desk.entry,
        recorded_at=desk.now,
        order_id=order_id,
        state=note.state,
        item=note.item,
        chosen=note.chosen,
        pieces=note.pieces,
        unit=note.unit,
        amount=note.steps,
        currency=note.currency,
        money=note.money,
        deadline=note.deadline if note.state is State.PLACED else None,
        payment=note.payment,
        pay_back=note.paid_back,
        lapsed=lapsed,
        coupons=() if note.gave is None else note.gave.coupons,
        carrier=note.carrier,
        tracking=note.tracking,
    )


def move_order(
    folio: Folio, order_id: str, note: OrderNote, move: Move, at: datetime, **changes: Any
) -> OrderNote:
    """Move an order and its pieces, and file it; raises `OrderState` where there is no such move.

    What it costs is for the caller to spend or to give back.
    """
    state = moved(order_id, note, move)
    for item in note.stocks:
        move_pieces(folio, item, PIECES_IN[note.state], PIECES_IN[state], note.pieces)
    if PIECES_IN[state] == ON_HAND:
        for item in note.sales:
            give_back_sale(folio, item, note.pieces)
        if note.counted:
            count_back(folio, COUNTS, note.item, note.counted, note.pieces, note.day)
    after = msgspec.structs.replace(note, state=state, since=at, **changes)
    put_order(folio, order_id, after)
    return after


def let_go(folio: Folio, program: Program, note: OrderNote, at: datetime) -> int:
    """Make available what is held for an order, each lot with its own expiry. Returns what lapsed."""
    return release_lots(folio, note.unit, note.lots, program, program.today(at))


def spend_held(desk: Desk, note: OrderNote) -> None:
    """Spend for good what is held for an order."""
    if note.lots:
        unit = desk.unit(note.unit)
        post_spending(desk, unit, spent(unit, note.lots, HELD))


def refund(desk: Desk, note: OrderNote) -> Credited:
    """Give back what an order has spent, to its own lots."""
    if not note.lots:
        return Credited()
    unit = desk.unit(note.unit)
    original = Original("", tuple(spent(unit, note.lots, HELD)), 0, {})
    return give_back(desk, unit, original, note.steps).credited


def spent(unit: Unit, lots: Sequence[HeldLot], source: str) -> list[Posting]:
    """What spends lots for good, which are in an account of the member's."""
    return [
        Posting(unit.code, lot.fund, VESTED, lot.expires_on, source, unit.spent_to, lot.amount)
        for lot in lots
    ]


def fulfil(desk: Desk, order_id: str, note: OrderNote, **sent: str) -> OrderNote:
    """Give what a paid order is for, by the program that it was placed by."""
    gives = desk.revision(note.revision).mall[note.chosen].gives
    gave = kind_of(gives).give(desk.folio, desk.program, gives, note.pieces, desk.now)
    return move_order(desk.folio, order_id, note, Move.FULFIL, desk.now, gave=gave, **sent)


def can_be_given(desk: Desk, note: OrderNote) -> bool:
    """Whether a paid order can be fulfilled at once: nobody has to send it, and the member has room."""
    gives = desk.revision(note.revision).mall[note.chosen].gives
    kind = kind_of(gives)
    return not kind.is_sent and kind.fits(desk.folio, desk.program, gives, note.pieces, desk.now)


def _time_out(folio: Folio, program: Program, order_id: str, at: datetime) -> None:
    note = decoded(OrderNote, folio.note(ORDER, order_id))
    assert note is not None, "what falls due is there"
    let_go(folio, program, note, at)
    move_order(folio, order_id, note, Move.TIME_OUT, at)


TIME_OUT_ORDER: Final = Effect("order_timed_out", _time_out)
"""What time does to an order whose money has not come."""
