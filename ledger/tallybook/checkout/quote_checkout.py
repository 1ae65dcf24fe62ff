"""QuoteCheckout: what an order costs, what it is paid with and what it earns. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from tallybook.checkout.capture_checkout import capture
from tallybook.checkout.hold_checkout import hold, order_notes, release_holds
from tallybook.checkout.moves import Move, moved
from tallybook.checkout.notes import Quote, find_checkout, put_quote, state_of
from tallybook.checkout.prices import PricedLine as Line
from tallybook.checkout.prices import price, purchase_of, whole_of, worth_of
from tallybook.checkout.tenders import AskedTender, choose
from tallybook.coupons.basket import SHIPPING, Basket, line_ids
from tallybook.coupons.evaluation import COUPONS_MAX, evaluate
from tallybook.coupons.facts import Combination, Coupon
from tallybook.coupons.holder import facts_of
from tallybook.coupons.moves import State
from tallybook.coupons.notes import COUPON, CouponNote, coupon_keys
from tallybook.coupons.orders import check_coupons, check_order, free_for, worth
from tallybook.earning.events import EVENT_ID_LENGTH_MAX, purchase_key
from tallybook.earning.record_event import RecordEvent
from tallybook.engine.checks import check_id, check_several, check_whole
from tallybook.engine.command import AnyCommand, Command, Reply, travelling
from tallybook.engine.desk import Desk
from tallybook.engine.parts import tried
from tallybook.errors import InvalidInput
from tallybook.growth.benefits import benefits_at
from tallybook.growth.newcomers import referrer_handles
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey, decoded
from tallybook.members.bearers import check_member_name
from tallybook.members.spending import spendable
from tallybook.programs.checkout_document import TENDERS_MAX
from tallybook.programs.program import Program


class CheckoutQuoted(Reply, frozen=True, kw_only=True):
    """What the order costs and is paid with, which stands until `quote.lapses_at`.

    `total` is to be paid in all, and `payment` of it with money from outside.
    """

    order_id: str
    quote: Quote
    total: int
    payment: int

    def __reduce__(self) -> tuple[Any, ...]:
        return travelling(self)


class QuoteCheckout(Command[CheckoutQuoted], frozen=True, kw_only=True, tag="quote_checkout"):
    """Work out what an order costs, and pin it for a while: prices, rules, and the moment of all that.

    `coupons` are used, by default those that are best together. Each of `tenders` pays so many units, or as
    much as there is and limits of spending let go of. The quote's own name is the request id, and a later
    quote of the order replaces it. It sets nothing aside; but what could not be held and captured now is
    refused with what would refuse that. Try it out to show a basket: nothing is pinned then.

    Refused with `CheckoutState` or `EventExists` for an order that is paid, `UnknownTender`,
    `TenderCurrency`, `TenderExceedsLimit`, `UnknownCoupon`, `CouponState`, `CouponNotUsable`, or as
    `HoldCheckout` and `CaptureCheckout` are.
    """

    order_id: str
    basket: Basket
    coupons: tuple[str, ...] | None = None
    tenders: tuple[AskedTender, ...] = ()
    reply_type = CheckoutQuoted
    part_types = (RecordEvent,)

    def __reduce__(self) -> tuple[Any, ...]:
        return travelling(self)

    def check(self) -> None:
        check_member_name(self.member)
        check_order(self.order_id, self.basket)
        if len(self.order_id) > EVENT_ID_LENGTH_MAX:
            raise InvalidInput("order_id", f"must have at most {EVENT_ID_LENGTH_MAX} characters")
        if SHIPPING in line_ids(self.basket.lines):
            raise InvalidInput("basket.lines", f"must not be called {SHIPPING}")
        if self.coupons is not None:
            check_coupons(self.coupons, least=0)
        check_several("tenders", self.tenders, AskedTender, 0, TENDERS_MAX)
        for place, each in enumerate(self.tenders):
            check_id(f"tenders[{place}].tender", each.tender)
            if each.units is not None:
                check_whole(f"tenders[{place}].units", each.units)
        if len({each.tender for each in self.tenders}) < len(self.tenders):
            raise InvalidInput("tenders", "must name each once")

    def named_notes(self) -> Sequence[NoteKey]:
        return [
            *order_notes(self.order_id),
            *(key for each in self.coupons or () for key in coupon_keys(each)),
        ]

    def named_requests(self) -> Sequence[str]:
        return [purchase_key(self.order_id)]

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        return referrer_handles(program, holders, self.member)

    def parts(self, folio: Folio) -> Sequence[AnyCommand]:
        basket = self.basket
        names = [*line_ids(basket.lines), *([SHIPPING] if basket.shipping else [])]
        quantities = [*(line.quantity for line in basket.lines), 1]
        lines = [
            Line(line=name, quantity=quantity, amount=0)
            for name, quantity in zip(names, quantities, strict=False)
        ]
        event = purchase_of(self.order_id, basket, whole_of(lines))
        return [RecordEvent(program=self.program, member=self.member, event=event)]

    def decide(self, desk: Desk) -> CheckoutQuoted:
        with tried(desk):
            quote = self._quote(desk)
            hold(desk, self, self.order_id, quote)
            told = capture(desk, self, self.order_id).event
        earns = {each.unit: each.given for each in told.moved if each.given}
        quote = msgspec.structs.replace(quote, earns=earns)
        put_quote(desk.folio, self.order_id, quote)
        desk.subject = self.order_id
        return CheckoutQuoted(
            entry=desk.entry,
            recorded_at=desk.now,
            order_id=self.order_id,
            quote=quote,
            total=quote.total,
            payment=quote.payment,
        )

    def _quote(self, desk: Desk) -> Quote:
        """What the order costs once it has let go of what it holds."""
        before = find_checkout(desk.folio, self.order_id)
        moved(self.order_id, state_of(before), Move.HOLD)
        release_holds(desk, self, before)
        program = desk.program
        basis_points = benefits_at(desk.folio, program, desk.now).discount_basis_points
        coupons = self._coupons(desk)
        priced = price(self.basket, basis_points, program.checkout, self._combine(desk, coupons))
        tenders = choose(
            program,
            self.tenders,
            worth_of(whole_of(priced.lines)),
            self.basket.currency,
            lambda unit, before: spendable(desk, desk.unit(unit), before),
        )
        return Quote(
            quote=self.request_id,
            at=desk.now,
            lapses_at=self._lapses_at(desk, coupons, priced.coupons),
            revision=program.revision,
            basket=self.basket,
            lines=priced.lines,
            coupons=priced.coupons,
            tenders=tenders,
            discount_basis_points=basis_points,
            seen=None if priced.seen == self.basket else priced.seen,
        )

    def _coupons(self, desk: Desk) -> list[Coupon]:
        """The coupons that are named, or all that the order can have, those that end first foremost."""
        folio, order = desk.folio, self.order_id
        if self.coupons is not None:
            return [free_for(folio, order, each).facts(each) for each in self.coupons]
        found = []
        for (kind, coupon), body in folio.notes.items():
            note = decoded(CouponNote, body) if kind == COUPON else None
            if note is not None and (note.state is State.ISSUED or note.order == order):
                found.append(note.facts(coupon))
        return sorted(found, key=lambda each: (each.ends_at, each.coupon))[:COUPONS_MAX]

    def _combine(self, desk: Desk, coupons: Sequence[Coupon]) -> Callable[[Basket], Combination]:
        def combination(basket: Basket) -> Combination:
            if self.coupons is not None:
                return worth(desk, basket, coupons, desk.now)
            member = facts_of(desk.folio, desk.program)
            return evaluate(basket, coupons, desk.now, desk.program, member).best

        return combination

    def _lapses_at(self, desk: Desk, coupons: Sequence[Coupon], used: Combination) -> datetime:
        """A quote stands no longer than its coupons do."""
        names = {each.coupon for each in used.discounts}
        ends = [each.ends_at for each in coupons if each.coupon in names]
        return min([desk.now + timedelta(seconds=desk.program.checkout.quote_seconds), *ends])
