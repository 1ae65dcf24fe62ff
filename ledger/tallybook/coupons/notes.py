"""What is kept of coupons, as filed notes. Pure: no clock, no database.

A coupon is a note on its member's folio. Closed ones are filed under another kind, so that whoever looks for
what can be used never reads what was used in all the years before. What coupons took off an order is kept
once for the order, with its basket: each coupon's part can be worked out from that when lines go back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from tallybook.coupons.basket import Basket
from tallybook.coupons.facts import Coupon, Discount
from tallybook.coupons.moves import COUNTED, MOVES, OPEN, Move, State
from tallybook.journal.accounts import HOUSE_FUND, NEVER, VESTED, Posting
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, NoteKey, decoded
from tallybook.programs.local_days import END_OF_TIME
from tallybook.refusals.coupons import CouponState, UnknownCoupon

COUPON: Final = "coupon"
CLOSED: Final = "closed_coupon"
BASKET: Final = "basket"
"""Kept under an order's id. At one moment it falls due before its coupons: kinds do so in their order."""
COUNTS: Final = "coupon_counts"
"""Kept under a template's name: how many the member got, where that is limited."""
CODE: Final = "@coupon_code"
"""The handle that a unique code's hash is."""

RESERVED: Final = "reserved"
USED: Final = "used"
REVOKED: Final = "revoked"
"""What an order's coupons are."""


class CouponNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One coupon, which can be used from `starts_at` on until before `ends_at`; `since` it is in its state.

    `order` is the one that has it reserved or used it, and `code` the keyed hash of its code: both are empty
    for none. It has been used and come back `returns` times.
    """

    template: str
    issued_at: datetime
    starts_at: datetime
    ends_at: datetime
    since: datetime
    state: State = State.ISSUED
    order: str = ""
    code: str = ""
    returns: int = 0

    def facts(self, coupon: str) -> Coupon:
        """The coupon as it is evaluated."""
        return Coupon(coupon=coupon, template=self.template, starts_at=self.starts_at, ends_at=self.ends_at)


class BasketNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The coupons that an order has reserved, or used, `at` a moment.

    `discounts` are what they took off `basket`, in the order of their application and by the templates of
    program revision `revision`; `funds` are who pays for each, by coupon. `returned` are the pieces that went
    back by now, by line, and `given_back` the coupons. `store` and `operator` are set for a till's.
    """

    coupons: tuple[str, ...]
    at: datetime
    state: str = RESERVED
    basket: Basket | None = None
    revision: int = 0
    discounts: tuple[Discount, ...] = ()
    funds: dict[str, str] = {}
    returned: dict[str, int] = {}
    given_back: tuple[str, ...] = ()
    store: str = ""
    operator: str = ""


_encode = msgspec.json.Encoder().encode


def coupon_keys(coupon: str) -> tuple[NoteKey, NoteKey]:
    """The notes that a coupon may be."""
    return (COUPON, coupon), (CLOSED, coupon)


def find_coupon(folio: Folio, coupon: str) -> CouponNote | None:
    """A coupon, open or closed, or None; it must have been asked for."""
    return decoded(CouponNote, folio.first_note(coupon_keys(coupon)))


def coupon_of(folio: Folio, coupon: str) -> CouponNote:
    """A coupon, open or closed; raises `UnknownCoupon`."""
    note = find_coupon(folio, coupon)
    if note is None:
        raise UnknownCoupon(member=folio.member, coupon=coupon)
    return note


def put_coupon(folio: Folio, coupon: str, note: CouponNote, due_at: datetime | None = None) -> None:
    """File a coupon where it belongs; `due_at` is the end of its reservation, by default its own end."""
    is_open = note.state in OPEN
    if due_at is None and is_open and note.ends_at != END_OF_TIME:
        due_at = note.ends_at
    kind, other = (COUPON, CLOSED) if is_open else (CLOSED, COUPON)
    folio.refile(kind, other, Note(_encode(note).decode(), due_at), coupon)


def moved(coupon: str, note: CouponNote, move: Move) -> State:
    """The state that a move leads to; raises `CouponState` where there is no such move."""
    after = MOVES.get((note.state, move))
    if after is None:
        problem = f"there is no way to {move} it"
        if note.order and note.state in (State.RESERVED, State.USED):
            problem += f", and order {note.order} has it"
        raise CouponState(coupon=coupon, state=note.state, problem=problem)
    return after


def move_coupon(
    folio: Folio,
    coupon: str,
    note: CouponNote,
    move: Move,
    at: datetime,
    *,
    order: str = "",
    ends_at: datetime | None = None,
    due_at: datetime | None = None,
) -> CouponNote:
    """Move a coupon, count it and file it; raises `CouponState` where there is no such move.

    A coupon that comes back after its end has expired with that.
    """
    after = msgspec.structs.replace(
        note,
        state=moved(coupon, note, move),
        since=at,
        order=order,
        ends_at=note.ends_at if ends_at is None else ends_at,
        returns=note.returns + (move is Move.RETURN),
    )
    if move in COUNTED:
        source, target = COUNTED[move]
        folio.post(pieces(note.template, source, target))
    if move in (Move.RELEASE, Move.RETURN) and after.ends_at <= at:
        return move_coupon(folio, coupon, after, Move.EXPIRE, at)
    put_coupon(folio, coupon, after, due_at)
    return after


def forget_code(folio: Folio, note: CouponNote) -> CouponNote:
    """A coupon without its code, which leads nowhere any more."""
    if note.code:
        folio.put_note(CODE, None, note.code)
    return msgspec.structs.replace(note, code="")


def pieces(template: str, source: str, target: str, number: int = 1) -> Posting:
    """So many coupons of a template from one account of the house to another."""
    return Posting(coupon_unit(template), HOUSE_FUND, VESTED, NEVER, source, target, number)


def coupon_unit(template: str) -> str:
    """What the journal counts coupons of a template in. No unit of a program has a slash in its name."""
    return f"coupon/{template}"


def discount_unit(template: str) -> str:
    """What the journal counts the cost of a template in: minor units of its currency."""
    return f"discount/{template}"


def find_basket(folio: Folio, order: str) -> BasketNote | None:
    """What coupons an order has, or None; it must have been asked for."""
    return decoded(BasketNote, folio.note(BASKET, order))


def put_basket(folio: Folio, order: str, note: BasketNote | None, due_at: datetime | None = None) -> None:
    """File what coupons an order has, or that it has none."""
    folio.put_note(BASKET, None if note is None else Note(_encode(note).decode(), due_at), order)
