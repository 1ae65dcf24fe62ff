"""Coupons of an order: reserved, released, used, and what they take off. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec

from tallybook.coupons.basket import Basket, check_basket
from tallybook.coupons.evaluation import together
from tallybook.coupons.facts import Combination, Coupon
from tallybook.coupons.holder import facts_of
from tallybook.coupons.moves import Move, State
from tallybook.coupons.notes import (
    BASKET,
    COUPON,
    RESERVED,
    USED,
    BasketNote,
    CouponNote,
    coupon_of,
    discount_unit,
    find_basket,
    move_coupon,
    put_basket,
)
from tallybook.engine.checks import check_id, check_several
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.accounts import DISCOUNT_COST, DISCOUNTED, NEVER, VESTED, Posting
from tallybook.journal.folio import Folio
from tallybook.journal.settle import Effect
from tallybook.programs.program import Program
from tallybook.refusals.coupons import (
    CouponNotUsable,
    CouponOrderState,
    CouponState,
    UnknownCouponOrder,
)

TOGETHER_MAX: Final = 50
"""Coupons of one order."""


def check_order(order: str, basket: Basket) -> None:
    """Raise `InvalidInput` for an order that makes no sense, or a basket that does not, or is another's."""
    check_id("order_id", order)
    check_basket(basket)
    if basket.order_id not in ("", order):
        raise InvalidInput("basket.order_id", f"must be {order!r} or left out")


def check_order_alone(order: str, basket: Basket | None) -> None:
    """The same of an order whose basket may be left out."""
    if basket is None:
        check_id("order_id", order)
    else:
        check_order(order, basket)


def check_coupons(coupons: Sequence[str], least: int) -> None:
    """Raise `InvalidInput` for coupons that no order can have."""
    check_several("coupons", coupons, str, least, TOGETHER_MAX, lists=False)
    for place, coupon in enumerate(coupons):
        check_id(f"coupons[{place}]", coupon)
    if len(set(coupons)) < len(coupons):
        raise InvalidInput("coupons", "must name each once")


def basket_of(folio: Folio, order: str, state: str) -> BasketNote:
    """What coupons an order has in a state; raises `UnknownCouponOrder` or `CouponOrderState`."""
    note = find_basket(folio, order)
    if note is None:
        raise UnknownCouponOrder(member=folio.member, order=order)
    if note.state != state:
        raise CouponOrderState(order=order, state=note.state, needed=state)
    return note


def free_for(folio: Folio, order: str, coupon: str) -> CouponNote:
    """A coupon that an order can have: its own or nobody's. Raises `UnknownCoupon` or `CouponState`."""
    note = coupon_of(folio, coupon)
    if note.state is State.RESERVED and note.order != order:
        problem = f"order {note.order} has it"
        raise CouponState(coupon=coupon, state=note.state, problem=problem)
    if note.state not in (State.ISSUED, State.RESERVED):
        raise CouponState(coupon=coupon, state=note.state, problem="it can only be used while it is issued")
    return note


def release_all(folio: Folio, order: str, coupons: Sequence[str], at: datetime) -> tuple[str, ...]:
    """Let go of those coupons that an order still has reserved; returns them."""
    released = []
    for coupon in coupons:
        note = coupon_of(folio, coupon)
        if note.state is State.RESERVED and note.order == order:
            move_coupon(folio, coupon, note, Move.RELEASE, at)
            released.append(coupon)
    return tuple(released)


def worth(desk: Desk, basket: Basket, coupons: Sequence[Coupon], at: datetime) -> Combination:
    """What coupons take off a basket together; raises `CouponNotUsable` for the first that does not."""
    found = together(basket, coupons, at, desk.program, facts_of(desk.folio, desk.program))
    if found.unusable:
        first = found.unusable[0]
        reason = first.reasons[0]
        raise CouponNotUsable(
            coupon=first.coupon,
            template=first.template,
            why=str(reason.why),
            asked=reason.asked or 0,
            there=reason.there or 0,
            detail=reason.detail or ", ".join(reason.wanted),
        )
    return found.combination


class Used(msgspec.Struct, frozen=True, kw_only=True):
    """What coupons took off an order."""

    combination: Combination
    note: BasketNote


def use(
    desk: Desk,
    order: str,
    basket: Basket | None,
    coupons: Sequence[str],
    *,
    store: str = "",
    operator: str = "",
) -> Used:
    """Use coupons for an order: those that are named, or those that it has reserved.

    What it has reserved is evaluated as of its reservation, and is let go where others are named. Raises
    `CouponOrderState`, `UnknownCouponOrder`, `UnknownCoupon`, `CouponState` or `CouponNotUsable`.
    """
    folio, before = desk.folio, find_basket(desk.folio, order)
    if before is not None and before.state != RESERVED:
        raise CouponOrderState(order=order, state=before.state, needed="none, or reserved")
    chosen = tuple(coupons) or basket_of(folio, order, RESERVED).coupons
    basket = basket or (None if before is None else before.basket)
    if basket is None:
        raise UnknownCouponOrder(member=folio.member, order=order)
    notes = {coupon: free_for(folio, order, coupon) for coupon in chosen}
    at = desk.now if before is None else before.at
    combination = worth(desk, basket, [notes[each].facts(each) for each in chosen], at)
    return use_as(desk, order, basket, notes, combination, desk.program, store=store, operator=operator)


def use_as(
    desk: Desk,
    order: str,
    basket: Basket,
    notes: Mapping[str, CouponNote],
    combination: Combination,
    program: Program,
    *,
    store: str = "",
    operator: str = "",
) -> Used:
    """Use coupons that an order can have for what they were found to take off, by a revision of the program.

    What else it has reserved is let go.
    """
    folio, before = desk.folio, find_basket(desk.folio, order)
    if before is not None:
        others = [each for each in before.coupons if each not in notes]
        release_all(folio, order, others, desk.now)
    for coupon, note in notes.items():
        move_coupon(folio, coupon, note, Move.USE, desk.now, order=order)
    used = BasketNote(
        coupons=tuple(notes),
        at=desk.now,
        state=USED,
        basket=basket,
        revision=program.revision,
        discounts=combination.discounts,
        funds={each.coupon: program.coupons[each.template].fund for each in combination.discounts},
        store=store,
        operator=operator,
    )
    put_basket(folio, order, used)
    for each in combination.discounts:
        post_cost(folio, each.template, used.funds[each.coupon], each.amount)
    return Used(combination=combination, note=used)


def free_notes(folio: Folio, order: str, coupons: Sequence[str], at: datetime) -> dict[str, CouponNote]:
    """The coupons that an order is to have, once it has let go of those that it has reserved.

    Raises `CouponOrderState` for an order that has used coupons, `UnknownCoupon` or `CouponState`.
    """
    before = find_basket(folio, order)
    if before is not None and before.state != RESERVED:
        raise CouponOrderState(order=order, state=before.state, needed="none, or reserved")
    if before is not None:
        release_all(folio, order, before.coupons, at)
    return {coupon: free_for(folio, order, coupon) for coupon in coupons}


def reserve(
    desk: Desk, order: str, notes: Mapping[str, CouponNote], basket: Basket | None, deadline: datetime
) -> None:
    """Keep coupons that an order can have for it until a moment."""
    for coupon, note in notes.items():
        move_coupon(desk.folio, coupon, note, Move.RESERVE, desk.now, order=order, due_at=deadline)
    put_basket(desk.folio, order, BasketNote(coupons=tuple(notes), at=desk.now, basket=basket), deadline)


def post_cost(folio: Folio, template: str, fund: str, amount: int) -> None:
    """Book what a coupon has taken off, at the cost of a fund; below zero where that comes back."""
    if amount:
        source, target = (DISCOUNT_COST, DISCOUNTED) if amount > 0 else (DISCOUNTED, DISCOUNT_COST)
        folio.post(Posting(discount_unit(template), fund, VESTED, NEVER, source, target, abs(amount)))


# --- what time does ---------------------------------------------------------------------------------------


def _time_out(folio: Folio, program: object, order: str, at: datetime) -> None:
    """Its coupons come with it: they wait for the same moment."""
    note = find_basket(folio, order)
    assert note is not None, "what falls due is there"
    waiting = [coupon for coupon in note.coupons if folio.notes.get((COUPON, coupon)) is not None]
    release_all(folio, order, waiting, at)
    put_basket(folio, order, None)


def _expire(folio: Folio, program: object, coupon: str, at: datetime) -> None:
    move_coupon(folio, coupon, coupon_of(folio, coupon), Move.EXPIRE, at)


TIME_OUT_RESERVATION: Final = Effect("reservation_timed_out", _time_out)
"""What time does to coupons that an order has reserved for too long: its note falls due before theirs."""
EXPIRE_COUPON: Final = Effect("coupon_expired", _expire)
"""What time does to a coupon whose end has come."""
assert BASKET < COUPON, "at one moment, notes fall due in the order of their kinds"
