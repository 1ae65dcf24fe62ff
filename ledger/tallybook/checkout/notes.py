"""What is kept of an order's checkout, as filed notes under the order's id. Pure: no clock, no database.

What is held is in holds and reserved coupons, what was spent in entries of its own: the notes tell which.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from tallybook.checkout.moves import Move, State, moved
from tallybook.checkout.prices import Part, PricedLine, whole_of, worth_of
from tallybook.checkout.tenders import TenderPart
from tallybook.coupons.basket import Basket
from tallybook.coupons.facts import Combination
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded
from tallybook.journal.settle import Effect

QUOTE: Final = "checkout_quote"
CHECKOUT: Final = "checkout"


class Quote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an order costs, what it is paid with, and what it earns: pinned `at` a moment, until `lapses_at`.

    `revision` is the program's by which it was worked out. `basket` is what was asked about, `lines` its
    prices, and `seen` the basket that coupons saw where that is another one. `earns` is what the member gets
    of each unit when all of it is captured, as long as nothing else is told of the member meanwhile.
    """

    quote: str
    at: datetime
    lapses_at: datetime
    revision: int
    basket: Basket
    lines: tuple[PricedLine, ...]
    coupons: Combination
    tenders: tuple[TenderPart, ...]
    discount_basis_points: int = 0
    seen: Basket | None = None
    earns: dict[str, int] = {}

    @property
    def total(self) -> int:
        """What the order costs after all discounts, with tax and shipping."""
        return worth_of(whole_of(self.lines))

    @property
    def payment(self) -> int:
        """What is left to be paid with money from outside."""
        return self.total - sum(each.amount for each in self.tenders)


class CheckoutNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where the checkout of an order stands, `since` a moment; `entry` is that which has held it.

    `holds` are the names of its holds, by tender, and `deadline` when they are over. Once captured, `parts`
    are what was bought, `paid` what tenders paid of it, and `payment` the money from outside, which is called
    `paid_by` in the order. `returned` are the pieces that went back by now, by line.
    """

    state: State
    since: datetime
    entry: int
    quote: Quote
    deadline: datetime
    holds: dict[str, str] = {}
    parts: dict[str, Part] = {}
    paid: tuple[TenderPart, ...] = ()
    payment: int = 0
    paid_by: str = ""
    returned: dict[str, int] = {}


_encode = msgspec.json.Encoder().encode


def find_quote(folio: Folio, order: str) -> Quote | None:
    """The quote that an order has and that was not held yet, or None; it must have been asked for."""
    return decoded(Quote, folio.note(QUOTE, order))


def put_quote(folio: Folio, order: str, quote: Quote | None) -> None:
    """File the quote of an order, or that it has none any more."""
    folio.put_note(QUOTE, None if quote is None else Note(_encode(quote).decode()), order)


def find_checkout(folio: Folio, order: str) -> CheckoutNote | None:
    """The checkout of an order, or None where nothing was ever held; it must have been asked for."""
    return decoded(CheckoutNote, folio.note(CHECKOUT, order))


def state_of(note: CheckoutNote | None) -> State:
    """The state of a checkout that there may not be yet."""
    return State.NEW if note is None else note.state


def put_checkout(folio: Folio, order: str, note: CheckoutNote) -> None:
    """File the checkout of an order; while it is held, time ends it."""
    due_at = note.deadline if note.state is State.HELD else None
    folio.put_note(CHECKOUT, Note(_encode(note).decode(), due_at), order)


def _time_out(folio: Folio, program: object, order: str, at: datetime) -> None:
    """Its holds and its coupons have moments of their own, which are the same."""
    note = find_checkout(folio, order)
    assert note is not None, "what falls due is there"
    state = moved(order, note.state, Move.TIME_OUT)
    put_checkout(folio, order, msgspec.structs.replace(note, state=state, since=at))


TIME_OUT_CHECKOUT: Final = Effect("checkout_timed_out", _time_out)
"""What time does to a checkout that was held for too long."""
