"""Questions about grants by the calendar: a member's own, and what a month will bring. Writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from tallybook.engine.checks import check_day, check_id
from tallybook.engine.query import FolioQuery
from tallybook.engine.reading import HistoryQuery, PagedQuery, Reading
from tallybook.errors import InvalidInput
from tallybook.growth.grants import GRANT, coming_grants, granted_by, upcoming_grants
from tallybook.journal import tables
from tallybook.journal.accounts import HOUSE_ACCOUNTS, MEMBER_ACCOUNTS
from tallybook.journal.entries import SealedEntry
from tallybook.journal.folio import Folio, Standing
from tallybook.journal.queries import stream
from tallybook.members.freeze import may_earn
from tallybook.programs.grants import Grant
from tallybook.programs.program import Program
from tallybook.programs.rewards import MembershipDaysReward, Reward, UnitsReward

FORECAST_DAYS_MAX: Final = 366


class GrantDue(msgspec.Struct, frozen=True, kw_only=True):
    """A grant that a member will get at a moment if nothing changes, for local day `day`."""

    grant: str
    display_name: str
    key: str
    day: date
    at: datetime
    rewards: tuple[Reward, ...]


class GrantHad(msgspec.Struct, frozen=True, kw_only=True):
    """A grant that a member had by the entry `entry`, for local day `day`, given `on` that or a later one.

    `outcome` is `given`, or why nothing was: `frozen` or `no_room`. `amounts` are in steps, by unit.
    """

    grant: str
    key: str
    day: date
    on: date
    outcome: str
    entry: int
    amounts: dict[str, int]


class GrantPage(msgspec.Struct, frozen=True, kw_only=True):
    """Part of what a member had, the newest first; an empty `next_page_token` is the only sign of the end."""

    had: tuple[GrantHad, ...]
    next_page_token: str


class ComingGrants(FolioQuery[tuple[GrantDue, ...]], frozen=True, kw_only=True):
    """What comes next of each grant if nothing changes, the soonest first. Raises `UnknownMember`."""

    def answer(self, folio: Folio, program: Program, now: datetime) -> tuple[GrantDue, ...]:
        return tuple(_coming(folio, program))


class PastGrants(PagedQuery[GrantPage], frozen=True, kw_only=True):
    """What a member had by the calendar, the newest first, by pages.

    `page_size` 0 asks for 50; more than 1,000 gets 1,000. Raises `UnknownMember` or `PageTokenInvalid`.
    """

    member: str

    def check(self) -> None:
        check_id("member", self.member)

    def read(self, reading: Reading) -> GrantPage:
        page = self.page("grants", self.member)
        found, more = reading.entries(self.program, self.member, page, kind=GRANT)
        return GrantPage(had=tuple(map(_had, found)), next_page_token=more)


def _coming(folio: Folio, program: Program) -> Iterator[GrantDue]:
    for each in upcoming_grants(folio, program):
        grant = program.grants[each.code]
        yield GrantDue(
            grant=grant.code,
            display_name=grant.display_name,
            key=each.key,
            day=each.day,
            at=each.at,
            rewards=grant.rewards,
        )


def _had(sealed: SealedEntry) -> GrantHad:
    granted = granted_by(sealed.entry)
    amounts: Counter[str] = Counter()
    for posting in sealed.postings:
        if posting.from_account in HOUSE_ACCOUNTS and posting.to_account in MEMBER_ACCOUNTS:
            amounts[posting.unit] += posting.amount
    return GrantHad(
        grant=granted.grant,
        key=granted.key,
        day=granted.day,
        on=granted.on,
        outcome=granted.outcome,
        entry=sealed.entry.version,
        amounts=dict(sorted(amounts.items())),
    )


# --- what a month will bring -------------------------------------------------------------------------------


class GrantForecastDay(msgspec.Struct, frozen=True, kw_only=True):
    """So many `members` will get a grant on a local day, and `frozen` more would, were they not frozen.

    `amounts` are what it comes to in all, in steps, by unit, `membership_days` in days, by plan, and
    `coupons` by template.
    """

    day: date
    grant: str
    members: int
    frozen: int
    amounts: dict[str, int]
    membership_days: dict[str, int]
    coupons: dict[str, int] = {}


class ForecastGrants(HistoryQuery[tuple[GrantForecastDay, ...]], frozen=True, kw_only=True):
    """How many members will get what on local days `first_day` through `last_day`, by day and grant.

    Reads every page once, and goes by what is recorded: it comes out so if nothing changes meanwhile. Days
    that are over bring nothing. Raises `UnknownProgram`, or `InvalidInput` for more than 366 days.
    """

    first_day: date
    last_day: date

    def check(self) -> None:
        check_day("first_day", self.first_day)
        check_day("last_day", self.last_day)
        if not 0 <= (self.last_day - self.first_day).days < FORECAST_DAYS_MAX:
            raise InvalidInput(
                "last_day", f"must be from {self.first_day} on, and within {FORECAST_DAYS_MAX} days"
            )

    def read(self, reading: Reading) -> tuple[GrantForecastDay, ...]:
        program = reading.program(self.program)
        since = max(self.first_day, program.today(reading.now))
        counts: Counter[tuple[date, str, bool]] = Counter()
        if program.grants and since <= self.last_day:
            for folio in _folios(reading.session.connection, self.program):
                may = may_earn(folio)
                for each in coming_grants(folio, program, since, self.last_day):
                    counts[program.today(each.at), each.code, may] += 1
        return tuple(
            _forecast(day, program.grants[code], counts[day, code, True], counts[day, code, False])
            for day, code in sorted({(day, code) for day, code, _ in counts})
        )


def _forecast(day: date, grant: Grant, members: int, frozen: int) -> GrantForecastDay:
    amounts: Counter[str] = Counter()
    days: Counter[str] = Counter()
    coupons: Counter[str] = Counter()
    for reward in grant.rewards:
        if isinstance(reward, UnitsReward):
            amounts[reward.unit] += reward.steps * members
        elif isinstance(reward, MembershipDaysReward):
            days[reward.plan] += reward.days * members
        else:
            coupons[reward.template] += reward.count * members
    return GrantForecastDay(
        day=day,
        grant=grant.code,
        members=members,
        frozen=frozen,
        amounts=dict(sorted(amounts.items())),
        membership_days=dict(sorted(days.items())),
        coupons=dict(sorted(coupons.items())),
    )


def _folios(connection: Connection, program: str) -> Iterator[Folio]:
    """The pages of all members as they are recorded, without lots."""
    folio = tables.folio.c
    columns = (folio[name] for name in Standing.__struct_fields__)
    query = select(folio.member, *columns).where(folio.program == program).order_by(folio.member)
    with closing(stream(connection, query)) as rows:
        for member, *values in rows:
            yield Folio(program, member, Standing(*values), exists=True)
