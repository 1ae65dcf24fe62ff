"""GetCheckout: where the checkout of an order stands. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from tallybook.checkout.hold_checkout import order_notes
from tallybook.checkout.moves import State
from tallybook.checkout.notes import CheckoutNote, Quote, find_checkout, find_quote, state_of
from tallybook.engine.checks import check_id
from tallybook.engine.query import FolioQuery
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey
from tallybook.programs.program import Program
from tallybook.refusals.checkout import UnknownCheckout


class CheckoutView(msgspec.Struct, frozen=True, kw_only=True):
    """An order's checkout: its state, what was held last, and a quote that was not held yet."""

    order_id: str
    state: State
    checkout: CheckoutNote | None
    quote: Quote | None


class GetCheckout(FolioQuery[CheckoutView], frozen=True, kw_only=True):
    """Where the checkout of an order stands. Raises `UnknownMember` or `UnknownCheckout`."""

    order_id: str

    def check(self) -> None:
        check_id("order_id", self.order_id)

    def named_notes(self) -> Sequence[NoteKey]:
        return order_notes(self.order_id)

    def answer(self, folio: Folio, program: Program, now: datetime) -> CheckoutView:
        note, quote = find_checkout(folio, self.order_id), find_quote(folio, self.order_id)
        if note is None and quote is None:
            raise UnknownCheckout(member=self.member, order=self.order_id)
        return CheckoutView(order_id=self.order_id, state=state_of(note), checkout=note, quote=quote)
