"""What a backtest comes to: units and money by rule, month and tier. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Literal

import msgspec

from tallybook.programs.budgets import CostSection
from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.document import Document

Margin = Literal["rule", "month", "tier"]


class BacktestUnit(msgspec.Struct, frozen=True, kw_only=True):
    """A unit of the program. `cost_minor_units` of `currency` is what `cost_steps` steps of it cost, by the
    program's budgets in money; the currency is empty where these say nothing, or not all the same.
    """

    code: str
    display_name: str
    scale: int
    currency: str = ""
    cost_minor_units: int = 0
    cost_steps: int = 1

    def cost(self, steps: int) -> int:
        """What so many steps cost, in minor units, rounded half to even; zero where nobody says."""
        return round(Fraction(steps * self.cost_minor_units, self.cost_steps))


class BacktestCell(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule gave in one local month to members of one tier, in steps, less what refunds took of it;
    or what a task gave, such as task/five_orders, or a tier, such as tier/status/gold.

    `month` is such as 2026-03, `tier` empty for none; `old` is what happened, `new` what would have.
    """

    month: str
    tier: str
    rule: str
    unit: str
    old: int
    new: int


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """Steps of a unit that were given under one name: a rule, a month, a tier, a member."""

    name: str
    unit: str
    old: int
    new: int

    @property
    def difference(self) -> int:
        """What the new program gives more, below zero for less."""
        return self.new - self.old


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """How many events met the same: `reason` is the code of an error, or `failed` for a rule whose condition
    failed; `detail` is the message, or the rule.
    """

    reason: str
    detail: str
    events: int


class Backtest(msgspec.Struct, frozen=True, kw_only=True):
    """What a program would have given for the events of local days `from_` through `to`, against what
    happened.

    `members` had `events` then. `refused` are events that the program does not take, and `failed` rules that
    failed. `gained` and `lost` are the members with the largest differences in each unit by rules, the
    largest first. Coupons and days of memberships are no units, and left out.
    """

    program: str
    from_: date
    to: date
    members: int
    events: int
    units: dict[str, BacktestUnit]
    cells: tuple[BacktestCell, ...]
    gained: tuple[Compared, ...]
    lost: tuple[Compared, ...]
    refused: tuple[Counted, ...]
    failed: tuple[Counted, ...]

    def totals(self) -> tuple[Compared, ...]:
        """All that was given, by unit."""
        return self._sums(lambda cell: "")

    def by(self, margin: Margin) -> tuple[Compared, ...]:
        """What was given by rule, by month or by tier, and by unit."""
        return self._sums(lambda cell: getattr(cell, margin))

    def _sums(self, name_of: Callable[[BacktestCell], str]) -> tuple[Compared, ...]:
        sums: dict[tuple[str, str], tuple[int, int]] = {}
        for cell in self.cells:
            old, new = sums.get((name_of(cell), cell.unit), (0, 0))
            sums[name_of(cell), cell.unit] = old + cell.old, new + cell.new
        return tuple(
            Compared(name=name, unit=unit, old=old, new=new)
            for (name, unit), (old, new) in sorted(sums.items())
        )


def units_of(document: Document) -> dict[str, BacktestUnit]:
    """The units of a program, with what its budgets say they cost."""
    found = {}
    for code, unit in document.units.items():
        costs = {
            (each.currency, _cost_of_a_step(each.currency, each.cost, unit.scale))
            for each in document.budgets.values()
            if each.unit == code and each.currency is not None and each.cost is not None
        }
        currency, cost = costs.pop() if len(costs) == 1 else ("", Fraction(0))
        found[code] = BacktestUnit(
            code=code,
            display_name=unit.display_name or code,
            scale=unit.scale,
            currency=currency,
            cost_minor_units=cost.numerator,
            cost_steps=cost.denominator,
        )
    return found


def _cost_of_a_step(currency: str, cost: CostSection, scale: int) -> Fraction:
    return Fraction(cost.money * 10 ** MINOR_UNIT_DECIMALS[currency], cost.units * 10**scale)
