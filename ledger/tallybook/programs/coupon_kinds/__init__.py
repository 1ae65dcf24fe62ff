"""The kinds of coupons: a new one is a file beside this one, and a line below. Pure: no clock, no database.

Each file has the terms that a document may say, and the offer that they come to: what a coupon takes off.
"""

from __future__ import annotations

from typing import Annotated, Final, get_args

from pydantic import Field

from tallybook.programs.coupon_kinds.amount_off import AmountOffTerms
from tallybook.programs.coupon_kinds.fixed_price import FixedPriceTerms
from tallybook.programs.coupon_kinds.free_item import FreeItemTerms
from tallybook.programs.coupon_kinds.free_shipping import FreeShippingTerms
from tallybook.programs.coupon_kinds.nth_item import NthItemTerms
from tallybook.programs.coupon_kinds.percentage import PercentageTerms

Terms = Annotated[
    FixedPriceTerms | FreeItemTerms | NthItemTerms | PercentageTerms | AmountOffTerms | FreeShippingTerms,
    Field(discriminator="kind"),
]
"""What a document says of an offer."""

KINDS: Final[tuple[type, ...]] = get_args(get_args(Terms)[0])
"""Every kind, in the order in which they are applied: first those that say what pieces cost."""
