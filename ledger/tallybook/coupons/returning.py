"""What comes back of an order's coupons, and of what they cost. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from tallybook.coupons.basket import SHIPPING, Basket, line_ids
from tallybook.coupons.kept import KeptDiscount, kept_discounts
from tallybook.coupons.moves import Move, State
from tallybook.coupons.notes import USED, BasketNote, coupon_of, move_coupon, put_basket
from tallybook.coupons.orders import basket_of, post_cost
from tallybook.engine.desk import Desk
from tallybook.programs.coupons import CouponTemplate, OnPartialRefund
from tallybook.programs.expiry import after_days
from tallybook.programs.program import Program
from tallybook.refusals.coupons import ReturnExceedsOrder, UnknownCouponOrder


class CouponBack(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a coupon of an order: whether it came back now, and its state and end after that.

    `amount` of its discount went back now, and `shares` by line. Where lines bear several coupons, a cent
    that is rounded may pass from one to another later: then it is below zero.
    """

    coupon: str
    template: str
    is_back: bool
    state: State
    ends_at: datetime
    amount: int
    shares: dict[str, int]


def return_order(
    desk: Desk, order: str, lines: Mapping[str, int] | None, is_cancelled: bool
) -> tuple[CouponBack, ...]:
    """Give back coupons of an order of which so many pieces by line, all with None, go back now.

    Returns what became of each of its coupons. Raises `UnknownCouponOrder`, `CouponOrderState` or
    `ReturnExceedsOrder`.
    """
    folio = desk.folio
    note = basket_of(folio, order, USED)
    returned, is_whole = gone_back(order, folio.member, note, lines)
    program = desk.revision(note.revision)
    before, now = kept_of(note, note.returned, program), kept_of(note, returned, program)
    given_back, told = list(note.given_back), []
    for was, kept in zip(before, now, strict=True):
        template = program.coupons[kept.template]
        amount, shares = take_off(desk, note, was, kept)
        is_used = coupon_of(folio, kept.coupon).state is State.USED and kept.coupon not in given_back
        is_back = is_used and comes_back(template, kept, is_whole, is_cancelled)
        if is_back:
            give_back(desk, kept.coupon, template)
            given_back.append(kept.coupon)
        after = coupon_of(folio, kept.coupon)
        told.append(
            CouponBack(
                coupon=kept.coupon,
                template=kept.template,
                is_back=is_back,
                state=after.state,
                ends_at=after.ends_at,
                amount=amount,
                shares=shares,
            )
        )
    put_basket(folio, order, msgspec.structs.replace(note, returned=returned, given_back=tuple(given_back)))
    return tuple(told)


def pieces_of(basket: Basket) -> dict[str, int]:
    """How many pieces each line of a basket has; the shipping is one."""
    pieces = dict(zip(line_ids(basket.lines), (line.quantity for line in basket.lines), strict=True))
    return {**pieces, SHIPPING: 1} if basket.shipping else pieces


def gone_back(
    order: str, member: str, note: BasketNote, lines: Mapping[str, int] | None
) -> tuple[dict[str, int], bool]:
    """The pieces that have gone back with these, all with None, and whether that is the whole order.

    Raises `ReturnExceedsOrder`.
    """
    if note.basket is None:
        raise UnknownCouponOrder(member=member, order=order)
    pieces = pieces_of(note.basket)
    if lines is None:
        return pieces, True
    returned = dict(note.returned)
    for line, number in lines.items():
        left = pieces.get(line, 0) - returned.get(line, 0)
        if number > left:
            raise ReturnExceedsOrder(order=order, line=line, asked=number, left=left)
        returned[line] = returned.get(line, 0) + number
    goods = {line for line in pieces if line != SHIPPING or line in returned}
    return dict(sorted(returned.items())), all(returned.get(line) == pieces[line] for line in goods)


def comes_back(template: CouponTemplate, kept: KeptDiscount, is_whole: bool, is_cancelled: bool) -> bool:
    """Whether a coupon comes back by its template's policy."""
    returns = template.returns
    if is_cancelled:
        return returns.on_cancel
    if is_whole:
        return returns.on_full_refund
    if returns.on_partial_refund is OnPartialRefund.BELOW_MINIMUM:
        return not kept.is_enough
    return returns.on_partial_refund is OnPartialRefund.ALWAYS


def kept_of(note: BasketNote, returned: Mapping[str, int], program: Program) -> tuple[KeptDiscount, ...]:
    """What is left of an order's discounts, by the program that they were given by."""
    assert note.basket is not None, "what was used was used for a basket"
    return kept_discounts(note.basket, note.discounts, returned, program.coupons)


def take_off(
    desk: Desk, note: BasketNote, before: KeptDiscount, now: KeptDiscount
) -> tuple[int, dict[str, int]]:
    """Book what of a coupon's discount has gone back since; returns it, in all and by line."""
    shares = {
        line: more
        for line in sorted(now.returned.keys() | before.returned.keys())
        if (more := now.returned.get(line, 0) - before.returned.get(line, 0))
    }
    amount = sum(now.returned.values()) - sum(before.returned.values())
    post_cost(desk.folio, now.template, note.funds[now.coupon], -amount)
    return amount, shares


def give_back(desk: Desk, coupon: str, template: CouponTemplate) -> None:
    """Let a used coupon be used again, for as long as its template extends it."""
    note = coupon_of(desk.folio, coupon)
    ends_at, extension = note.ends_at, template.returns.extension_days
    if extension is not None:
        last = after_days(desk.today, extension - 1)
        ends_at = max(ends_at, desk.program.days.end_of(last))
    move_coupon(desk.folio, coupon, note, Move.RETURN, desk.now, ends_at=ends_at)
