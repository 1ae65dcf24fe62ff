"""CaptureCheckout: an order is paid with what was set aside for it. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

import msgspec

from tallybook.checkout.hold_checkout import check_not_told, checkout_of, order_notes, part_of
from tallybook.checkout.moves import Move, moved
from tallybook.checkout.notes import (
    CheckoutNote,
    Quote,
    find_checkout,
    find_quote,
    put_checkout,
)
from tallybook.checkout.prices import Part, purchase_of, scaled_to, some_of, whole_of, worth_of
from tallybook.checkout.tenders import TenderPart, goes_back, units_back
from tallybook.coupons.basket import SHIPPING, check_pieces
from tallybook.coupons.facts import Combination
from tallybook.coupons.orders import free_for, use_as
from tallybook.coupons.returning import CouponBack, return_order
from tallybook.earning.events import Tender, purchase_key
from tallybook.earning.record_event import RecordEvent
from tallybook.earning.results import EventRecorded
from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import AnyCommand, Command, Reply, travelling
from tallybook.engine.desk import Desk
from tallybook.engine.parts import carry_out
from tallybook.errors import InvalidInput
from tallybook.growth.newcomers import referrer_handles
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey
from tallybook.points.hold import Capture, Release
from tallybook.programs.checkout import PAYMENT
from tallybook.programs.program import Program


class CheckoutCaptured(Reply, frozen=True, kw_only=True):
    """What was paid: `total` in all, of which `tenders` paid their parts and `payment` is the money besides.

    `coupons` are what the order's coupons took off all of it; where only a part was captured, `coupons_back`
    is what became of each. `event` is what the purchase earned, as an entry of its own.
    """

    order_id: str
    total: int
    payment: int
    tenders: tuple[TenderPart, ...]
    coupons: Combination
    event: EventRecorded
    coupons_back: tuple[CouponBack, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return travelling(self)


class Captured(NamedTuple):
    """What a capture came to."""

    note: CheckoutNote
    event: EventRecorded
    coupons_back: tuple[CouponBack, ...]


def capture(
    desk: Desk,
    command: AnyCommand,
    order: str,
    lines: Mapping[str, int] | None = None,
    amount: int | None = None,
    paid_by: str = "",
) -> Captured:
    """Pay an order with what it holds, all of it or a part, and record its purchase.

    What is not captured goes back to the tenders as a refund does. Raises `UnknownCheckout`, `CheckoutState`,
    `CaptureExceedsCheckout`, `HoldResolved` for a hold that was ended by hand, and what `RecordEvent` does.
    """
    note = checkout_of(desk, order)
    state = moved(order, note.state, Move.CAPTURE)
    check_not_told(desk, purchase_key(order))
    quote, whole = note.quote, whole_of(note.quote.lines)
    parts = whole
    if lines is not None:
        parts = some_of(order, whole, lines)
    elif amount is not None:
        parts = scaled_to(order, whole, amount)
    terms = desk.revision(quote.revision).checkout
    sums = {PAYMENT: quote.payment, **{each.tender: each.amount for each in quote.tenders}}
    left_out = goes_back(terms, sums, quote.total - worth_of(parts))
    paid = tuple(_spend(desk, command, note, each, left_out[each.tender]) for each in quote.tenders)
    paid = tuple(each for each in paid if each.units)
    payment = quote.payment - left_out[PAYMENT]
    tenders = [Tender(kind=each.tender, amount=each.amount, entry=each.entry) for each in paid]
    paid_by = paid_by or PAYMENT
    if payment:
        tenders.append(Tender(kind=paid_by, amount=payment))
    event = purchase_of(order, quote.basket, parts, tenders)
    recorded = _recorded(command, event, quote)
    told = carry_out(desk, recorded, at=quote.at, is_request=True)
    coupons_back = _use_coupons(desk, order, quote, whole, parts)
    note = msgspec.structs.replace(
        note,
        state=state,
        since=desk.now,
        parts=dict(parts),
        paid=paid,
        payment=payment,
        paid_by=paid_by,
    )
    put_checkout(desk.folio, order, note)
    return Captured(note, told, coupons_back)


def _spend(
    desk: Desk, command: AnyCommand, note: CheckoutNote, part: TenderPart, left_out: int
) -> TenderPart:
    """Spend what a tender pays of the order, and let go of the rest."""
    hold_id = note.holds[part.tender]
    units = part.units - units_back(part, left_out)
    if not units:
        carry_out(desk, part_of(command, Release, hold_id=hold_id))
        return msgspec.structs.replace(part, units=0, amount=0)
    spent = carry_out(desk, part_of(command, Capture, hold_id=hold_id, amount=units))
    return msgspec.structs.replace(part, units=units, amount=part.amount - left_out, entry=spent.entry)


def _use_coupons(
    desk: Desk, order: str, quote: Quote, whole: Mapping[str, Part], parts: Mapping[str, Part]
) -> tuple[CouponBack, ...]:
    """Use the coupons for what the quote says; what is not captured of the lines goes back at once."""
    if not quote.coupons.discounts:
        return ()
    coupons = [each.coupon for each in quote.coupons.discounts]
    notes = {coupon: free_for(desk.folio, order, coupon) for coupon in coupons}
    program = desk.revision(quote.revision)
    use_as(desk, order, quote.seen or quote.basket, notes, quote.coupons, program)
    left_out = {
        line: number
        for line, part in whole.items()
        if (number := part.quantity - (parts[line].quantity if line in parts else 0))
    }
    return return_order(desk, order, left_out, is_cancelled=False) if left_out else ()


def _recorded(command: AnyCommand, event: Any, quote: Quote) -> RecordEvent:
    return RecordEvent(
        program=command.program,
        member=command.member,
        event=event,
        occurred_at=quote.at,
        source=command.source,
    )


class CaptureCheckout(Command[CheckoutCaptured], frozen=True, kw_only=True, tag="capture_checkout"):
    """Pay an order with what was set aside for it: all of it, so many pieces by line, or an `amount` in all.

    What the quote says is what is spent and, as long as nothing else was told of the member meanwhile, what
    is earned: the purchase is told to have been when it was quoted. Of a part, every line bears its share of
    what was off; the rest goes back as a refund would, and coupons return as they do for one. An `amount` is
    shared out to all lines. `paid_by` is what the order calls the money from outside, by
    default `payment`.

    Refused with `UnknownCheckout`, `CheckoutState`, `CaptureExceedsCheckout`, `EventExists`, `HoldResolved`
    or `CouponState` where what was held is no longer there, or as `RecordEvent` is.
    """

    order_id: str
    lines: dict[str, int] | None = None
    amount: int | None = None
    paid_by: str = ""
    reply_type = CheckoutCaptured
    is_activity: ClassVar[bool] = True
    part_types = (RecordEvent,)

    def check(self) -> None:
        check_id("order_id", self.order_id)
        if self.paid_by:
            check_id("paid_by", self.paid_by)
        if self.lines is not None and self.amount is not None:
            raise InvalidInput("amount", "must be left out where lines are named")
        if self.lines is not None:
            check_pieces(self.lines)
            if not self.lines.keys() - {SHIPPING}:
                raise InvalidInput("lines", "must name more than the shipping")
        if self.amount is not None:
            check_whole("amount", self.amount)

    def named_notes(self) -> Sequence[NoteKey]:
        return order_notes(self.order_id)

    def named_requests(self) -> Sequence[str]:
        return [purchase_key(self.order_id)]

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        return referrer_handles(program, holders, self.member)

    def parts(self, folio: Folio) -> Sequence[AnyCommand]:
        return [
            _recorded(self, purchase_of(self.order_id, each.basket, whole_of(each.lines)), each)
            for each in quotes_of(folio, self.order_id)
        ]

    def decide(self, desk: Desk) -> CheckoutCaptured:
        captured = capture(desk, self, self.order_id, self.lines, self.amount, self.paid_by)
        note = captured.note
        desk.subject = self.order_id
        return CheckoutCaptured(
            entry=desk.entry,
            recorded_at=desk.now,
            order_id=self.order_id,
            total=worth_of(note.parts),
            payment=note.payment,
            tenders=note.paid,
            coupons=note.quote.coupons,
            event=captured.event,
            coupons_back=captured.coupons_back,
        )


def quotes_of(folio: Folio, order: str) -> Iterator[Quote]:
    """The quotes that a command about an order may go by: the one held, and one that may be by then."""
    note, quote = find_checkout(folio, order), find_quote(folio, order)
    if note is not None:
        yield note.quote
    if quote is not None:
        yield quote
