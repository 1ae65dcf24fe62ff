"""Gathers what checkouts need and commands cannot name: holds, coupons, revisions. Decides nothing."""

from __future__ import annotations

from typing import Final

from tallybook.checkout.capture_checkout import CaptureCheckout, quotes_of
from tallybook.checkout.hold_checkout import HoldCheckout, ReleaseCheckout
from tallybook.checkout.notes import find_checkout
from tallybook.checkout.quote_checkout import QuoteCheckout
from tallybook.checkout.refund_checkout import RefundCheckout
from tallybook.coupons.notes import COUPON, coupon_keys
from tallybook.db.statements import Fetch
from tallybook.engine.batch import Batch
from tallybook.engine.gather import Gathering, place_holds, place_notes
from tallybook.journal import tables

ABOUT_CHECKOUTS: Final = (QuoteCheckout, HoldCheckout, CaptureCheckout, ReleaseCheckout, RefundCheckout)


def checkouts(batch: Batch) -> Gathering:
    """The holds of orders, the coupons of their quotes, all of a member's where the best are looked for, and
    the revisions by which orders were quoted.
    """
    commands = [command for command in batch.commands if isinstance(command, ABOUT_CHECKOUTS)]
    if not commands:
        return
    yield []  # notes of the orders are there now
    holds, notes, kinds, revisions = set(), set(), set(), set()
    for command in commands:
        member = command.program, command.member
        folio = batch.folios[member]
        note = find_checkout(folio, command.order_id)
        holds |= {(*member, hold) for hold in (() if note is None else note.holds.values())}
        for quote in quotes_of(folio, command.order_id):
            revisions.add((command.program, quote.revision))
            for each in quote.coupons.discounts:
                notes |= {(*member, *key) for key in coupon_keys(each.coupon)}
        if isinstance(command, QuoteCheckout) and command.coupons is None:
            kinds.add((*member, COUPON))
    hold_rows, note_rows, kind_rows = yield [
        Fetch(tables.READ_HOLDS, sorted(holds)),
        Fetch(tables.READ_NOTES, sorted(notes)),
        Fetch(tables.READ_NOTES_OF_KIND, sorted(kinds)),
    ]
    place_holds(batch.folios, hold_rows)
    for program, holder, kind, key in notes:
        batch.folios[program, holder].notes.setdefault((kind, key), None)
    place_notes(batch.folios, [*note_rows, *kind_rows])
    while not batch.programs_known:
        yield []
    yield from batch.look_back(revisions)
