"""The program document: what a person writes, checked and immutable. Pure: no clock, no database.

Slices to come add sections of their own: a model here or beside this file, and one field of `Document`. What
is left out has a default, and a document that spells the default out means the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from tallybook.programs.budgets import BudgetSection, UnitCapSection, check_caps
from tallybook.programs.calendars import CalendarSection
from tallybook.programs.checkout_document import CheckoutSection
from tallybook.programs.coupons_document import TEMPLATES_MAX, CouponSection
from tallybook.programs.draws_document import DRAWS_MAX, DrawSection, RedPacketSection
from tallybook.programs.expiry import shortest_life_days
from tallybook.programs.formulas import RULES_MAX
from tallybook.programs.grants_document import GRANTS_MAX, CalendarGrantSection
from tallybook.programs.identities import IDENTITIES_MAX, IdentitySection
from tallybook.programs.ladders_document import LADDERS_MAX, LadderSection, check_ladders
from tallybook.programs.lifecycle import LifecycleSection
from tallybook.programs.mall_document import ITEMS_MAX, ItemSection
from tallybook.programs.memberships_document import PLANS_MAX, MembershipSection
from tallybook.programs.policies import (
    AtOnce,
    Expiry,
    KeepExpired,
    Lapsed,
    Never,
    OnDate,
    SoonestExpiry,
    SpendOrder,
    Vesting,
    expiry_rule,
    vesting_days,
)
from tallybook.programs.referrals_document import ReferralsSection
from tallybook.programs.rules_document import EventSection, RuleSection, SpendSection
from tallybook.programs.section import Section
from tallybook.programs.segments import SegmentsSection
from tallybook.programs.stored_value_document import StoredValueSection
from tallybook.programs.tasks_document import TASKS_MAX, TaskSection
from tallybook.programs.teams_document import TEAMS_MAX, TeamSection
from tallybook.programs.tries import CodesSection
from tallybook.programs.velocity import VELOCITY_MAX, VelocitySection
from tallybook.programs.vocabulary import ShortfallPolicy, UnitKind
from tallybook.programs.words import (
    DAYS_MAX,
    PURCHASE,
    Code,
    DeclaredUnit,
    DisplayName,
    TimeZone,
    mistake,
    without_repeats,
)

UNITS_MAX: Final = 100
FUNDS_MAX: Final = 1_000
SCALE_MAX: Final = 6
RETENTION_DAYS_MIN: Final = 30
CALENDARS_MAX: Final = 1_000
EVENTS_MAX: Final = 1_000
BUDGETS_MAX: Final = 1_000
RESERVED_EVENTS: Final = frozenset((PURCHASE, "refund", "custom"))
HOLD_SECONDS_MAX: Final = 366 * 24 * 60 * 60


class UnitSection(Section):
    """Something that the program counts."""

    kind: UnitKind
    """What it is good for: redeemable (can be spent), qualifying (moves tiers) or money (stored value)."""
    scale: Annotated[int, Field(ge=0, le=SCALE_MAX)] = 0
    """Decimals of one unit: 2 means that amounts count hundredths. It cannot change later."""
    display_name: DisplayName = ""
    """Name for people."""
    expiry: Expiry = Never(kind="never")
    """When units lapse, counted from the local date of earning."""
    vesting: Vesting = AtOnce(kind="at_once")
    """When units become available."""
    spend_order: SpendOrder = SoonestExpiry(kind="soonest_expiry")
    """Which units are spent first."""

    @field_validator("vesting")
    @classmethod
    def _vests_before_it_lapses(cls, vesting: Vesting, info: ValidationInfo) -> Vesting:
        expiry = info.data.get("expiry")
        if expiry is not None and not can_vest(vesting, expiry):
            raise mistake(VESTING_TOO_LONG)
        return vesting


VESTING_TOO_LONG: Final = "is too long: some of these units would lapse before they can be spent"


def can_vest(vesting: Vesting, expiry: Expiry) -> bool:
    """Whether units always vest before they lapse; a date for all is left to whoever sets it."""
    days = vesting_days(vesting)
    return not days or isinstance(expiry, OnDate) or shortest_life_days(expiry_rule(expiry)) >= days


class RefundsSection(Section):
    """What happens to units when what earned or spent them is undone."""

    shortfall: ShortfallPolicy = ShortfallPolicy.ARREARS
    """What happens when units to be taken back are already spent."""
    lapsed: Lapsed = KeepExpired(kind="keep_expired")
    """What becomes of units that are given back after the day they lapsed on."""


class HoldsSection(Section):
    """How long a hold may last."""

    longest_seconds: Annotated[int, Field(ge=1, le=HOLD_SECONDS_MAX)] = 7 * 24 * 60 * 60
    """The longest time that a hold may ask for."""
    default_seconds: Annotated[int, Field(ge=1, le=HOLD_SECONDS_MAX, validate_default=True)] = 15 * 60
    """How long a hold lasts that asks for no time."""

    @field_validator("default_seconds")
    @classmethod
    def _within_the_longest(cls, default: int, info: ValidationInfo) -> int:
        longest = info.data.get("longest_seconds", HOLD_SECONDS_MAX)
        if default > longest:
            raise mistake(f"is {default}, more than longest_seconds, which is {longest}")
        return default


class Document(Section):
    """A whole program, as one document. `parse` makes one from text."""

    program: Code
    """The program's own name, e.g. demo. A document with another name is another program."""
    display_name: DisplayName = ""
    """Name for people."""
    timezone: TimeZone
    """The IANA time zone that its days are days of, e.g. Europe/Berlin."""
    units: Annotated[Mapping[Code, UnitSection], Field(min_length=1, max_length=UNITS_MAX)]
    """What is counted, by code. A unit once declared stays."""
    funds: Annotated[tuple[Code, ...], Field(max_length=FUNDS_MAX), AfterValidator(without_repeats)] = ()
    """Who else pays for value than `house`, which every program has."""
    spend: SpendSection = SpendSection()
    """What of an order counts as spent."""
    calendars: Annotated[Mapping[Code, CalendarSection], Field(max_length=CALENDARS_MAX)] = {}
    """Days and hours that rules may apply on, by name."""
    events: Annotated[Mapping[Code, EventSection], Field(max_length=EVENTS_MAX)] = {}
    """What members do besides buying, by name."""
    rules: Annotated[Mapping[Code, RuleSection], Field(max_length=RULES_MAX)] = {}
    """What events earn."""
    caps: Mapping[DeclaredUnit, tuple[UnitCapSection, ...]] = {}
    """What a member gets of a unit at most, from all rules together."""
    budgets: Annotated[Mapping[Code, BudgetSection], Field(max_length=BUDGETS_MAX)] = {}
    """What rules give at most to all members together. A budget once declared stays."""
    codes: CodesSection = CodesSection()
    """How often codes, such as those of gift cards, may be tried in vain."""
    stored_value: Mapping[DeclaredUnit, StoredValueSection] = {}
    """Money that is kept for members, by unit: one unit for each currency."""
    ladders: Annotated[
        Mapping[Code, LadderSection], Field(max_length=LADDERS_MAX), AfterValidator(check_ladders)
    ] = {}
    """Tiers that members climb, by ladder."""
    coupons: Annotated[Mapping[Code, CouponSection], Field(max_length=TEMPLATES_MAX)] = {}
    """Coupon templates, by name. A template once declared stays."""
    draws: Annotated[Mapping[Code, DrawSection], Field(max_length=DRAWS_MAX)] = {}
    """Draws, by name. One once declared stays."""
    red_packets: Annotated[Mapping[Code, RedPacketSection], Field(max_length=DRAWS_MAX)] = {}
    """Kinds of red packets, by name. One once declared stays."""
    checkout: CheckoutSection = CheckoutSection()
    """How orders are paid with what members have, and how that goes back."""
    grants: Annotated[Mapping[Code, CalendarGrantSection], Field(max_length=GRANTS_MAX)] = {}
    """What members get on days of the calendar, by name. One once declared stays."""
    memberships: Annotated[Mapping[Code, MembershipSection], Field(max_length=PLANS_MAX)] = {}
    """Memberships that can be bought, by plan. A plan once declared stays."""
    mall: Annotated[Mapping[Code, ItemSection], Field(max_length=ITEMS_MAX)] = {}
    """What members can have for units, money or both, by item. An item once declared stays."""
    tasks: Annotated[Mapping[Code, TaskSection], Field(max_length=TASKS_MAX)] = {}
    """What members are to do, and get something for, by name."""
    teams: Annotated[Mapping[Code, TeamSection], Field(max_length=TEAMS_MAX)] = {}
    """What members do together within a time, by name."""
    identities: Annotated[Mapping[Code, IdentitySection], Field(max_length=IDENTITIES_MAX)] = {}
    """What members can be recognised by, such as a telephone number, by kind. One once declared stays."""
    referrals: ReferralsSection | None = None
    """What members get for bringing newcomers. Once declared it stays."""
    velocity: Annotated[Mapping[Code, VelocitySection], Field(max_length=VELOCITY_MAX)] = {}
    """How much a member may do in a short time, by limit."""
    segments: SegmentsSection = Field(default={})
    """Groups of members, by what is known of them: conditions by name."""
    lifecycle: LifecycleSection = LifecycleSection()
    """When a member goes from one stage to the next."""
    refunds: RefundsSection = RefundsSection()
    """What happens to units when what earned or spent them is undone."""
    holds: HoldsSection = HoldsSection()
    """How long a hold may last."""
    request_retention_days: Annotated[int, Field(ge=RETENTION_DAYS_MIN, le=DAYS_MAX)] = RETENTION_DAYS_MIN
    """How long the answer to a refused request is remembered."""

    @field_validator("events")
    @classmethod
    def _are_its_own(cls, events: Mapping[str, EventSection]) -> Mapping[str, EventSection]:
        for name in events:
            if name in RESERVED_EVENTS:
                raise mistake("is known to every program: choose another name", at=(name,))
        return events

    @field_validator("caps")
    @classmethod
    def _are_countable(
        cls, caps: Mapping[str, tuple[UnitCapSection, ...]], info: ValidationInfo
    ) -> Mapping[str, tuple[UnitCapSection, ...]]:
        for unit, sections in caps.items():
            check_caps(sections, unit, info, (unit,))
        return caps

    def canonical(self) -> str:
        """The document as JSON that is equal for equal documents, however they were written.

        Defaults are left out, so that a release that adds a section changes no document of before.
        """
        content = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)

    def etag(self) -> str:
        """32 hexadecimal digits that differ where documents differ."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()[:32]
