"""RefundCheckout: an order goes back, and each tender gets its own again. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from tallybook.checkout.hold_checkout import check_not_told, checkout_of, order_notes
from tallybook.checkout.moves import Move, moved
from tallybook.checkout.notes import CheckoutNote, put_checkout
from tallybook.checkout.prices import back_of, is_all_back
from tallybook.checkout.tenders import TenderPart, goes_back, units_back
from tallybook.coupons.basket import check_pieces
from tallybook.coupons.returning import CouponBack, return_order
from tallybook.earning.events import Refund, RefundedLine, Tender, event_key, purchase_key
from tallybook.earning.record_event import RecordEvent
from tallybook.earning.results import EventRecorded
from tallybook.engine.checks import check_flag, check_id
from tallybook.engine.command import AnyCommand, Command, Reply, travelling
from tallybook.engine.desk import Desk
from tallybook.engine.parts import carry_out
from tallybook.errors import InvalidInput
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey
from tallybook.programs.checkout import PAYMENT
from tallybook.programs.program import Program
from tallybook.refusals.coupons import ReturnExceedsOrder


class CheckoutRefunded(Reply, frozen=True, kw_only=True):
    """What the refund is for: `amount` in all, of which each of `tenders` has its part in its own units.

    `payment` of it is for the caller to pay back. `event` tells what was taken back of what the order had
    earned, as an entry of its own, and what moved: of a tender, less comes back where a command such as
    `RefundSpend` has given some of it back before. `coupons` tell what became of each. With `is_whole`
    nothing is left.
    """

    order_id: str
    refund_id: str
    amount: int
    payment: int
    tenders: tuple[TenderPart, ...]
    event: EventRecorded
    coupons: tuple[CouponBack, ...] = ()
    is_whole: bool = False

    def __reduce__(self) -> tuple[Any, ...]:
        return travelling(self)


class RefundCheckout(Command[CheckoutRefunded], frozen=True, kw_only=True, tag="refund_checkout"):
    """Give back an order that was captured: so many pieces by line, or with None all that is left of it.

    The shipping is a line of one piece, `shipping`; where it cost nothing it need not go back for all of the
    order to be back. Each tender gets back what it paid, in the program's
    order, to the lots it came from; what the order has earned is taken back, and coupons return as their
    templates say. Refunds in parts come to what one refund does. `refund_id` names the refund among the
    member's events; `cancelled` tells coupons that the order was called off.

    Refused with `UnknownCheckout`, `CheckoutState`, `ReturnExceedsOrder`, `EventExists`, or as `RecordEvent`
    is, such as where the order was refunded by events of its own as well.
    """

    order_id: str
    refund_id: str
    lines: dict[str, int] | None = None
    cancelled: bool = False
    reply_type = CheckoutRefunded
    is_activity = True
    part_types = (RecordEvent,)

    def check(self) -> None:
        check_id("order_id", self.order_id)
        check_flag("cancelled", self.cancelled)
        if self.lines is not None:
            if self.cancelled:
                raise InvalidInput("lines", "must be left out: an order is cancelled as a whole")
            check_pieces(self.lines)
        self._told(self._whole())

    def named_notes(self) -> Sequence[NoteKey]:
        return [*order_notes(self.order_id), *self._told(self._whole()).named_notes()]

    def named_requests(self) -> Sequence[str]:
        return [purchase_key(self.order_id), self._told(self._whole()).request_id]

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        return self._told(self._whole()).named_handles(program, holders)

    def parts(self, folio: Folio) -> Sequence[AnyCommand]:
        return [self._told(self._whole())]

    def _whole(self) -> Refund:
        return Refund(refund_id=self.refund_id, order_id=self.order_id)

    def _told(self, event: Refund) -> RecordEvent:
        return RecordEvent(program=self.program, member=self.member, event=event, source=self.source)

    def decide(self, desk: Desk) -> CheckoutRefunded:
        note = checkout_of(desk, self.order_id)
        returned = self._returned(note)
        is_whole = is_all_back(note.parts, returned)
        state = moved(self.order_id, note.state, Move.REFUND if is_whole else Move.REFUND_PART)
        back = _back(desk, note, returned)
        event = self._event(note, back, returned)
        check_not_told(desk, event_key(event))
        told = carry_out(desk, self._told(event), is_request=True)
        coupons: tuple[CouponBack, ...] = ()
        if note.quote.coupons.discounts:
            lines = None if is_whole else self.lines
            coupons = return_order(desk, self.order_id, lines, self.cancelled)
        put_checkout(
            desk.folio,
            self.order_id,
            msgspec.structs.replace(note, state=state, since=desk.now, returned=returned),
        )
        desk.subject = self.order_id
        return CheckoutRefunded(
            entry=desk.entry,
            recorded_at=desk.now,
            order_id=self.order_id,
            refund_id=self.refund_id,
            amount=back.payment + sum(each.amount for each in back.tenders),
            payment=back.payment,
            tenders=tuple(each for each in back.tenders if each.amount),
            event=told,
            coupons=coupons,
            is_whole=is_whole,
        )

    def _returned(self, note: CheckoutNote) -> dict[str, int]:
        """The pieces that have gone back with these; raises `ReturnExceedsOrder`."""
        if self.lines is None:
            return {line: part.quantity for line, part in note.parts.items()}
        returned = dict(note.returned)
        for line, number in self.lines.items():
            before = returned.get(line, 0)
            left = note.parts[line].quantity - before if line in note.parts else 0
            if number > left:
                raise ReturnExceedsOrder(order=self.order_id, line=line, asked=number, left=left)
            returned[line] = before + number
        return dict(sorted(returned.items()))

    def _event(self, note: CheckoutNote, back: _Back, returned: Mapping[str, int]) -> Refund:
        """The refund by lines, also of all that is left: so it is the same whatever came at its moment."""
        gone = {line: number - note.returned.get(line, 0) for line, number in returned.items()}
        tenders = [Tender(kind=each.tender, amount=each.amount, entry=each.entry) for each in back.tenders]
        if back.payment:
            tenders.append(Tender(kind=note.paid_by, amount=back.payment))
        return Refund(
            refund_id=self.refund_id,
            order_id=self.order_id,
            lines=tuple(RefundedLine(line_id=line, quantity=each) for line, each in gone.items() if each),
            tenders=tuple(tenders),
        )


class _Back(NamedTuple):
    """What goes back now: to each tender that has paid, be it nothing, and as money."""

    tenders: tuple[TenderPart, ...]
    payment: int


def _back(desk: Desk, note: CheckoutNote, returned: Mapping[str, int]) -> _Back:
    """What has to be back of each tender by now, less what was before."""
    terms = desk.revision(note.quote.revision).checkout
    paid = {PAYMENT: note.payment, **{each.tender: each.amount for each in note.paid}}
    before = goes_back(terms, paid, back_of(note.parts, note.returned))
    now = goes_back(terms, paid, back_of(note.parts, returned))
    tenders = tuple(
        msgspec.structs.replace(
            each,
            units=units_back(each, now[each.tender]) - units_back(each, before[each.tender]),
            amount=now[each.tender] - before[each.tender],
        )
        for each in note.paid
    )
    return _Back(tenders, now[PAYMENT] - before[PAYMENT])
