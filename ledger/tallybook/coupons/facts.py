"""What is known when coupons are evaluated, and what it comes to. Pure: no clock, no database."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class Coupon(msgspec.Struct, frozen=True, kw_only=True):
    """One coupon that a member has and that can be used from `starts_at` on until before `ends_at`."""

    coupon: str
    template: str
    starts_at: datetime
    ends_at: datetime


class MemberFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What coupons want to know of a member. `birthday_month` is 0 where it is not known.

    `tier` is that of the main ladder, `tiers` those of all, and `memberships` the plans that it has now.
    `orders` is how many orders stand, those refunded wholly left out, and `last_purchase_at` when the last
    was.
    """

    tier: str
    tags: tuple[str, ...]
    enrolled_at: datetime
    birthday_month: int = 0
    tiers: tuple[str, ...] = ()
    memberships: tuple[str, ...] = ()
    orders: int = 0
    last_purchase_at: datetime | None = None


class Why(StrEnum):
    """Why a coupon takes nothing off."""

    UNKNOWN_TEMPLATE = "unknown_template"  # the program has no such template at this time
    NOT_YET = "not_yet"  # can be used from `at` on
    EXPIRED = "expired"  # could be used until before `at`
    NOT_NOW = "not_now"  # is for the calendars `wanted`
    WRONG_CURRENCY = "wrong_currency"  # is for the currency `wanted`
    WRONG_CHANNEL = "wrong_channel"  # is for the channels `wanted`
    WRONG_STORE = "wrong_store"  # is for the stores `wanted`
    WRONG_TIER = "wrong_tier"  # is for the tiers `wanted`
    NO_TAG = "no_tag"  # is for members with any of the tags `wanted`
    NOT_FIRST_ORDER = "not_first_order"  # is for the first order; the member has made so many as are `there`
    NO_LINE_COUNTS = "no_line_counts"  # no line is one that it is for, or that counts towards its minimum
    BELOW_SPEND = "below_spend"  # the lines that count cost less than `asked`
    BELOW_QUANTITY = "below_quantity"  # the lines that count have fewer pieces than `asked`
    CONDITION_NOT_MET = "condition_not_met"
    CONDITION_FAILED = "condition_failed"  # its condition has no answer: `detail` says why
    NOTHING_TO_TAKE = "nothing_to_take"  # what it is for costs nothing more, or no more than its price
    NOT_TOGETHER = "not_together"  # is not used together with the coupon in `detail`
    RESERVED = "reserved"  # is reserved for the order in `detail`
    TOO_MANY = "too_many"  # an order takes `asked` coupons of its template


class Reason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a coupon takes nothing off, with the facts: see `Why` for which of them belong to it.

    Where names are `wanted`, some of them are told.
    """

    why: Why
    asked: int | None = None
    there: int | None = None
    at: datetime | None = None
    wanted: tuple[str, ...] = ()
    detail: str = ""


class Unusable(msgspec.Struct, frozen=True, kw_only=True):
    """A coupon that cannot be used, and every reason why."""

    coupon: str
    template: str
    reasons: tuple[Reason, ...]


class Discount(msgspec.Struct, frozen=True, kw_only=True):
    """What one coupon takes off, in all and by line id; a line without a share is left out."""

    coupon: str
    template: str
    amount: int
    shares: dict[str, int]


class Combination(msgspec.Struct, frozen=True, kw_only=True):
    """Coupons that are used together, in the order in which they are applied; `amount` is off in all."""

    discounts: tuple[Discount, ...]
    amount: int
