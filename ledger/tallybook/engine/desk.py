"""What one command decides on: its folios, the program, the time. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import msgspec

from tallybook.errors import UnknownEntry, UnknownFund, UnknownHold, UnknownUnit
from tallybook.journal.accounts import BUDGET, DRAWN, NEVER, VESTED, Balance, Posting
from tallybook.journal.entries import Entry, own_entry
from tallybook.journal.folio import Folio
from tallybook.journal.holds import Hold
from tallybook.journal.notes import NoteKey
from tallybook.journal.originals import Original
from tallybook.programs.program import Program, Unit


def seal_on_both(entry: Entry, folio: Folio, other: Folio, other_content: str = "") -> None:
    """Seal an entry on two members. The other one's side names the first, and answers no request."""
    entry = entry._replace(counterpart_member=other.member, counterpart_version=other.next_version)
    other.seal(
        entry._replace(
            member=other.member,
            version=other.next_version,
            request_id=None,
            fingerprint=None,
            reply="",
            content=other_content,
            counterpart_member=folio.member,
            counterpart_version=folio.next_version,
        )
    )
    folio.seal(entry)


class Desk:
    """The folio of the command's member, another one where two members are concerned, program and time.

    `now` is when the entry is recorded, `occurred_at` when the thing happened in the caller's world.
    `pools` has how much was drawn from the pools that the command named before it; `holders` whose handles
    are, and `others` the folios of whoever holds those that it named, and of those whom a gatherer found to
    be concerned. `program_at` gives the program as in force at a moment that the command has named, such as
    that of something told late, `revision` one of its revisions that a gatherer asked for, and
    `revisions_since` those before the one in force that were so since a moment, as far as one asked.
    """

    __slots__ = (
        "_today",
        "content",
        "draws",
        "folio",
        "holders",
        "now",
        "occurred_at",
        "other",
        "other_content",
        "others",
        "pools",
        "program",
        "program_at",
        "reverses",
        "revision",
        "revisions_since",
        "subject",
    )

    def __init__(
        self,
        folio: Folio,
        other: Folio | None,
        program: Program,
        now: datetime,
        occurred_at: datetime,
        pools: Mapping[tuple[str, str], int],
        program_at: Callable[[datetime], Program],
        revision: Callable[[int], Program],
        revisions_since: Callable[[datetime], Sequence[Program]],
        holders: Mapping[NoteKey, str],
        others: Mapping[str, Folio],
    ) -> None:
        self.folio = folio
        self.other = other
        self.program = program
        self.now = now
        self.occurred_at = occurred_at
        self.pools = pools
        self.program_at = program_at
        self.revision = revision
        self.revisions_since = revisions_since
        self.holders = holders
        self.others = others
        self.draws: dict[str, int] = {}
        self.content = ""
        self.other_content = ""
        self.subject = ""
        self.reverses: int | None = None
        self._today: date | None = None

    @property
    def entry(self) -> int:
        """The version of the entry that will record this command."""
        return self.folio.next_version

    @property
    def today(self) -> date:
        """The current day in the program's time zone."""
        if self._today is None:
            self._today = self.program.today(self.now)
        return self._today

    def unit(self, code: str) -> Unit:
        """A unit of the program; raises `UnknownUnit`."""
        unit = self.program.units.get(code)
        if unit is None:
            raise UnknownUnit(program=self.program.code, unit=code)
        return unit

    def check_fund(self, fund: str) -> None:
        """Raise `UnknownFund` unless the program declares it."""
        if fund not in self.program.funds:
            raise UnknownFund(program=self.program.code, fund=fund)

    def drawn(self, pool: str) -> int:
        """How much was drawn from a pool up to now, by this command too."""
        return self.pools[self.program.code, pool] + self.draws.get(pool, 0)

    def draw(self, pool: str, unit: str, amount: int) -> None:
        """Draw on a pool, or give back to it an amount below zero. Callers know whether it has so much."""
        if not amount:
            return
        assert self.drawn(pool) + amount >= 0, f"more is given back to pool {pool} than was drawn from it"
        self.draws[pool] = self.draws.get(pool, 0) + amount
        source, target = (BUDGET, DRAWN) if amount > 0 else (DRAWN, BUDGET)
        self.folio.post(Posting(unit, pool, VESTED, NEVER, source, target, abs(amount)))

    def holder(self, kind: str, key: str) -> Folio | None:
        """The folio of whoever holds a handle that the command named, with its note, or None for nobody."""
        member = self.holders.get((kind, key))
        if member is None:
            return None
        folio = self.folio if member == self.folio.member else self.others[member]
        return None if folio.note(kind, key) is None else folio

    def for_part(self, occurred_at: datetime) -> Desk:
        """A desk for a part of what the command does, which draws on the same pools."""
        part = Desk(
            self.folio,
            None,
            self.program,
            self.now,
            occurred_at,
            self.pools,
            self.program_at,
            self.revision,
            self.revisions_since,
            self.holders,
            self.others,
        )
        part.draws = self.draws
        return part

    def seal_part(
        self,
        kind: str,
        reply: object,
        reverses: int | None = None,
        other: Folio | None = None,
        subject: str = "",
    ) -> None:
        """Close what was posted so far as an entry of its own, before the one that records the command.

        With `other`, one of `others`, it is an entry on both members.
        """
        entry = own_entry(
            self.folio,
            kind,
            self.program.revision,
            self.now,
            self.occurred_at,
            subject=subject,
            reply=msgspec.json.encode(reply).decode(),
            reverses=reverses,
        )
        if other is None:
            self.folio.seal(entry)
        else:
            seal_on_both(entry, self.folio, other)

    def balance(self, unit: str) -> Balance:
        """The member's balance in a unit as it is now."""
        return self.folio.balance(unit)

    def hold(self, hold_id: str) -> Hold:
        """A hold of the member; raises `UnknownHold`."""
        hold = self.folio.holds.get(hold_id)
        if hold is None:
            raise UnknownHold(member=self.folio.member, hold=hold_id)
        return hold

    def original(self, version: int) -> Original:
        """An earlier entry of the member; raises `UnknownEntry`."""
        original = self.folio.original(version)
        if original is None:
            raise UnknownEntry(member=self.folio.member, entry=version)
        return original
