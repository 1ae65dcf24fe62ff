"""The program as the ledger runs on it: compiled, immutable, fast. Pure: no clock, no database.

What a day comes to is worked out once and remembered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from tallybook.journal.accounts import REDEEMED, REVENUE
from tallybook.programs.checkout import Checkout
from tallybook.programs.conditions import Condition
from tallybook.programs.coupons import CouponTemplate, stock_pool
from tallybook.programs.draws import DrawRules, RedPacketRules, packet_pool
from tallybook.programs.expiry import after_days, after_months
from tallybook.programs.grants import Grant
from tallybook.programs.identities import IdentityRules
from tallybook.programs.ladders import Ladder
from tallybook.programs.lifecycle import LifecycleSection
from tallybook.programs.local_days import LocalDays
from tallybook.programs.mall import Item
from tallybook.programs.memberships import MembershipPlan
from tallybook.programs.memo import Memo
from tallybook.programs.referrals import Referrals
from tallybook.programs.rules import Rules, budget_pool
from tallybook.programs.stored_value import StoredValue
from tallybook.programs.tasks import Tasks
from tallybook.programs.teams import TeamRules
from tallybook.programs.tries import CodesSection
from tallybook.programs.velocity import Velocity
from tallybook.programs.vocabulary import HOUSE_FUND, LapsedPolicy, ShortfallPolicy, UnitKind

SpendKey = tuple[int, date, str]

_RANK_OF_OTHERS: Final = 2**31


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """Something that the program counts, in steps of which 10 to the power of `scale` are one whole unit.

    `inactivity_months` is how long a member may do nothing before these units lapse, or None; `vesting_days`
    is 0 where they are available at once. `fund_expiry` are the funds with an expiry of their own, and
    `in_proportion` says whether all funds are spent at once, each in proportion to what is available of it.
    """

    code: str
    display_name: str
    kind: UnitKind
    scale: int
    redeemable: bool
    vesting_days: int
    inactivity_months: int | None
    expiry_dates: Memo[date, date]
    fund_ranks: Mapping[str, int]
    fund_expiry: Mapping[str, Memo[date, date]]
    in_proportion: bool

    @property
    def is_money(self) -> bool:
        """Whether it is paid in and paid back, and no points command moves it."""
        return self.kind is UnitKind.MONEY

    @property
    def spent_to(self) -> str:
        """The house's account of what was spent."""
        return REVENUE if self.is_money else REDEEMED

    def expires_on(self, earned_on: date, fund: str = HOUSE_FUND) -> date:
        """The last local day on which units of a fund earned on that day can be spent, or NEVER.

        It may lie before `earned_on`, under a policy of one date for all. Inactivity is not counted here: see
        `Program.idle_until`.
        """
        return self.fund_expiry.get(fund, self.expiry_dates)[earned_on]

    def vests_on(self, earned_on: date) -> date | None:
        """The local day that units earned on that day become available on, or None for at once."""
        return after_days(earned_on, self.vesting_days) if self.vesting_days else None

    def spend_key(self, expires_on: date, fund: str) -> SpendKey:
        """What to sort lots by, to have them in the order in which they are spent."""
        return self.fund_ranks.get(fund, _RANK_OF_OTHERS), expires_on, fund


@dataclass(frozen=True, slots=True)
class Refunds:
    """What happens to units when what earned or spent them is undone; `grace_days` may be 0."""

    shortfall: ShortfallPolicy
    lapsed: LapsedPolicy
    grace_days: int


@dataclass(frozen=True, slots=True)
class Holds:
    """How long a hold lasts when nobody says, and how long it may last."""

    default_seconds: int
    longest_seconds: int


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """One revision of a program. Dates are local to `timezone`; moments are aware, and UTC when returned.

    `in_force_from` is when it took force: for the first revision, the beginning of time. Its ladders are
    those of `ladders_revision` on, in force from `ladders_since`. `shared_codes` are the coupon templates
    with a code that all know, by that, in capitals.
    """

    code: str
    revision: int
    in_force_from: datetime
    ladders_revision: int
    ladders_since: datetime
    display_name: str
    timezone: str
    units: Mapping[str, Unit]
    funds: frozenset[str]
    rules: Rules
    refunds: Refunds
    holds: Holds
    stored_value: Mapping[str, StoredValue]
    tasks: Tasks
    teams: Mapping[str, TeamRules]
    coupons: Mapping[str, CouponTemplate]
    shared_codes: Mapping[str, CouponTemplate]
    checkout: Checkout
    draws: Mapping[str, DrawRules]
    red_packets: Mapping[str, RedPacketRules]
    grants: Mapping[str, Grant]
    memberships: Mapping[str, MembershipPlan]
    mall: Mapping[str, Item]
    ladders: Mapping[str, Ladder]
    identities: Mapping[str, IdentityRules]
    velocity: Velocity
    segments: Mapping[str, Condition]
    lifecycle: LifecycleSection
    referrals: Referrals | None
    codes: CodesSection
    request_retention_days: int
    days: LocalDays

    @property
    def zone(self) -> ZoneInfo:
        """The time zone, to tell what a clock there shows."""
        return self.days.zone

    @property
    def pools(self) -> frozenset[str]:
        """What all members together draw on: budgets of rules, top-up plans and red packets, and stocks."""
        stored = [each.pools for each in self.stored_value.values()]
        stocks = [stock_pool(each.code) for each in self.coupons.values() if each.stock is not None]
        packets = [packet_pool(each.code) for each in self.red_packets.values() if each.budget is not None]
        items = [each.pools for each in self.mall.values()]
        return frozenset(map(budget_pool, self.rules.budgets)).union(stocks, packets, *stored, *items)

    def today(self, now: datetime) -> date:
        """The local date at a moment."""
        return self.days.day_of(now)

    def lapse_at(self, expires_on: date) -> datetime:
        """When units lapse that can be spent through `expires_on`: the moment that local day is over."""
        return self.days.end_of(expires_on)

    def vest_at(self, vests_on: date) -> datetime:
        """When units become available on a local day: the moment that it begins."""
        return self.days.start_of(vests_on)

    def idle_until(self, unit: str, active_at: datetime) -> date | None:
        """The last day that a unit can be spent on by a member last active then; None without such a rule."""
        found = self.units.get(unit)
        if found is None or found.inactivity_months is None:
            return None
        return after_months(self.today(active_at), found.inactivity_months)

    def renewed(self, unit: Unit, expires_on: date, today: date, fund: str = HOUSE_FUND) -> date:
        """The last day of spending for units that are given back today, and were to lapse on `expires_on`."""
        if expires_on >= today:
            return expires_on
        match self.refunds.lapsed:
            case LapsedPolicy.KEEP_EXPIRED:
                return expires_on
            case LapsedPolicy.GRACE_DAYS:
                return after_days(today, self.refunds.grace_days)
            case LapsedPolicy.REISSUE:
                return unit.expires_on(today, fund)

    def spared_until(self, unit: Unit, now: datetime) -> date | None:
        """The last day through which inactivity is to take nothing of units that are given back now to a
        member who has been inactive too long; None where they lapse at once.
        """
        match self.refunds.lapsed:
            case LapsedPolicy.KEEP_EXPIRED:
                return None
            case LapsedPolicy.GRACE_DAYS:
                return after_days(self.today(now), self.refunds.grace_days)
            case LapsedPolicy.REISSUE:
                return self.idle_until(unit.code, now)
