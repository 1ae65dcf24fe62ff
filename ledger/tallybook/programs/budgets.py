"""Caps and budgets: how much rules may give, to a member and in all. Pure: no clock, no database.

What a document says is turned into what the ledger runs on by `caps_of`, `unit_caps_of` and `budget_of`.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Final, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.problems import Path
from tallybook.programs.rules import Budget, Cap, Period
from tallybook.programs.section import Section
from tallybook.programs.words import (
    Amount,
    Currency,
    DeclaredUnit,
    check_minor_units,
    check_whole_steps,
    mistake,
)

TIMES_MAX: Final = 1_000_000


class CapSection(Section):
    """What a member gets of a rule at most."""

    period: Period
    """What the cap counts over, in the program's time zone. Weeks begin on Monday."""
    most: Amount | None = None
    """At most so many whole units..."""
    times: Annotated[int, Field(ge=1, le=TIMES_MAX)] | None = None
    """...or at most so many rewards."""

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if (self.most is None) == (self.times is None):
            raise mistake("must say most or times, one of them")
        if self.times is not None and self.period is Period.EVENT:
            raise mistake("bounds nothing: a rule gives one reward an event", at=("times",))
        return self


class UnitCapSection(Section):
    """What a member gets of a unit at most, from all rules together."""

    period: Period
    """What the cap counts over, in the program's time zone. Weeks begin on Monday."""
    most: Amount
    """At most so many whole units."""


class CostSection(Section):
    """What units cost."""

    units: Amount
    """So many whole units..."""
    money: Amount
    """...cost this much money."""


class BudgetSection(Section):
    """What all members together get at most out of the rules that draw on it."""

    unit: DeclaredUnit
    """The unit of the rules that draw on it."""
    currency: Currency | None = None
    """For a budget in money, its ISO 4217 code. Without it, the budget is in units."""
    cost: CostSection | None = None
    """For a budget in money, what units cost."""
    most: Amount
    """So many whole units, or so much money."""

    @field_validator("most")
    @classmethod
    def _countable(cls, most: Fraction, info: ValidationInfo) -> Fraction:
        if info.data.get("currency") is not None:
            check_minor_units(most, info.data["currency"])
        elif "unit" in info.data and "currency" in info.data:
            check_whole_steps(most, info.data["unit"], info, ())
        return most

    @model_validator(mode="after")
    def _cost_goes_with_money(self) -> Self:
        if self.currency is not None and self.cost is None:
            raise mistake(f"is in {self.currency}, and needs the cost of {self.unit}")
        if self.currency is None and self.cost is not None:
            raise mistake(f"is in {self.unit}: a cost belongs to a budget with a currency", at=("cost",))
        return self


def check_caps(
    caps: Iterable[CapSection | UnitCapSection], unit: str, info: ValidationInfo, at: Path = ()
) -> None:
    """Refuse caps that the unit is too coarse for, or that bound the same twice."""
    seen = set()
    for index, cap in enumerate(caps):
        if cap.most is not None:
            check_whole_steps(cap.most, unit, info, (*at, index, "most"))
        bound = cap.period, cap.most is None
        if bound in seen:
            raise mistake(f"is a second cap for each {cap.period}", at=(*at, index))
        seen.add(bound)


def caps_of(sections: Iterable[CapSection | UnitCapSection], scale: int) -> tuple[Cap, ...]:
    """Caps in steps of a unit with so many decimals, or in times."""
    return tuple(_cap(section, scale) for section in sections)


def _cap(section: CapSection | UnitCapSection, scale: int) -> Cap:
    if section.most is not None:
        return Cap(section.period, int(section.most * 10**scale))
    assert isinstance(section, CapSection)
    assert section.times is not None
    return Cap(section.period, section.times, times=True)


def budget_of(code: str, section: BudgetSection, scale: int) -> Budget:
    """A budget, whose unit has so many decimals."""
    if section.currency is None or section.cost is None:
        return Budget(code, section.unit, int(section.most * 10**scale))
    cent = 10 ** MINOR_UNIT_DECIMALS[section.currency]
    cost = Fraction(section.cost.money * cent, section.cost.units * 10**scale)
    most = int(section.most * cent)
    return Budget(
        code, section.currency, most, money=True, cost_minor_units=cost.numerator, cost_steps=cost.denominator
    )
