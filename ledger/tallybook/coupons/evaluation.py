"""What coupons are worth for a basket: each by itself, and the best together. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from tallybook.coupons.applicability import Applicability, CouponProgram, Reach, reach_of
from tallybook.coupons.basket import Basket, Goods, check_basket
from tallybook.coupons.candidates import Candidate, candidate
from tallybook.coupons.combination import STEPS_MAX, best_of
from tallybook.coupons.facts import Combination, Coupon, Discount, MemberFacts, Reason, Unusable, Why
from tallybook.errors import InvalidInput

COUPONS_MAX: Final = 200


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """What coupons are worth for a basket.

    `usable` tells what each takes off by itself, by falling amount; `unusable` are the others. `best` is the
    best combination; without `is_proven` the search was cut short, and there may be a better one.
    """

    usable: tuple[Discount, ...]
    unusable: tuple[Unusable, ...]
    best: Combination
    is_proven: bool


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """What chosen coupons take off together, and those of them that cannot be used so."""

    combination: Combination
    unusable: tuple[Unusable, ...]


def evaluate(
    basket: Basket,
    coupons: Sequence[Coupon],
    at: datetime,
    program: CouponProgram,
    member: MemberFacts,
    steps_max: int = STEPS_MAX,
) -> Evaluation:
    """What the coupons that a member has come to for a basket, at a moment in UTC.

    The same facts have the same answer, whatever the order of coupons and lines. `steps_max` bounds the work
    of the search for the best combination. Raises `InvalidInput` for a basket that makes no sense, and for
    more than COUPONS_MAX coupons.
    """
    goods, candidates, unusable = _candidates(basket, coupons, at, program, member)
    usable, alone = [], []
    for each in candidates:
        taken = each.take(goods.left)
        if taken is None:
            unusable.append(_unusable(each.coupon, (Reason(why=Why.NOTHING_TO_TAKE),)))
        else:
            usable.append(each)
            alone.append(each.discount(taken, goods))
    found = best_of(usable, goods.left, steps_max)
    return Evaluation(
        usable=tuple(sorted(alone, key=lambda each: (-each.amount, each.coupon))),
        unusable=_sorted(unusable),
        best=_combination([each.discount(taken, goods) for each, taken in found.used]),
        is_proven=found.is_proven,
    )


def together(
    basket: Basket, coupons: Sequence[Coupon], at: datetime, program: CouponProgram, member: MemberFacts
) -> Together:
    """What these coupons take off a basket together, as somebody has chosen them, at a moment in UTC.

    They are taken up in the order of their application. One that does not go with those before it, or finds
    nothing left to take, is left out and told. Raises as `evaluate` does.
    """
    goods, candidates, unusable = _candidates(basket, coupons, at, program, member)
    left: Sequence[int] = goods.left
    used: list[Candidate] = []
    discounts = []
    for each in sorted(candidates, key=lambda each: each.turn):
        reasons = _against(each, used, left)
        taken = None if reasons else each.take(left)
        if taken is None:
            unusable.append(_unusable(each.coupon, reasons or (Reason(why=Why.NOTHING_TO_TAKE),)))
            continue
        left = taken.left
        used.append(each)
        discounts.append(each.discount(taken, goods))
    return Together(combination=_combination(discounts), unusable=_sorted(unusable))


def _candidates(
    basket: Basket, coupons: Sequence[Coupon], at: datetime, program: CouponProgram, member: MemberFacts
) -> tuple[Goods, list[Candidate], list[Unusable]]:
    """The basket's goods, the coupons that can be used for them by themselves, and the others."""
    check_basket(basket)
    if len(coupons) > COUPONS_MAX:
        raise InvalidInput("coupons", f"must be at most {COUPONS_MAX}, not {len(coupons)}")
    if len({each.coupon for each in coupons}) < len(coupons):
        raise InvalidInput("coupons", "name one twice")
    goods = Goods(basket)
    templates = {each.template: program.coupons.get(each.template) for each in coupons}
    conditions = [each.condition for each in templates.values() if each is not None]
    reads = {name for each in conditions if each is not None for name in each.reads}
    applicability = Applicability(basket, goods, at, program, member, reads)
    reaches: dict[str, Reach] = {}
    found, unusable = [], []
    for coupon in coupons:
        template = templates[coupon.template]
        if template is None:
            unusable.append(_unusable(coupon, (Reason(why=Why.UNKNOWN_TEMPLATE),)))
            continue
        if template.code not in reaches:
            reaches[template.code] = reach_of(template, goods)
        reach = reaches[template.code]
        reasons = applicability.reasons(coupon, template, reach)
        if reasons:
            unusable.append(_unusable(coupon, reasons))
        else:
            found.append(candidate(coupon, template, reach, goods))
    return goods, found, unusable


def _against(each: Candidate, used: Sequence[Candidate], left: Sequence[int]) -> tuple[Reason, ...]:
    """Why a coupon cannot be used after others."""
    template = each.template
    others = [other.coupon.coupon for other in used if not each.goes_with(other)]
    reasons = [Reason(why=Why.NOT_TOGETHER, detail=other) for other in others]
    copies = sum(other.template is template for other in used)
    if copies >= template.stacking.most_per_order:
        reasons.append(Reason(why=Why.TOO_MANY, asked=template.stacking.most_per_order, there=copies + 1))
    spent = each.spent(left)
    if template.spend_after_coupons and spent < template.min_spend:
        reasons.append(Reason(why=Why.BELOW_SPEND, asked=template.min_spend, there=spent))
    return tuple(reasons)


def _unusable(coupon: Coupon, reasons: tuple[Reason, ...]) -> Unusable:
    return Unusable(coupon=coupon.coupon, template=coupon.template, reasons=reasons)


def _sorted(unusable: Sequence[Unusable]) -> tuple[Unusable, ...]:
    return tuple(sorted(unusable, key=lambda each: each.coupon))


def _combination(discounts: Sequence[Discount]) -> Combination:
    return Combination(discounts=tuple(discounts), amount=sum(each.amount for each in discounts))
