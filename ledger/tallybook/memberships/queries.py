"""Questions about paid memberships: a member's own, and what the house owes in days. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime

import msgspec
from sqlalchemy import Connection, select

from tallybook.engine.query import FolioQuery
from tallybook.engine.reading import HistoryQuery, Reading
from tallybook.growth.memberships import (
    MEMBERSHIPS,
    Membership,
    Over,
    credit_of,
    memberships_of,
    refund_of,
)
from tallybook.journal import tables
from tallybook.journal.folio import Folio, Standing
from tallybook.journal.notes import mention
from tallybook.journal.queries import stream
from tallybook.programs.benefits import Benefits
from tallybook.programs.program import Program


class TermView(msgspec.Struct, frozen=True, kw_only=True):
    """A term from a local day through another: bought for `worth` minor units, or given, which has None.

    `on` is the local day on which it was bought or given, and `payment` what its payment is called elsewhere.
    """

    starts: date
    ends: date
    worth: int | None
    on: date
    payment: str


class MembershipView(msgspec.Struct, frozen=True, kw_only=True):
    """A membership that a member has, through local day `until`, with benefits until `ends_at`.

    `bought`, `given`, `used`, `left` and `taken_back` are days: the first two come to the last three.
    `refund` is what a refund would pay back now, in minor units of `currency`, for `refund_days`. In its
    grace, nothing but that is left. `terms` are those that are not over.
    """

    plan: str
    display_name: str
    since: datetime
    until: date
    ends_at: datetime
    is_in_grace: bool
    renews: bool
    bought: int
    given: int
    used: int
    left: int
    taken_back: int
    currency: str
    refund: int
    refund_days: int
    benefits: Benefits
    terms: tuple[TermView, ...]


class MembershipsView(msgspec.Struct, frozen=True, kw_only=True):
    """The memberships that a member has, by plan, and the last ones that are over, the newest first."""

    held: tuple[MembershipView, ...]
    over: tuple[Over, ...]


class GetMemberships(FolioQuery[MembershipsView], frozen=True, kw_only=True):
    """The memberships of a member, those that are over among them. Raises `UnknownMember`."""

    def answer(self, folio: Folio, program: Program, now: datetime) -> MembershipsView:
        found = memberships_of(folio)
        held = (_view(plan, each, program, now) for plan, each in sorted(found.held.items()))
        return MembershipsView(held=tuple(held), over=found.over[::-1])


def _view(code: str, held: Membership, program: Program, now: datetime) -> MembershipView:
    plan, today = program.memberships[code], program.today(now)
    back = refund_of(held, plan, program, today)
    left = held.left(today)
    return MembershipView(
        plan=code,
        display_name=plan.display_name,
        since=held.since,
        until=held.last_day,
        ends_at=held.ends_at,
        is_in_grace=today > held.last_day,
        renews=held.renews,
        bought=held.bought,
        given=held.given,
        used=held.used(today),
        left=left,
        taken_back=held.taken_back,
        currency=plan.currency,
        refund=back.amount,
        refund_days=back.days,
        benefits=plan.benefits,
        terms=tuple(
            TermView(starts=starts, ends=ends, worth=term.worth, on=term.on, payment=term.payment)
            for term, starts, ends in held.placed()
        ),
    )


# --- what is owed ------------------------------------------------------------------------------------------


class PlanObligation(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan still owes its `members`: days, and minor units of what was paid for those to come.

    `unearned` is each term's worth by its days to come, rounded down; `in_grace` of the members have only the
    grace left.
    """

    plan: str
    currency: str
    members: int
    in_grace: int
    days_bought: int
    days_given: int
    unearned: int


class MembershipObligations(HistoryQuery[tuple[PlanObligation, ...]], frozen=True, kw_only=True):
    """What each plan owes now: the deferred part of what was paid. Raises `UnknownProgram`.

    Reads every page once, and goes by the moment, whether a sweep has run or not.
    """

    def read(self, reading: Reading) -> tuple[PlanObligation, ...]:
        program, now = reading.program(self.program), reading.now
        today = program.today(now)
        sums = {code: [0] * 5 for code in sorted(program.memberships)}
        for folio in _with_memberships(reading.session.connection, self.program):
            for code, held in memberships_of(folio).held.items():
                if held.ends_at <= now:
                    continue
                back, left = credit_of(held, program, today), held.left(today)
                parts = (1, int(today > held.last_day), back.days, left - back.days, back.amount)
                sums[code] = [one + more for one, more in zip(sums[code], parts, strict=True)]
        return tuple(
            PlanObligation(
                plan=code,
                currency=program.memberships[code].currency,
                members=members,
                in_grace=in_grace,
                days_bought=days_bought,
                days_given=days_given,
                unearned=unearned,
            )
            for code, (members, in_grace, days_bought, days_given, unearned) in sums.items()
        )


def _with_memberships(connection: Connection, program: str) -> Iterator[Folio]:
    """The pages of members who have or had a membership, as they are recorded, without lots."""
    folio = tables.folio.c
    columns = (folio[name] for name in Standing.__struct_fields__)
    query = select(folio.member, *columns).where(
        folio.program == program, folio.notes.contains(mention(MEMBERSHIPS), autoescape=True)
    )
    with closing(stream(connection, query)) as rows:
        for member, *values in rows:
            yield Folio(program, member, Standing(*values), exists=True)
