"""What is known of a member for segments and stages, from the folio alone. Pure: no clock, no database.

Slices above keep orders, tiers and newcomers in resident notes of their own; of those, this reads the few
values that tell what somebody is to the shop.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

import msgspec

from tallybook.journal.accounts import AVAILABLE
from tallybook.journal.folio import Folio
from tallybook.journal.notes import decoded
from tallybook.members.freeze import frozen_scope
from tallybook.members.profile import profile_of
from tallybook.programs.conditions import ConditionFailed
from tallybook.programs.ladders import tiers_in
from tallybook.programs.lifecycle import Activity, Stage, stage_of
from tallybook.programs.program import Program
from tallybook.programs.segments import balance_variable, vocabulary_of


class _State(msgspec.Struct, frozen=True):
    orders: int = 0
    last_purchase_at: datetime | None = None


class _Story(msgspec.Struct, frozen=True):
    """Of the note `earning`."""

    state: _State = _State()


class _Ladder(msgspec.Struct, frozen=True):
    tier: str = ""


class _Tiers(msgspec.Struct, frozen=True):
    ladders: Mapping[str, _Ladder] = {}


class _Growth(msgspec.Struct, frozen=True):
    """Of the note `growth`."""

    tiers: _Tiers = _Tiers()


class _Membership(msgspec.Struct, frozen=True):
    since: datetime
    ends_at: datetime


class _Memberships(msgspec.Struct, frozen=True):
    """Of the note `memberships`."""

    held: Mapping[str, _Membership] = {}


class _Referrer(msgspec.Struct, frozen=True):
    """Of the note `referrer`."""

    newcomers: int = 0


def activity_of(folio: Folio, program: Program, now: datetime) -> Activity:
    """What a member did, seen from a moment."""
    standing, state = folio.standing, (decoded(_Story, folio.note("earning")) or _Story()).state
    assert standing.enrolled_at is not None, "a folio that exists was enrolled"
    active_at = standing.active_at
    if active_at is not None and active_at <= standing.enrolled_at:
        active_at = None
    return Activity(
        days_enrolled=_days_since(standing.enrolled_at, program, now) or 0,
        days_since_activity=_days_since(active_at, program, now),
        days_since_purchase=_days_since(state.last_purchase_at, program, now),
        orders=state.orders,
        recommended=(decoded(_Referrer, folio.note("referrer")) or _Referrer()).newcomers,
    )


def _days_since(moment: datetime | None, program: Program, now: datetime) -> int | None:
    if moment is None:
        return None
    return max(0, (program.today(now) - program.today(moment)).days)


def purchases_of(folio: Folio) -> tuple[int, datetime | None]:
    """How many orders of a member stand, and when the latest was."""
    state = (decoded(_Story, folio.note("earning")) or _Story()).state
    return state.orders, state.last_purchase_at


def tiers_by_ladder(folio: Folio, program: Program) -> dict[str, str]:
    """A member's tiers by ladder. Of whom nothing is noted has what asks nothing."""
    if not program.ladders:
        return {}
    stands = _ladders_of(folio)
    return tiers_in(program.ladders, {code: each.tier for code, each in stands.items()})


def tiers_of(folio: Folio) -> list[str]:
    """The tiers that a member has, one of each ladder at most, sorted."""
    return sorted({each.tier for each in _ladders_of(folio).values() if each.tier})


def _ladders_of(folio: Folio) -> Mapping[str, _Ladder]:
    note = folio.note("growth")
    return {} if note is None else _read_growth(note.body).tiers.ladders


_read_growth = lru_cache(maxsize=1024)(msgspec.json.Decoder(_Growth).decode)
"""Asked for with every item of a mall that one member looks at."""


def stage(folio: Folio, program: Program, now: datetime) -> Stage:
    """A member's stage at a moment."""
    return stage_of(activity_of(folio, program, now), program.lifecycle)


def variables_of(folio: Folio, program: Program, now: datetime) -> dict[str, object]:
    """What segments can ask about a member: see `MEMBER_VARIABLES`. Balances are in whole units, rounded
    down.
    """
    activity, profile = activity_of(folio, program, now), profile_of(folio)
    sums = dict.fromkeys(program.units, 0)
    for key, amount in folio.lots.items():
        if key.account == AVAILABLE:
            sums[key.unit] = sums.get(key.unit, 0) + amount
    balances = {
        name: sums[code] // 10**unit.scale
        for code, unit in program.units.items()
        if (name := balance_variable(code))
    }
    return {
        "member.tiers": tiers_of(folio),
        "member.memberships": _plans(folio, now),
        "member.tags": list(profile.tags),
        "member.stage": str(stage_of(activity, program.lifecycle)),
        "member.days_enrolled": activity.days_enrolled,
        "member.days_since_activity": _or_never(activity.days_since_activity),
        "member.days_since_purchase": _or_never(activity.days_since_purchase),
        "member.orders": activity.orders,
        "member.birthday_month": 0 if profile.birthday is None else profile.birthday.month,
        "member.frozen": bool(frozen_scope(folio)[0]),
        **balances,
    }


def _plans(folio: Folio, now: datetime) -> list[str]:
    held = (decoded(_Memberships, folio.note("memberships")) or _Memberships()).held
    return sorted(plan for plan, each in held.items() if each.since <= now < each.ends_at)


def _or_never(days: int | None) -> int:
    return -1 if days is None else days


def segments_of(folio: Folio, program: Program, now: datetime, *only: str) -> list[str]:
    """The segments that a member is in, of all or of `only` some, in the order of the document.

    Who makes a condition fail, by dividing by nothing for one, is in none that says so.
    """
    if not program.segments:
        return []
    vocabulary = vocabulary_of(frozenset(program.units))
    shared = vocabulary.activation(variables_of(folio, program, now))
    found = []
    for code in only or program.segments:
        try:
            if program.segments[code].holds(shared):
                found.append(code)
        except ConditionFailed:
            continue
    return found
