"""Questions about points: balances now and in the past, statements, entries, holds. Writes nothing."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from tallybook.engine.checks import check_id, check_moment, check_whole
from tallybook.engine.command import redo_with
from tallybook.engine.decide import settle_folio
from tallybook.engine.query import FolioQuery
from tallybook.engine.reading import HistoryQuery, PagedQuery, Reading
from tallybook.errors import UnknownHold, UnknownMember, UnknownUnit
from tallybook.journal.accounts import ARREARS, VESTED, Balance, Posting
from tallybook.journal.calendar import last_day
from tallybook.journal.entries import SealedEntry
from tallybook.journal.folio import Folio
from tallybook.journal.holds import Hold
from tallybook.journal.queries import history
from tallybook.journal.replay import blank, replay_entry
from tallybook.journal.settle import next_due
from tallybook.programs.expiry import NEVER
from tallybook.programs.program import Program


class LotView(msgspec.Struct, frozen=True):
    """Points of one account and fund that lapse together: `expires_on` is the last day to spend them.

    `vests_on` is the day pending points become usable; both are None where there is no such day.
    """

    account: str
    fund: str
    amount: int
    expires_on: date | None
    vests_on: date | None


class UnitBalance(msgspec.Struct, frozen=True, kw_only=True):
    """A member's balance in one unit, with its lots, those that lapse first coming first."""

    unit: str
    balance: Balance
    lots: tuple[LotView, ...]


class BalanceSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A member's balances in every unit of the program, as of one moment."""

    program: str
    member: str
    version: int
    as_of: datetime
    units: tuple[UnitBalance, ...]

    def of(self, unit: str) -> Balance:
        """The balance in one unit; raises `UnknownUnit`."""
        for each in self.units:
            if each.unit == unit:
                return each.balance
        raise UnknownUnit(program=self.program, unit=unit)


def balance_sheet(folio: Folio, program: Program, as_of: datetime) -> BalanceSheet:
    """What a folio, settled to `as_of`, comes to."""
    return BalanceSheet(
        program=folio.program,
        member=folio.member,
        version=folio.standing.version,
        as_of=as_of,
        units=tuple(
            UnitBalance(unit=unit, balance=folio.balance(unit), lots=_lot_views(folio, program, unit))
            for unit in program.units
        ),
    )


def _lot_views(folio: Folio, program: Program, unit: str) -> tuple[LotView, ...]:
    keys = [key for key in folio.lots if key.unit == unit]
    lots = sorted((last_day(folio, program, unit, key.expires_on), key) for key in keys)
    return tuple(
        LotView(
            account=key.account,
            fund=key.fund,
            amount=folio.lots[key],
            expires_on=None if expires_on == NEVER else expires_on,
            vests_on=None if key.vests_on == VESTED else key.vests_on,
        )
        for expires_on, key in lots
        if key.account != ARREARS
    )


class Balances(FolioQuery[BalanceSheet], frozen=True, kw_only=True):
    """A member's balances now. Raises `UnknownMember`."""

    def answer(self, folio: Folio, program: Program, now: datetime) -> BalanceSheet:
        return balance_sheet(folio, program, now)


class PastBalances(HistoryQuery[BalanceSheet], frozen=True, kw_only=True):
    """A member's balances as the book would have shown them at `as_of`, by its own clock.

    Reads the member's history from its beginning. Raises `UnknownMember` if there was no such member then.
    """

    member: str
    as_of: datetime

    def check(self) -> None:
        check_id("member", self.member)
        check_moment("as_of", self.as_of)

    def read(self, reading: Reading) -> BalanceSheet:
        folio = blank(self.program, self.member)
        redo = redo_with(reading.kinds)
        revision = 0
        for sealed in history(reading.session.connection, self.program, self.member, self.as_of):
            replay_entry(folio, sealed, redo)
            revision = sealed.entry.revision
        if not folio.exists:
            raise UnknownMember(program=self.program, member=self.member)
        # The future is not known; but a page may have been recorded by a clock that was ahead of this one.
        as_of = min(self.as_of, max(reading.now, folio.standing.recorded_at or reading.now))
        # A revision may have been put in force since the last entry, and have moved the days.
        timeline = reading.timeline(self.program)
        program = reading.program(self.program, max(revision, timeline.at(as_of)))
        earlier = [
            (reading.program(self.program, each), until)
            for each, until in timeline.earlier(self._due_since(reading, folio), program.revision)
        ]
        folio.standing = replace(folio.standing, next_due_at=folio.standing.enrolled_at)
        settle_folio(folio, program, as_of, reading.kinds.effects, earlier)
        return balance_sheet(folio, program, as_of)

    def _due_since(self, reading: Reading, folio: Folio) -> datetime:
        """Since when something may have been due on the page: see `Batch.due_since`."""
        reached = folio.told_until
        assert reached is not None, "who is there was enrolled"
        program = reading.program(self.program, reading.timeline(self.program).at(reached))
        due = next_due(folio, program, reading.kinds.effects)
        return reached if due is None else min(due.at, reached)


class HoldView(msgspec.Struct, frozen=True, kw_only=True):
    """A hold as it is now, and the member's balance in its unit."""

    hold: Hold
    balance: Balance


class GetHold(FolioQuery[HoldView], frozen=True, kw_only=True):
    """A hold of a member. Raises `UnknownMember` or `UnknownHold`."""

    hold_id: str

    def check(self) -> None:
        check_id("hold_id", self.hold_id)

    def named_hold(self) -> str:
        return self.hold_id

    def answer(self, folio: Folio, program: Program, now: datetime) -> HoldView:
        hold = folio.holds.get(self.hold_id)
        if hold is None:
            raise UnknownHold(member=self.member, hold=self.hold_id)
        return HoldView(hold=hold, balance=folio.balance(hold.unit))


class EntryView(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a member's history, with its postings. The fields are those of the journal's `Entry`."""

    member: str
    version: int
    kind: str
    request_id: str | None
    revision: int
    recorded_at: datetime
    occurred_at: datetime
    source: str
    reason: str
    metadata: dict[str, str]
    subject: str
    reverses: int | None
    counterpart_member: str | None
    counterpart_version: int | None
    hash: bytes
    postings: tuple[Posting, ...]


def entry_view(sealed: SealedEntry) -> EntryView:
    """A recorded entry as callers see it."""
    entry, postings = sealed
    return EntryView(
        member=entry.member,
        version=entry.version,
        kind=entry.kind,
        request_id=entry.request_id,
        revision=entry.revision,
        recorded_at=entry.recorded_at,
        occurred_at=entry.occurred_at,
        source=entry.source,
        reason=entry.reason,
        metadata=msgspec.json.decode(entry.metadata, type=dict[str, str]) if entry.metadata else {},
        subject=entry.subject,
        reverses=entry.reverses,
        counterpart_member=entry.counterpart_member,
        counterpart_version=entry.counterpart_version,
        hash=entry.hash,
        postings=postings,
    )


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Part of a statement, the newest entry first; an empty `next_page_token` is the only sign of the end."""

    entries: tuple[EntryView, ...]
    next_page_token: str


class Statement(PagedQuery[Page], frozen=True, kw_only=True):
    """A member's entries, the newest first, by pages; of one unit, if one is named.

    What time has done since the last entry was recorded comes first, as it will be recorded, without a hash.
    `page_size` 0 asks for 50; more than 1,000 gets 1,000. Raises `UnknownMember` or `PageTokenInvalid`.
    """

    member: str
    unit: str = ""

    def check(self) -> None:
        check_id("member", self.member)
        if self.unit != "":
            check_id("unit", self.unit)

    def read(self, reading: Reading) -> Page:
        page = self.page("statement", self.member, self.unit)
        found, more = reading.entries(self.program, self.member, page, unit=self.unit)
        return Page(entries=tuple(map(entry_view, found)), next_page_token=more)


class GetEntry(HistoryQuery[EntryView], frozen=True, kw_only=True):
    """One entry of a member, by its version. Raises `UnknownMember` or `UnknownEntry`.

    What time has done is found by the version that a statement shows it under, recorded or not.
    """

    member: str
    entry: int

    def check(self) -> None:
        check_id("member", self.member)
        check_whole("entry", self.entry)

    def read(self, reading: Reading) -> EntryView:
        return entry_view(reading.entry(self.program, self.member, self.entry))
