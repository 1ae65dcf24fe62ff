"""What one command decides on: its folios, the program, the time. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from tallybook.errors import UnknownEntry, UnknownFund, UnknownHold, UnknownUnit
from tallybook.journal.accounts import Balance
from tallybook.journal.folio import Folio
from tallybook.journal.holds import Hold
from tallybook.journal.originals import Original
from tallybook.programs.program import Program, Unit


class Desk:
    """The folio of the command's member, another one where two members are concerned, program and time.

    `now` is when the entry is recorded, `occurred_at` when the thing happened in the caller's world.
    """

    __slots__ = ("_today", "folio", "now", "occurred_at", "other", "program", "reverses", "subject")

    def __init__(
        self, folio: Folio, other: Folio | None, program: Program, now: datetime, occurred_at: datetime
    ) -> None:
        self.folio = folio
        self.other = other
        self.program = program
        self.now = now
        self.occurred_at = occurred_at
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


Programs = Mapping[str, Program]
