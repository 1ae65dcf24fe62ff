"""Questions about a member's tiers and benefits, as they are and as they were. Writes nothing."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from datetime import date, datetime
from fractions import Fraction
from itertools import groupby

import msgspec
from sqlalchemy import Connection, and_, func, select

from tallybook.engine.checks import check_id, check_moment
from tallybook.engine.query import FolioQuery
from tallybook.errors import InvalidInput
from tallybook.growth.benefits import benefits_at, uses_of
from tallybook.growth.growth import Growth, begun, growth_of
from tallybook.growth.ladders import advanced, terms_of
from tallybook.growth.periods import last_day
from tallybook.growth.quotas import UNUSED, left, used_in
from tallybook.growth.tier_standing import LadderStanding, standing, tier_at
from tallybook.growth.tier_state import Change, Lots
from tallybook.journal import tables
from tallybook.journal.accounts import AVAILABLE, PENDING
from tallybook.journal.folio import Folio, Standing
from tallybook.journal.queries import stream
from tallybook.members.queries import is_member
from tallybook.programs.program import Program
from tallybook.programs.rules import Period
from tallybook.programs.windows import starts_of
from tallybook.refusals.growth import UnknownLadder


class QuotaLeft(msgspec.Struct, frozen=True, kw_only=True):
    """How often a benefit can be used: `most` times from local day `since` through `last_day`."""

    quota: str
    most: int
    period: Period
    used: int
    left: int
    since: date
    last_day: date


class BenefitsView(msgspec.Struct, frozen=True, kw_only=True):
    """What a member has by tiers and memberships together.

    `multipliers` are of what purchases earn, by unit. A discount of 500 basis points is 5 percent, for the
    shop to take off. `entitlements` mean something to the shop alone.
    """

    multipliers: dict[str, Fraction]
    discount_basis_points: int
    quotas: tuple[QuotaLeft, ...]
    entitlements: tuple[str, ...]


class TiersView(msgspec.Struct, frozen=True, kw_only=True):
    """Where a member stands on every ladder, what benefits that brings, and how it came about.

    `history` has the last 100 changes of tiers, the newest first; `forgotten` is how many older ones there
    were.
    """

    ladders: tuple[LadderStanding, ...]
    benefits: BenefitsView
    history: tuple[Change, ...]
    forgotten: int


class TierThen(msgspec.Struct, frozen=True, kw_only=True):
    """The tier that a member had on a ladder at a moment, empty for none.

    `tier` is None where the history does not reach back that far.
    """

    ladder: str
    at: datetime
    tier: str | None


class GetTiers(FolioQuery[TiersView], frozen=True, kw_only=True):
    """Where a member stands on every ladder. Raises `UnknownMember`."""

    def answer(self, folio: Folio, program: Program, now: datetime) -> TiersView:
        growth, at = _grown(folio, program, now)
        terms = terms_of(program)
        return TiersView(
            ladders=tuple(standing(growth.tiers, terms, at, code) for code in program.ladders),
            benefits=_benefits(folio, program, now),
            history=growth.tiers.history[::-1],
            forgotten=growth.tiers.forgotten,
        )


class TierAt(FolioQuery[TierThen], frozen=True, kw_only=True):
    """The tier that a member had at a moment that has passed, as far as is known now: an event that comes in
    late may change it. Raises `UnknownMember`, `UnknownLadder`, or `InvalidInput` for a moment to come.
    """

    ladder: str
    at: datetime

    def check(self) -> None:
        check_id("ladder", self.ladder)
        check_moment("at", self.at)

    def answer(self, folio: Folio, program: Program, now: datetime) -> TierThen:
        if self.at > now:
            raise InvalidInput("at", "must have passed")
        growth, _ = _grown(folio, program, now)
        known = growth.tiers.ladders.keys() | {change.ladder for change in growth.tiers.history}
        if self.ladder not in program.ladders and self.ladder not in known:
            raise UnknownLadder(program=self.program, ladder=self.ladder)
        return TierThen(ladder=self.ladder, at=self.at, tier=tier_at(growth.tiers, self.ladder, self.at))


def _grown(folio: Folio, program: Program, now: datetime) -> tuple[Growth, datetime]:
    """A member's growth, and the moment up to which time has passed for it."""
    growth = growth_of(folio) or begun(folio, now)
    at = growth.end(now)
    if not program.ladders:
        return growth, at
    tiers = advanced(growth.tiers, terms_of(program), at).state
    return msgspec.structs.replace(growth, tiers=tiers), at


def _benefits(folio: Folio, program: Program, now: datetime) -> BenefitsView:
    benefits, uses, today = benefits_at(folio, program, now), uses_of(folio), program.today(now)
    return BenefitsView(
        multipliers=dict(benefits.multipliers),
        discount_basis_points=benefits.discount_basis_points,
        entitlements=benefits.entitlements,
        quotas=tuple(
            QuotaLeft(
                quota=name,
                most=quota.most,
                period=quota.period,
                used=used_in(uses.get(name, UNUSED), quota, today),
                left=left(uses.get(name, UNUSED), quota, today),
                since=starts_of(today)[quota.period],
                last_day=last_day(quota.period, starts_of(today)[quota.period]),
            )
            for name, quota in benefits.quotas.items()
        ),
    )


# --- all members -----------------------------------------------------------------------------------------


def count_members(connection: Connection, program: str) -> int:
    """How many members a program has, but for those who were merged."""
    query = select(func.count()).select_from(tables.folio).where(is_member(program))
    return connection.execute(query).scalar_one()


def members_with_units(
    connection: Connection, program: str, units: Sequence[str], today: date
) -> Generator[tuple[Folio, Lots], None, None]:
    """The pages of all members but those who were merged, as they are recorded, in the order of their names,
    each with what it has of some units by their last day, as far as it has vested by `today`.
    """
    folio, lot = tables.folio.c, tables.lot.c
    of_units = and_(
        lot.program == folio.program,
        lot.member == folio.member,
        lot.unit.in_(units),
        lot.account.in_((AVAILABLE, PENDING)),
        lot.vests_on <= today,
    )
    columns = folio.member, *(folio[name] for name in Standing.__struct_fields__)
    of_lot = lot.unit, lot.expires_on, lot.amount
    query = (
        select(*columns, *of_lot)
        .select_from(tables.folio.outerjoin(tables.lot, of_units))
        .where(is_member(program))
        .order_by(folio.member)
    )
    width = len(columns)
    with closing(stream(connection, query)) as rows:
        for member, own in groupby(rows, key=lambda row: row[0]):
            lots: Lots = {}
            for row in own:
                unit, expires_on, amount = row[width:]
                if unit is not None:
                    of_unit = lots.setdefault(unit, {})
                    of_unit[expires_on] = of_unit.get(expires_on, 0) + amount
            yield Folio(program, member, Standing(*row[1:width]), exists=True), lots
