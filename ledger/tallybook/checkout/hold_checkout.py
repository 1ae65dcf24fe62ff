"""HoldCheckout and ReleaseCheckout: all that an order is to be paid with is set aside. Pure: no clock, no
database.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

import msgspec

from tallybook.checkout.moves import Move, moved
from tallybook.checkout.notes import (
    CHECKOUT,
    QUOTE,
    CheckoutNote,
    Quote,
    find_checkout,
    find_quote,
    put_checkout,
    put_quote,
    state_of,
)
from tallybook.checkout.tenders import TenderPart
from tallybook.coupons.notes import BASKET, RESERVED, find_basket, put_basket
from tallybook.coupons.orders import free_notes, release_all, reserve
from tallybook.earning.events import purchase_key
from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import AnyCommand, Command, Reply, travelling
from tallybook.engine.desk import Desk
from tallybook.engine.parts import carry_out
from tallybook.errors import HoldTooLong
from tallybook.journal.holds import OPEN
from tallybook.journal.notes import NoteKey
from tallybook.members.freeze import check_may_redeem
from tallybook.points.hold import Hold, Release
from tallybook.refusals.checkout import (
    EventExists,
    QuoteConsumed,
    QuoteLapsed,
    UnknownCheckout,
    UnknownQuote,
)


def order_notes(order: str) -> Sequence[NoteKey]:
    """The notes of an order that every command about its checkout names."""
    return [(CHECKOUT, order), (QUOTE, order), (BASKET, order)]


def check_not_told(desk: Desk, event: str) -> None:
    """Raise `EventExists` for an event that was told by itself: it must have been named as a request."""
    entry = desk.folio.requested(event)
    if entry is not None:
        raise EventExists(event=event, entry=entry.version)


def checkout_of(desk: Desk, order: str) -> CheckoutNote:
    """The checkout of an order; raises `UnknownCheckout`."""
    note = find_checkout(desk.folio, order)
    if note is None:
        raise UnknownCheckout(member=desk.folio.member, order=order)
    return note


def release_holds(desk: Desk, command: AnyCommand, note: CheckoutNote | None) -> None:
    """Give back what a checkout holds, as entries of their own. What somebody ended by hand is over."""
    for hold_id in () if note is None else note.holds.values():
        if desk.hold(hold_id).state == OPEN:
            carry_out(desk, part_of(command, Release, hold_id=hold_id))


def release_coupons(desk: Desk, order: str) -> tuple[str, ...]:
    """Let go of the coupons that an order has reserved; returns them."""
    basket = find_basket(desk.folio, order)
    if basket is None or basket.state != RESERVED:
        return ()
    released = release_all(desk.folio, order, basket.coupons, desk.now)
    put_basket(desk.folio, order, None)
    return released


def part_of(command: AnyCommand, kind: type[Any], **fields: object) -> Any:
    """A command of another kind about the same member, as a part of this one."""
    return kind(
        program=command.program,
        member=command.member,
        request_id=command.request_id,
        source=command.source,
        **fields,
    )


def hold(
    desk: Desk, command: AnyCommand, order: str, quote: Quote, seconds: int | None = None
) -> CheckoutNote:
    """Set aside what a quote says, in place of what the order has set aside.

    The time is what the program says or `seconds`, or that of the coupon that can be kept for the shortest
    time. Raises what `Hold` does, and what reserving coupons does.
    """
    check_may_redeem(desk)
    check_not_told(desk, purchase_key(order))
    before = find_checkout(desk.folio, order)
    state = moved(order, state_of(before), Move.HOLD)
    release_holds(desk, command, before)
    lasts = _seconds(desk, quote, seconds)
    deadline = desk.now + timedelta(seconds=lasts)
    holds: dict[str, str] = {}
    for each in quote.tenders:
        holds[each.tender] = name = f"checkout/{desk.entry}"
        held = part_of(command, Hold, unit=each.unit, amount=each.units, hold_id=name, seconds=lasts)
        carry_out(desk, held)
    coupons = [each.coupon for each in quote.coupons.discounts]
    notes = free_notes(desk.folio, order, coupons, desk.now)
    if notes:
        reserve(desk, order, notes, quote.seen or quote.basket, deadline)
    elif find_basket(desk.folio, order) is not None:
        put_basket(desk.folio, order, None)
    note = CheckoutNote(
        state=state, since=desk.now, entry=desk.entry, quote=quote, deadline=deadline, holds=holds
    )
    put_checkout(desk.folio, order, note)
    return note


def _seconds(desk: Desk, quote: Quote, asked: int | None) -> int:
    program = desk.program
    seconds = asked or program.checkout.hold_seconds or program.holds.default_seconds
    if seconds > program.holds.longest_seconds:
        raise HoldTooLong(asked_seconds=seconds, longest_seconds=program.holds.longest_seconds)
    templates = [program.coupons[each.template] for each in quote.coupons.discounts]
    return min([seconds, *(each.reserve_seconds for each in templates)])


class CheckoutHeld(Reply, frozen=True, kw_only=True):
    """`tenders` and `coupons` are set aside until `deadline`; `payment` of `total` is to be paid besides."""

    order_id: str
    quote: str
    deadline: datetime
    tenders: tuple[TenderPart, ...]
    coupons: tuple[str, ...]
    total: int
    payment: int


class HoldCheckout(Command[CheckoutHeld], frozen=True, kw_only=True, tag="hold_checkout"):
    """Set aside all that a quote says that an order is paid with, or none of it: points, money and coupons.

    Holding again, by another quote, replaces what the order has held, and is never in its own way. All of it
    has one time limit, `seconds` or the program's, and is free again when that is over.

    Refused with `UnknownQuote`, `QuoteLapsed`, `QuoteConsumed`, `CheckoutState` for an order that is paid,
    `EventExists` for one whose purchase was told by itself, `HoldTooLong`, `NotEnoughPoints`,
    `NotEnoughValue`, `LimitExceeded`, `CouponState` or `MemberFrozen`.
    """

    order_id: str
    quote: str
    seconds: int | None = None
    reply_type = CheckoutHeld
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_id("order_id", self.order_id)
        check_id("quote", self.quote)
        if self.seconds is not None:
            check_whole("seconds", self.seconds)

    def __reduce__(self) -> tuple[Any, ...]:
        return travelling(self)

    def named_notes(self) -> Sequence[NoteKey]:
        return order_notes(self.order_id)

    def named_requests(self) -> Sequence[str]:
        return [purchase_key(self.order_id)]

    def decide(self, desk: Desk) -> CheckoutHeld:
        quote = self._quote(desk)
        note = hold(desk, self, self.order_id, quote, self.seconds)
        put_quote(desk.folio, self.order_id, None)
        desk.subject = self.order_id
        return CheckoutHeld(
            entry=desk.entry,
            recorded_at=desk.now,
            order_id=self.order_id,
            quote=quote.quote,
            deadline=note.deadline,
            tenders=quote.tenders,
            coupons=tuple(each.coupon for each in quote.coupons.discounts),
            total=quote.total,
            payment=quote.payment,
        )

    def _quote(self, desk: Desk) -> Quote:
        quote, note = find_quote(desk.folio, self.order_id), find_checkout(desk.folio, self.order_id)
        if quote is None or quote.quote != self.quote:
            if note is not None and note.quote.quote == self.quote:
                raise QuoteConsumed(order=self.order_id, quote=self.quote, entry=note.entry)
            raise UnknownQuote(member=self.member, order=self.order_id, quote=self.quote)
        if desk.now >= quote.lapses_at:
            until = quote.lapses_at.isoformat(timespec="seconds")
            raise QuoteLapsed(order=self.order_id, quote=self.quote, lapsed_at=until)
        return quote


class CheckoutReleased(Reply, frozen=True, kw_only=True):
    """Nothing is set aside for the order any more; `coupons` can be used again, unless they have expired."""

    order_id: str
    coupons: tuple[str, ...]


class ReleaseCheckout(Command[CheckoutReleased], frozen=True, kw_only=True, tag="release_checkout"):
    """Let go of all that was set aside for an order, such as when its payment has failed.

    Refused with `UnknownCheckout`, or `CheckoutState` where nothing is held any more.
    """

    order_id: str
    reply_type = CheckoutReleased

    def check(self) -> None:
        check_id("order_id", self.order_id)

    def named_notes(self) -> Sequence[NoteKey]:
        return order_notes(self.order_id)

    def decide(self, desk: Desk) -> CheckoutReleased:
        note = checkout_of(desk, self.order_id)
        state = moved(self.order_id, note.state, Move.RELEASE)
        release_holds(desk, self, note)
        coupons = release_coupons(desk, self.order_id)
        put_checkout(desk.folio, self.order_id, msgspec.structs.replace(note, state=state, since=desk.now))
        desk.subject = self.order_id
        return CheckoutReleased(
            entry=desk.entry, recorded_at=desk.now, order_id=self.order_id, coupons=coupons
        )
