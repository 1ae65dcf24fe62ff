"""What became of coupons, and what they cost whom: by template, exactly. Knows SQL by name only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from tallybook.coupons.notes import coupon_unit, discount_unit
from tallybook.engine.reading import HistoryQuery, Reading
from tallybook.journal.accounts import (
    COUPONS_EXPIRED,
    COUPONS_ISSUED,
    COUPONS_RETURNED,
    COUPONS_USED,
    COUPONS_VOIDED,
    DISCOUNTED,
    DRAWN,
)
from tallybook.reports.rollup import house_balances


class CouponCost(msgspec.Struct, frozen=True, kw_only=True):
    """What a fund has paid for a template, less what came back, in minor units."""

    fund: str
    amount: int


class CouponSheet(msgspec.Struct, frozen=True, kw_only=True):
    """The coupons of a template: how often each thing happened to one.

    `issued` counts codes when they are made, whether or not somebody has claimed them. `open` are those that
    can still be used: issued less used, expired and voided, with those that were returned after their use.
    """

    template: str
    currency: str
    issued: int
    used: int
    returned: int
    expired: int
    voided: int
    costs: tuple[CouponCost, ...]

    @property
    def open(self) -> int:
        """What can still be used."""
        return self.issued - self.used + self.returned - self.expired - self.voided

    @property
    def cost(self) -> int:
        """What all funds have paid."""
        return sum(each.amount for each in self.costs)


class CouponReport(HistoryQuery[tuple[CouponSheet, ...]], frozen=True, kw_only=True):
    """The coupons of a program by template, as recorded now, and what they cost each fund.

    What has expired since is not in it before it is recorded: see `Book.sweep`. Raises `UnknownProgram`.
    """

    def read(self, reading: Reading) -> tuple[CouponSheet, ...]:
        templates = reading.program(self.program).coupons
        by_unit: dict[str, list[tuple[str, str, int]]] = {}
        for (unit, account, fund), amount in sorted(house_balances(reading.session, self.program).items()):
            by_unit.setdefault(unit, []).append((account, fund, amount))
        return tuple(_sheet(code, each.currency, by_unit) for code, each in sorted(templates.items()))


def _sheet(
    template: str, currency: str, by_unit: Mapping[str, Sequence[tuple[str, str, int]]]
) -> CouponSheet:
    """One template's, from sums by account and fund of each unit."""
    counted: dict[str, int] = {}
    for account, _, amount in by_unit.get(coupon_unit(template), ()):
        counted[account] = counted.get(account, 0) + amount
    costs = [
        CouponCost(fund=fund, amount=amount)
        for account, fund, amount in by_unit.get(discount_unit(template), ())
        if account == DISCOUNTED
    ]
    return CouponSheet(
        template=template,
        currency=currency,
        issued=counted.get(DRAWN, 0) - counted.get(COUPONS_ISSUED, 0),
        used=counted.get(COUPONS_USED, 0),
        returned=-counted.get(COUPONS_RETURNED, 0),
        expired=counted.get(COUPONS_EXPIRED, 0),
        voided=counted.get(COUPONS_VOIDED, 0),
        costs=tuple(costs),
    )
