"""What is kept of who brought whom: notes on both sides, and on orders. Pure: no clock, no database.

A newcomer has a resident note that names the referrer. The referrer has a handle under the newcomer's name,
by which an event of the newcomer's finds them, a second one for as long as the first purchase is awaited, and
a resident note of what all of them have brought. What an order has brought is filed with the newcomer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeVar

import msgspec
from msgspec.structs import replace

from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded
from tallybook.programs.rewards import CouponReward, MembershipDaysReward, Reward, UnitsReward
from tallybook.programs.rules import Period

NEWCOMER: Final = "newcomer"
REFEREE: Final = "@referee"
AWAITED: Final = "@awaited"
REFERRER: Final = "referrer"
REFERRAL_CODE: Final = "@referral"
COMMISSION: Final = "commission"

T = TypeVar("T", bound=msgspec.Struct)
_encode = msgspec.json.Encoder(order="deterministic").encode


class ReferralState(StrEnum):
    """How far a newcomer has come, on either side."""

    BOUND = "bound"  # has bought nothing that counts
    BOUGHT = "bought"  # has, and may still give it back
    REWARDED = "rewarded"  # the first purchase counted, and this side was rewarded for it
    CAPPED = "capped"  # it counted, and the referrer has been rewarded for enough newcomers
    WITHHELD = "withheld"  # it counted, and this side was frozen or erased by then, or had no room


class PromisedUnits(msgspec.Struct, array_like=True, frozen=True, tag="units"):
    """`steps` of a unit."""

    unit: str
    fund: str
    steps: int
    vesting_days: int | None


class PromisedDays(msgspec.Struct, array_like=True, frozen=True, tag="membership_days"):
    """So many days of a plan of membership."""

    plan: str
    days: int


class PromisedCoupons(msgspec.Struct, array_like=True, frozen=True, tag="coupon"):
    """So many coupons of a template."""

    template: str
    count: int


Promised = tuple[PromisedUnits | PromisedDays | PromisedCoupons, ...]
"""Rewards as notes keep them until they are given."""


class StandingOrder(msgspec.Struct, array_like=True, frozen=True, order=True):
    """An order that would count as the first purchase, and when its return window is over."""

    at: datetime
    order_id: str
    over_at: datetime


class Awaited(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was promised to a newcomer, and the orders that stand so far: the first of them counts.

    At least `minimum` of `currency` has to be left of it; anything will do where the currency is empty.
    """

    window_days: int
    minimum: int = 0
    currency: str = ""
    rewards: Promised = ()
    orders: tuple[StandingOrder, ...] = ()


class NewcomerNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Resident on the newcomer: who brought them, since entry `bound_entry`. `awaited` goes when the first
    purchase has counted.

    `order` is the purchase that counted `at` a moment, or would count then.
    """

    referrer: str
    bound_at: datetime
    bound_entry: int
    state: ReferralState = ReferralState.BOUND
    awaited: Awaited | None = None
    order: str = ""
    at: datetime | None = None


class PromisedCap(msgspec.Struct, array_like=True, frozen=True):
    """A referrer is rewarded for at most so many newcomers in a period."""

    period: Period
    newcomers: int


class RefereeNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A handle of the referrer's, under the newcomer's name: what was promised, and how far it has come.

    `rewards` and `caps` go when the first purchase has counted. `earned` is what the newcomer has brought, by
    unit, less what was taken back.
    """

    bound_at: datetime
    state: ReferralState = ReferralState.BOUND
    rewards: Promised = ()
    caps: tuple[PromisedCap, ...] = ()
    order: str = ""
    at: datetime | None = None
    earned: dict[str, int] = {}


class Count(msgspec.Struct, array_like=True, frozen=True):
    """Newcomers who were rewarded for in the period that began on local day `since`."""

    since: date
    newcomers: int


class ReferrerNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Resident on the referrer: the code as it is shown and as it is filed, and what newcomers have brought.

    `newcomers` were bound, `rewarded` of them brought a reward; `counts` are by period, for caps. `earned` is
    by unit, less what was taken back, second levels included.
    """

    code: str = ""
    code_key: str = ""
    newcomers: int = 0
    rewarded: int = 0
    counts: Mapping[str, Count] = {}
    earned: dict[str, int] = {}


class Share(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an order has brought to one referrer: `steps` for all of it, of which `left` are left.

    The days are those of its lot. `entry` is the referrer's own that gave it. `newcomer` is who had ordered,
    where the order has come with a merge and the referrer knows its member by that name alone.
    """

    referrer: str
    unit: str
    fund: str
    vests_on: date
    expires_on: date
    steps: int
    left: int
    entry: int
    newcomer: str = ""


class CommissionNote(msgspec.Struct, frozen=True):
    """Filed under an order's id with the newcomer: what it has brought, by level; None for nothing."""

    shares: tuple[Share | None, ...]


def newcomer_note(folio: Folio) -> NewcomerNote | None:
    """Who brought a member, or None."""
    return decoded(NewcomerNote, folio.note(NEWCOMER))


def put_newcomer(folio: Folio, note: NewcomerNote) -> None:
    """Write down how far a newcomer has come."""
    due_at = note.at if note.state is ReferralState.BOUGHT else None
    folio.put_note(NEWCOMER, Note(_encode(note).decode(), due_at))


def referee_note(folio: Folio, newcomer: str) -> RefereeNote | None:
    """What a referrer has of a newcomer; the handle must have been asked for."""
    return decoded(RefereeNote, folio.note(REFEREE, newcomer))


def put_referee(folio: Folio, newcomer: str, note: RefereeNote) -> None:
    """Write down how far a newcomer has come, with the referrer."""
    due_at = note.at if note.state is ReferralState.BOUGHT else None
    folio.put_note(REFEREE, Note(_encode(note).decode(), due_at), newcomer)


def referrer_note(folio: Folio) -> ReferrerNote:
    """What a member has brought by newcomers, blank before the first."""
    return decoded(ReferrerNote, folio.note(REFERRER)) or ReferrerNote()


def put_referrer(folio: Folio, note: ReferrerNote) -> None:
    """Write that down."""
    folio.put_note(REFERRER, Note(_encode(note).decode()))


def commission_note(folio: Folio, order_id: str) -> CommissionNote | None:
    """What an order of a newcomer's has brought; it must have been asked for."""
    return decoded(CommissionNote, folio.note(COMMISSION, order_id))


def put_commission(folio: Folio, order_id: str, note: CommissionNote) -> None:
    """Write that down."""
    folio.put_note(COMMISSION, Note(_encode(note).decode()), order_id)


def brought_with(note: Note, newcomer: str) -> str:
    """What an order has brought that comes with a merge, to referrers who know its member as the newcomer."""
    found = decoded(CommissionNote, note)
    assert found is not None, "there is a note"
    shares = (each and replace(each, newcomer=each.newcomer or newcomer) for each in found.shares)
    return _encode(replace(found, shares=tuple(shares))).decode()


def promised(rewards: Iterable[Reward]) -> Promised:
    """Rewards, to be noted."""
    return tuple(_noted(each) for each in rewards)


def _noted(reward: Reward) -> PromisedUnits | PromisedDays | PromisedCoupons:
    match reward:
        case UnitsReward():
            return PromisedUnits(reward.unit, reward.fund, reward.steps, reward.vesting_days)
        case MembershipDaysReward():
            return PromisedDays(reward.plan, reward.days)
        case CouponReward():
            return PromisedCoupons(reward.template, reward.count)


def rewards_promised(noted: Promised) -> tuple[Reward, ...]:
    """Rewards that were noted, to be given."""
    return tuple(_reward(each) for each in noted)


def _reward(noted: PromisedUnits | PromisedDays | PromisedCoupons) -> Reward:
    match noted:
        case PromisedUnits():
            return UnitsReward(noted.unit, noted.fund, noted.steps, noted.vesting_days)
        case PromisedDays():
            return MembershipDaysReward(noted.plan, noted.days)
        case PromisedCoupons():
            return CouponReward(noted.template, noted.count)


def with_earned(note: T, unit: str, steps: int) -> T:
    """A note with steps of a unit added to what was earned, or taken off it."""
    earned: dict[str, int] = {**note.earned}  # type: ignore[attr-defined]
    earned[unit] = earned.get(unit, 0) + steps
    return msgspec.structs.replace(note, earned={each: left for each, left in earned.items() if left})


# --- what other notes tell -------------------------------------------------------------------------------


class _State(msgspec.Struct, frozen=True):
    orders: int = 0


class _Story(msgspec.Struct, frozen=True):
    state: _State = _State()


def orders_of(folio: Folio) -> int:
    """How many purchases of a member stand, as earning has noted it (`EarningNote`)."""
    story = decoded(_Story, folio.note("earning"))
    return 0 if story is None else story.state.orders
