"""What is kept of top-ups and payouts, as filed notes, and their states. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

import msgspec

from tallybook.journal.folio import Folio
from tallybook.journal.holds import HeldLot
from tallybook.journal.notes import Note, decoded
from tallybook.members.layers import Part
from tallybook.refusals.money import PayoutState, TopUpState, UnknownPayout, UnknownTopUp

TOP_UP: Final = "top_up"
PAYOUT: Final = "payout"

WAITING: Final = "waiting"
CONFIRMED: Final = "confirmed"
CANCELLED: Final = "cancelled"
TIMED_OUT: Final = "timed_out"

MOVES: Final[Mapping[str, frozenset[str]]] = {
    WAITING: frozenset({CONFIRMED, CANCELLED, TIMED_OUT}),
    CONFIRMED: frozenset(),
    CANCELLED: frozenset(),
    TIMED_OUT: frozenset(),
}
"""Where a top-up or a payout can go from each state: both wait for a payment, and are closed once."""


class TopUpNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A top-up of `amount`, asked for on `day`, which brings `bonus` by a plan.

    `pool` is where the bonus was drawn from, if anywhere. `refunded` was paid back of it, or is to be, and
    `forfeited` of the bonus went with that. `payment` is what the payment is called elsewhere.
    """

    unit: str
    amount: int
    day: date
    bonus: int = 0
    plan: str = ""
    pool: str = ""
    state: str = WAITING
    refunded: int = 0
    forfeited: int = 0
    payment: str = ""


class PayoutNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Money that is to be paid back, asked for on `day`: `amount` of principal, with which `bonus` goes.

    `charged` of principal is for bonus that was spent. `lots` hold all of it, and `parts` tell of which
    layers it is; `top_up` is empty for a withdrawal.
    """

    unit: str
    amount: int
    day: date
    lots: tuple[HeldLot, ...]
    parts: tuple[Part, ...]
    bonus: int = 0
    charged: int = 0
    top_up: str = ""
    state: str = WAITING
    payment: str = ""


_encode = msgspec.json.Encoder().encode


def moved_to(note: TopUpNote | PayoutNote, state: str) -> str:
    """A state that a top-up or payout goes to from its own."""
    assert state in MOVES[note.state], f"it cannot go from {note.state} to {state}"
    return state


def find_top_up(folio: Folio, top_up: str) -> TopUpNote | None:
    """A top-up, or None; it must have been asked for."""
    return decoded(TopUpNote, folio.note(TOP_UP, top_up))


def top_up_of(folio: Folio, top_up: str, state: str) -> TopUpNote:
    """A top-up in a state; raises `UnknownTopUp` or `TopUpState`."""
    note = find_top_up(folio, top_up)
    if note is None:
        raise UnknownTopUp(member=folio.member, top_up=top_up)
    if note.state != state:
        raise TopUpState(top_up=top_up, state=note.state, needed=state)
    return note


def put_top_up(folio: Folio, top_up: str, note: TopUpNote, due_at: datetime | None = None) -> None:
    """Write a top-up down; time does something to it at `due_at`."""
    folio.put_note(TOP_UP, Note(_encode(note).decode(), due_at), top_up)


def find_payout(folio: Folio, payout: str) -> PayoutNote | None:
    """A payout, or None; it must have been asked for."""
    return decoded(PayoutNote, folio.note(PAYOUT, payout))


def payout_of(folio: Folio, payout: str) -> PayoutNote:
    """A payout that waits; raises `UnknownPayout` or `PayoutState`."""
    note = find_payout(folio, payout)
    if note is None:
        raise UnknownPayout(member=folio.member, payout=payout)
    if note.state != WAITING:
        raise PayoutState(payout=payout, state=note.state, needed=WAITING)
    return note


def put_payout(folio: Folio, payout: str, note: PayoutNote, due_at: datetime | None = None) -> None:
    """Write a payout down; time does something to it at `due_at`."""
    folio.put_note(PAYOUT, Note(_encode(note).decode(), due_at), payout)
