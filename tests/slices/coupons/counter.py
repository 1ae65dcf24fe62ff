"""A counter for tests of coupons: short ways to write templates, coupons and baskets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from tallybook.coupons.basket import Basket, BasketLine
from tallybook.coupons.evaluation import Evaluation, Together, evaluate, together
from tallybook.coupons.facts import Coupon, Discount, MemberFacts
from tallybook.programs.conditions import compile_condition
from tallybook.programs.coupon_kinds.amount_off import AmountOff
from tallybook.programs.coupon_kinds.fixed_price import FixedPrice
from tallybook.programs.coupon_kinds.free_item import FreeItem
from tallybook.programs.coupon_kinds.free_shipping import FreeShipping
from tallybook.programs.coupon_kinds.nth_item import NthItem
from tallybook.programs.coupon_kinds.offer import Offer
from tallybook.programs.coupon_kinds.percentage import Percentage
from tallybook.programs.coupons import CouponTemplate, Stacking
from tallybook.programs.rules import LineFilter, Rules, Spend

TUESDAY: Final = datetime(2026, 3, 3, 12, tzinfo=UTC)
GOLD: Final = MemberFacts(
    tier="gold", tags=("vip",), enrolled_at=datetime(2026, 1, 1, tzinfo=UTC), birthday_month=3
)
ORDER_OF_KINDS: Final = (FixedPrice, FreeItem, NthItem, Percentage, AmountOff, FreeShipping)
WITH_ANY: Final = Stacking(stacks_with=None)


@dataclass(frozen=True)
class CouponsOnly:
    """As much of a program as coupons need."""

    coupons: Mapping[str, CouponTemplate]
    rules: Rules
    zone: ZoneInfo


def program(*templates: CouponTemplate, spend: Spend = Spend(), zone: str = "UTC") -> CouponsOnly:  # noqa: B008
    """A program of these templates."""
    return CouponsOnly({each.code: each for each in templates}, Rules(spend=spend), ZoneInfo(zone))


def template(offer: Offer, code: str = "t", condition: str = "", **changes: Any) -> CouponTemplate:
    """A template for orders in dollars, used with any other unless otherwise said."""
    given = {
        "display_name": code,
        "currency": "USD",
        "rank": ORDER_OF_KINDS.index(type(offer)),
        "condition": compile_condition(condition) if condition else None,
        "stacking": WITH_ANY,
        **changes,
    }
    return CouponTemplate(code=code, offer=offer, **given)


def only(**names: Iterable[str]) -> LineFilter:
    """A filter, such as categories="xy" for x and y."""
    return LineFilter(**{kind: frozenset(each) for kind, each in names.items()})


def coupon(template: str = "t", name: str = "", days: int = 30) -> Coupon:
    """One that can be used since yesterday, and for some days more."""
    return Coupon(
        coupon=name or template,
        template=template,
        starts_at=TUESDAY - timedelta(days=1),
        ends_at=TUESDAY + timedelta(days=days),
    )


def line(amount: int, category: str = "", **changes: Any) -> BasketLine:
    return BasketLine(amount=amount, category=category, **changes)


def basket(*lines: BasketLine | int, **changes: Any) -> Basket:
    """A basket in dollars; a number is a line of so many cents."""
    told = tuple(BasketLine(amount=each) if isinstance(each, int) else each for each in lines)
    return Basket(**{"currency": "USD", "lines": told, **changes})


def evaluated(of: Basket, *templates: CouponTemplate, **changes: Any) -> Evaluation:
    """What one coupon of each template comes to, or the `coupons` that are given."""
    given = {"coupons": [coupon(each.code) for each in templates], "at": TUESDAY, "member": GOLD, **changes}
    shared = {name: given.pop(name) for name in ("spend", "zone") if name in given}
    return evaluate(of, program=program(*templates, **shared), **given)


def taken_together(of: Basket, *templates: CouponTemplate, **changes: Any) -> Together:
    """What one coupon of each template takes off together, or the `coupons` that are given."""
    given = {"coupons": [coupon(each.code) for each in templates], "at": TUESDAY, "member": GOLD, **changes}
    return together(of, program=program(*templates), **given)


def alone(of: Basket, offer: Offer, **changes: Any) -> Discount | None:
    """What a coupon with this offer takes off, or None."""
    usable = evaluated(of, template(offer, **changes)).usable
    return usable[0] if usable else None
