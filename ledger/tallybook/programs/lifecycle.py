"""Lifecycle: how near a member is to the shop, by what the member did. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from tallybook.programs.section import Section
from tallybook.programs.words import Days

ORDERS_MAX: Final = 1_000


class Stage(StrEnum):
    """The stages, each of which goes before those above it that apply as well.

    A member is asleep who has done nothing for longer than `asleep_days`, enrolling included. Who is awake
    and has brought somebody is recommending. Then orders tell, those refunded wholly left out:
    `retained_orders` of them, the last no longer ago than `retained_days`, make a member retained, and any at
    all a buying one. Without an order, who did anything in the last `considering_days` is considering, who
    did anything at all since enrolling is interested, and everybody else is aware.
    """

    AWARE = "aware"
    INTERESTED = "interested"
    CONSIDERING = "considering"
    BUYING = "buying"
    RETAINED = "retained"
    RECOMMENDING = "recommending"
    ASLEEP = "asleep"


class LifecycleSection(Section):
    """When a member goes from one stage to the next: see `Stage`. Days are those of the program."""

    considering_days: Days = 30
    """Who has no order and did something so many days ago is considering one."""
    retained_orders: Annotated[int, Field(ge=2, le=ORDERS_MAX)] = 2
    """So many orders make a member retained..."""
    retained_days: Days = 180
    """...where the last is no longer ago than this."""
    asleep_days: Days = 365
    """Who has done nothing for longer than this is asleep."""


@dataclass(frozen=True, slots=True)
class Activity:
    """What a stage follows from. Days are counted from local date to local date; None is never.

    `days_since_activity` is None for who has done nothing since enrolling.
    """

    days_enrolled: int
    days_since_activity: int | None
    days_since_purchase: int | None
    orders: int
    recommended: int


def stage_of(activity: Activity, rules: LifecycleSection) -> Stage:
    """A member's stage."""
    since = activity.days_since_activity
    quiet = activity.days_enrolled if since is None else min(since, activity.days_enrolled)
    if quiet > rules.asleep_days:
        return Stage.ASLEEP
    if activity.recommended:
        return Stage.RECOMMENDING
    bought = activity.days_since_purchase
    if activity.orders and bought is not None:
        is_retained = activity.orders >= rules.retained_orders and bought <= rules.retained_days
        return Stage.RETAINED if is_retained else Stage.BUYING
    if since is None:
        return Stage.AWARE
    return Stage.CONSIDERING if since <= rules.considering_days else Stage.INTERESTED
