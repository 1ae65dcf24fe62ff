"""Stored value, reconciled: what came in of each currency, and where it is. Knows SQL by name only."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tallybook.engine.reading import HistoryQuery, Reading
from tallybook.journal.accounts import (
    BONUS,
    BONUS_COST,
    BUDGET,
    CASH_IN,
    DRAWN,
    EXPIRED,
    FORFEITED,
    MEMBER_ACCOUNTS,
    PRINCIPAL,
    REFUNDED,
    REVENUE,
)
from tallybook.journal.queries import member_sums
from tallybook.reports.rollup import house_balances

Sums = Mapping[tuple[str, str, str], int]
"""By unit, account and fund."""


class FundSheet(msgspec.Struct, frozen=True, kw_only=True):
    """One fund of a unit of money: what came in, and where it is now.

    `came_in` was paid by members (principal) or added by the house (bonus). `with_members` is available or
    held; `spent` is revenue; `paid_back` went back to members; `lapsed` and `forfeited` are breakage.
    `difference` is what of `came_in` is nowhere: zero, unless the book was tampered with.
    """

    came_in: int
    with_members: int
    spent: int
    paid_back: int
    lapsed: int
    forfeited: int

    @property
    def breakage(self) -> int:
        """What members will never have again."""
        return self.lapsed + self.forfeited

    @property
    def difference(self) -> int:
        """What came in less what is somewhere."""
        return self.came_in - self.with_members - self.spent - self.paid_back - self.breakage


class MoneySheet(msgspec.Struct, frozen=True, kw_only=True):
    """One unit of money, all in the smallest step. Principal and bonus balance each for itself.

    `elsewhere` is what lies in any other account or fund: nothing, unless the book was tampered with.
    """

    unit: str
    currency: str
    principal: FundSheet
    bonus: FundSheet
    elsewhere: int

    @property
    def balances(self) -> bool:
        """Principal, bonus, revenue, refunds and breakage are what came in and what bonus cost."""
        return not (self.principal.difference or self.bonus.difference or self.elsewhere)


class StoredValueReport(HistoryQuery[tuple[MoneySheet, ...]], frozen=True, kw_only=True):
    """The money of a program, by unit, as recorded now.

    What time has done since a member's last entry is not in it before it is recorded: see `Book.sweep`.
    Raises `UnknownProgram`.
    """

    def read(self, reading: Reading) -> tuple[MoneySheet, ...]:
        rules = reading.program(self.program).stored_value
        sums = {row[:3]: row[3] for row in member_sums(reading.session.connection, self.program)}
        sums.update(house_balances(reading.session, self.program))
        return tuple(_sheet(unit, each.currency, sums) for unit, each in sorted(rules.items()))


def _sheet(unit: str, currency: str, sums: Sums) -> MoneySheet:
    own = {place[1:]: amount for place, amount in sums.items() if place[0] == unit}
    known = {
        (account, fund)
        for fund, source in ((PRINCIPAL, CASH_IN), (BONUS, BONUS_COST))
        for account in (source, REVENUE, REFUNDED, EXPIRED, FORFEITED, *MEMBER_ACCOUNTS)
    }
    return MoneySheet(
        unit=unit,
        currency=currency,
        principal=_fund_sheet(PRINCIPAL, CASH_IN, own),
        bonus=_fund_sheet(BONUS, BONUS_COST, own),
        elsewhere=sum(
            abs(amount)
            for place, amount in own.items()
            if place not in known and place[0] not in (BUDGET, DRAWN)
        ),
    )


def _fund_sheet(fund: str, source: str, own: Mapping[tuple[str, str], int]) -> FundSheet:
    return FundSheet(
        came_in=-own.get((source, fund), 0),
        with_members=sum(own.get((account, fund), 0) for account in MEMBER_ACCOUNTS),
        spent=own.get((REVENUE, fund), 0),
        paid_back=own.get((REFUNDED, fund), 0),
        lapsed=own.get((EXPIRED, fund), 0),
        forfeited=own.get((FORFEITED, fund), 0),
    )
