"""Coupon templates as the ledger runs on them: compiled, immutable. Pure: no clock, no database.

Money is in minor units of the template's currency. What a coupon takes off is its offer: `coupon_kinds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tallybook.programs.conditions import Condition
from tallybook.programs.coupon_kinds.offer import Offer
from tallybook.programs.expiry import after_days
from tallybook.programs.local_days import END_OF_TIME, LocalDays
from tallybook.programs.rules import Calendar, LineFilter, Period
from tallybook.programs.vocabulary import HOUSE_FUND


def stock_pool(template: str) -> str:
    """The pool that the stock of a template is."""
    return f"coupon/{template}"


class CodeForm(StrEnum):
    """How a coupon is asked for at a till."""

    NONE = "none"  # it has no code: it lies with its member
    UNIQUE = "unique"  # each coupon has a code of its own
    SHARED = "shared"  # one code, known to all, for which every member gets a coupon


class OnPartialRefund(StrEnum):
    """Whether a coupon comes back when its order is refunded in part."""

    NEVER = "never"
    BELOW_MINIMUM = "below_minimum"  # if what is kept would not have been enough for it
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Validity:
    """When coupons can be used: from and until a moment (half-open, None is open), or so long after issue.

    With `days`, a coupon is valid for so many local days, the first of which begins `wait_days` after the day
    of issue: 0 is from the moment of issue on. `ends_at` then is the end at the latest.
    """

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    days: int | None = None
    wait_days: int = 0

    def span(self, issued_at: datetime, days: LocalDays) -> tuple[datetime, datetime]:
        """From when on, and until before when, a coupon can be used that is issued at a moment.

        Its end is END_OF_TIME if it has none, and may lie before the issue: it can never be used then.
        """
        starts_at = issued_at if self.starts_at is None else max(issued_at, self.starts_at)
        ends_at = END_OF_TIME if self.ends_at is None else self.ends_at
        if self.days is None:
            return starts_at, ends_at
        first = after_days(days.day_of(issued_at), self.wait_days)
        if self.wait_days:
            starts_at = days.start_of(first)
        return starts_at, min(ends_at, days.end_of(after_days(first, self.days - 1)))


@dataclass(frozen=True, slots=True)
class IssueLimit:
    """At most `most` coupons of a template for a member in a period."""

    period: Period
    most: int


@dataclass(frozen=True, slots=True)
class Claims:
    """When members may take coupons themselves: from and until a moment (half-open, None is open)."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def is_open(self, at: datetime) -> bool:
        """Whether one can be taken at a moment."""
        has_begun = self.starts_at is None or at >= self.starts_at
        return has_begun and (self.ends_at is None or at < self.ends_at)


@dataclass(frozen=True, slots=True)
class Returns:
    """When a used coupon comes back, and for how many local days at least it can be used then.

    None leaves its end as it is: one that has expired comes back as such.
    """

    on_cancel: bool = True
    on_full_refund: bool = True
    on_partial_refund: OnPartialRefund = OnPartialRefund.NEVER
    extension_days: int | None = None


@dataclass(frozen=True, slots=True)
class Stacking:
    """Which coupons an order may take together.

    A coupon goes with those of other templates in the groups `stacks_with` (None is any, empty is never with
    others), if they go with it as well. Of an exclusive group an order takes one coupon, and of a template
    `most_per_order`. `group` and `exclusive_group` are empty for none.
    """

    group: str = ""
    exclusive_group: str = ""
    stacks_with: frozenset[str] | None = frozenset()
    most_per_order: int = 1

    def goes_with(self, other: Stacking) -> bool:
        """Whether coupons of two different templates may be taken by one order."""
        if self.exclusive_group and self.exclusive_group == other.exclusive_group:
            return False
        return self._accepts(other) and other._accepts(self)

    def _accepts(self, other: Stacking) -> bool:
        return self.stacks_with is None or other.group in self.stacks_with


@dataclass(frozen=True, slots=True)
class CouponTemplate:
    """What all coupons of one kind of a program have in common.

    `rank` says when its offer is applied among others: the least first. It takes off `lines` (None is all);
    `counted_lines` are those that count towards `min_spend` and `min_quantity` (None is `lines`), of which at
    least one must be there. With `spend_after_coupons`, what counts is what earlier coupons have left.

    A name in each of `channels`, `stores`, `tiers` and `tags` that is not empty must fit, `calendars` are
    days and hours of use by name, any of which must. `stock` is how many there are for all members, None is
    without bounds. Without `claims`, coupons are only given out. `shared_code` is in capitals, and empty
    where there is none. A coupon that was used in a store can be had back within `revocable_within_seconds`.
    """

    code: str
    display_name: str
    currency: str
    offer: Offer
    rank: int
    validity: Validity = Validity()
    calendars: Mapping[str, Calendar] = field(default_factory=dict)
    channels: frozenset[str] = frozenset()
    stores: frozenset[str] = frozenset()
    lines: LineFilter | None = None
    counted_lines: LineFilter | None = None
    min_spend: int = 0
    min_quantity: int = 0
    spend_after_coupons: bool = False
    first_order_only: bool = False
    tiers: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    condition: Condition | None = None
    stacking: Stacking = Stacking()
    priority: int = 0
    stock: int | None = None
    limits: tuple[IssueLimit, ...] = ()
    claims: Claims | None = None
    fund: str = HOUSE_FUND
    returns: Returns = Returns()
    code_form: CodeForm = CodeForm.NONE
    shared_code: str = ""
    reserve_seconds: int = 15 * 60
    transferable: bool = False
    revocable_within_seconds: int = 0
