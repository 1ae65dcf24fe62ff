"""Issuing coupons: what is asked before, and what is done. Pure: no clock, no database."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final

import msgspec

from tallybook.coupons.limits import count_limits
from tallybook.coupons.notes import (
    CouponNote,
    coupon_keys,
    coupon_unit,
    pieces,
    put_coupon,
)
from tallybook.engine.desk import Desk
from tallybook.journal.accounts import COUPONS_ISSUED, COUPONS_OPEN
from tallybook.journal.folio import Folio
from tallybook.programs.coupons import CouponTemplate, stock_pool
from tallybook.programs.program import Program
from tallybook.refusals.coupons import CouponNotClaimable, CouponOutOfStock, UnknownCouponTemplate

ID_BYTES: Final = 10


class NewCoupon(msgspec.Struct, frozen=True, kw_only=True):
    """A coupon that was issued; it can be used from `starts_at` on until before `ends_at`."""

    coupon: str
    template: str
    starts_at: datetime
    ends_at: datetime


def template_of(program: Program, code: str) -> CouponTemplate:
    """A template of the program; raises `UnknownCouponTemplate`."""
    template = program.coupons.get(code)
    if template is None:
        raise UnknownCouponTemplate(program=program.code, template=code)
    return template


def check_usable_ever(desk: Desk, template: CouponTemplate) -> None:
    """Raise `CouponNotClaimable` for coupons that would have expired when they are issued."""
    ends_at = template.validity.ends_at
    if ends_at is not None and ends_at <= desk.now:
        raise CouponNotClaimable(template=template.code, problem="their time is over")


def draw_stock(desk: Desk, template: CouponTemplate, number: int) -> None:
    """Count what is issued of a template, of its stock if it has one; raises `CouponOutOfStock`."""
    if template.stock is None:
        desk.folio.post(pieces(template.code, COUPONS_ISSUED, COUPONS_OPEN, number))
        return
    pool = stock_pool(template.code)
    left = max(0, template.stock - desk.drawn(pool))
    if number > left:
        raise CouponOutOfStock(template=template.code, asked=number, left=left)
    desk.draw(pool, coupon_unit(template.code), number)


def stocks_of(template: CouponTemplate | None) -> Collection[str]:
    """The pool that is drawn on by who issues coupons of a template, where there is one."""
    return () if template is None or template.stock is None else (stock_pool(template.code),)


def issued(desk: Desk, template: CouponTemplate, number: int) -> tuple[NewCoupon, ...]:
    """Issue coupons to the desk's member, within stock and limits; raises what the checks raise."""
    check_usable_ever(desk, template)
    count_limits(desk, template, number)
    draw_stock(desk, template, number)
    return tuple(_put_new(desk.folio, desk.program, template, desk.now, number))


def give_coupons(folio: Folio, program: Program, template: str, number: int, at: datetime) -> tuple[str, ...]:
    """Give coupons as a reward, and name them: templates of rewards have no stock, and limit nothing."""
    found = program.coupons[template]
    folio.post(pieces(template, COUPONS_ISSUED, COUPONS_OPEN, number))
    return tuple(each.coupon for each in _put_new(folio, program, found, at, number))


def put_new(
    folio: Folio, program: Program, template: CouponTemplate, at: datetime, code: str = ""
) -> NewCoupon:
    """File a new coupon, issued at a moment."""
    (coupon,) = _put_new(folio, program, template, at, 1, code)
    return coupon


def _put_new(
    folio: Folio, program: Program, template: CouponTemplate, at: datetime, number: int, code: str = ""
) -> Iterator[NewCoupon]:
    """File so many new coupons."""
    starts_at, ends_at = template.validity.span(at, program.days)
    note = CouponNote(
        template=template.code, issued_at=at, starts_at=starts_at, ends_at=ends_at, since=at, code=code
    )
    first = _first_free(folio)
    for place in range(first, first + number):
        coupon = _name(folio, place)
        put_coupon(folio, coupon, note)
        yield NewCoupon(coupon=coupon, template=template.code, starts_at=starts_at, ends_at=ends_at)


def _first_free(folio: Folio) -> int:
    """The place of the next coupon among those of the entry that is being written. They have places from 1 on
    without a gap, so it is found by halving.
    """

    def is_free(place: int) -> bool:
        return all(folio.notes.get(key) is None for key in coupon_keys(_name(folio, place)))

    end = 1
    while not is_free(end):
        end *= 2
    return bisect_left(range(end), True, (end + 1) // 2, key=is_free)


def _name(folio: Folio, place: int) -> str:
    """What a coupon of the entry that is being written is called. No other entry, of nobody, has the same
    ones: so a coupon keeps its name wherever it goes.
    """
    text = f"{folio.program}\0{folio.member}\0{folio.next_version}\0{place}"
    return hashlib.blake2b(text.encode(), digest_size=ID_BYTES).hexdigest()
