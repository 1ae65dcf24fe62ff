"""The trial balance: every account's sum; together they are zero in every unit. Knows SQL by name only."""

from __future__ import annotations

from datetime import datetime

import msgspec

from tallybook.engine.checks import check_id
from tallybook.engine.reading import HistoryQuery, Reading
from tallybook.journal.queries import member_sums
from tallybook.reports.rollup import house_balances


class AccountSum(msgspec.Struct, frozen=True, order=True):
    """What one account holds, over all members, in the unit's smallest step.

    Member accounts are what is owed to members; the house's stand against them: `issued` is below zero by
    what was given out, `redeemed` and `expired` above by what came back.
    """

    unit: str
    account: str
    fund: str
    amount: int


class TrialBalanceSheet(msgspec.Struct, frozen=True, kw_only=True):
    """All accounts of a program that are not zero."""

    program: str
    as_of: datetime
    accounts: tuple[AccountSum, ...]

    def difference(self, unit: str) -> int:
        """The sum over all accounts of a unit: zero, unless the book was tampered with."""
        return sum(account.amount for account in self.accounts if account.unit == unit)

    def units(self) -> list[str]:
        """The units that anything was posted in."""
        return sorted({account.unit for account in self.accounts})


class TrialBalance(HistoryQuery[TrialBalanceSheet], frozen=True, kw_only=True):
    """The sums of all accounts of a program, or of one of its units, as recorded now.

    What time has done since a member's last entry is not in it before it is recorded: see `Book.sweep`.
    Raises `UnknownProgram`.
    """

    unit: str = ""

    def check(self) -> None:
        if self.unit != "":
            check_id("unit", self.unit)

    def read(self, reading: Reading) -> TrialBalanceSheet:
        reading.program(self.program)
        accounts = [AccountSum(*row) for row in member_sums(reading.session.connection, self.program)]
        house = house_balances(reading.session, self.program)
        accounts += [AccountSum(*place, amount) for place, amount in house.items()]
        return TrialBalanceSheet(
            program=self.program,
            as_of=reading.now,
            accounts=tuple(sorted(each for each in accounts if self.unit in ("", each.unit))),
        )
