"""The kinds of items: a new one is a file beside this one, and a line below. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tallybook.mall.kinds.coupon import COUPON
from tallybook.mall.kinds.days import DAYS
from tallybook.mall.kinds.goods import GOODS
from tallybook.mall.kinds.kind import Kind
from tallybook.mall.kinds.units import UNITS
from tallybook.mall.kinds.value import VALUE
from tallybook.programs.mall import Gives, Goods, ValueReward
from tallybook.programs.rewards import CouponReward, MembershipDaysReward, UnitsReward

KINDS: Final[Mapping[type, Kind]] = {
    Goods: GOODS,
    UnitsReward: UNITS,
    CouponReward: COUPON,
    MembershipDaysReward: DAYS,
    ValueReward: VALUE,
}
"""What an item gives; one of several is the item that was chosen."""


def kind_of(gives: Gives) -> Kind:
    """How it is given."""
    return KINDS[type(gives)]
