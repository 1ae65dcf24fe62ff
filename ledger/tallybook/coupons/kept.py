"""What is left of coupons when parts of their order go back. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from tallybook.coupons.applicability import reach_of
from tallybook.coupons.basket import Basket, Goods
from tallybook.coupons.facts import Discount
from tallybook.programs.coupons import CouponTemplate


class KeptDiscount(msgspec.Struct, frozen=True, kw_only=True):
    """A coupon's discount, by line id: what stays with the order, and what went back with parts of it.

    `is_enough` says whether what is kept would still do for the coupon: its minimum, and the pieces that its
    offer needs.
    """

    coupon: str
    template: str
    kept: dict[str, int]
    returned: dict[str, int]
    is_enough: bool


def kept_discounts(
    basket: Basket,
    discounts: Sequence[Discount],
    returned: Mapping[str, int],
    templates: Mapping[str, CouponTemplate],
) -> tuple[KeptDiscount, ...]:
    """What is left of discounts on an order of which so many pieces went back by now, by line id.

    `returned` counts all that has gone back so far, whether at once or in parts: the answer is the same. The
    shipping has one piece. Each piece of a line bears the same part of what all coupons took off it, rounded
    down for what went back: so no coupon's parts come to more than its share, and nobody is paid back more
    than was paid. `discounts` stand in the order in which they were applied.
    """
    goods = Goods(basket)
    back = [returned.get(name, 0) for name in goods.ids]
    assert all(0 <= each <= whole for each, whole in zip(back, goods.quantities, strict=True))
    there = [whole - each for each, whole in zip(back, goods.quantities, strict=True)]
    left = [
        amount - amount * each // whole
        for amount, each, whole in zip(goods.left, back, goods.quantities, strict=True)
    ]
    found, after = [], list(left)
    borne, gone_before = [0] * len(left), [0] * len(left)
    for each in discounts:
        shares = [each.shares.get(name, 0) for name in goods.ids]
        borne = [before + share for before, share in zip(borne, shares, strict=True)]
        gone_now = [
            share * pieces // whole
            for share, pieces, whole in zip(borne, back, goods.quantities, strict=True)
        ]
        gone = [now - before for now, before in zip(gone_now, gone_before, strict=True)]
        gone_before = gone_now
        kept = [share - less for share, less in zip(shares, gone, strict=True)]
        template = templates[each.template]
        counted = after if template.spend_after_coupons else left
        found.append(
            KeptDiscount(
                coupon=each.coupon,
                template=each.template,
                kept=_by_name(goods, kept),
                returned=_by_name(goods, gone),
                is_enough=_is_enough(template, goods, counted, there),
            )
        )
        after = [amount - share for amount, share in zip(after, kept, strict=True)]
    return tuple(found)


def _is_enough(
    template: CouponTemplate, goods: Goods, left: Sequence[int], quantities: Sequence[int]
) -> bool:
    reach = reach_of(template, goods)
    pieces = sum(quantities[place] for place in reach.counted)
    return (
        pieces >= max(1, template.min_quantity)
        and sum(left[place] for place in reach.counted) >= template.min_spend
        and sum(quantities[place] for place in reach.places) >= max(1, template.offer.least_pieces)
    )


def _by_name(goods: Goods, shares: Sequence[int]) -> dict[str, int]:
    return {name: share for name, share in zip(goods.ids, shares, strict=True) if share}
