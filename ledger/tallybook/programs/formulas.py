"""The formulas of earning rules: what an event earns, before caps. Pure: no clock, no database.

Each is a model with a `kind`, and is turned into what the ledger runs on by `formula_of`. A new kind is a
model and a case.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from tallybook.programs import rules
from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.section import Section
from tallybook.programs.words import (
    Amount,
    Currency,
    DeclaredRule,
    Times,
    check_minor_units,
    check_whole_steps,
    mistake,
    without_repeats,
)

STEPS_MAX: Final = 100
RULES_MAX: Final = 1_000
PIECES_MAX: Final = 1_000_000


class Rate(Section):
    """`units` whole units for every `per` of the currency, rounded once for each event."""

    kind: Literal["rate"]
    currency: Currency
    """The ISO 4217 code of the money that earns."""
    units: Amount
    """Whole units earned, such as 1 or "0.5"..."""
    per: Amount
    """...for this much money, such as "1.00"."""

    @field_validator("per")
    @classmethod
    def _whole_minor_units(cls, per: Fraction, info: ValidationInfo) -> Fraction:
        if "currency" in info.data:
            check_minor_units(per, info.data["currency"])
        return per


class Quantity(Section):
    """`units` whole units for every `per` pieces; a rest below that earns nothing."""

    kind: Literal["quantity"]
    units: Amount
    """Whole units earned..."""
    per: Annotated[int, Field(ge=1, le=PIECES_MAX)] = 1
    """...for so many pieces."""


class Fixed(Section):
    """`units` whole units for the event, whatever was spent."""

    kind: Literal["fixed"]
    units: Amount
    """Whole units earned."""


class StepSection(Section):
    """One row of a step table."""

    spend: Amount
    """From this much money on..."""
    units: Amount
    """...so many whole units are earned, instead of those of the step before."""


class Steps(Section):
    """The units of the highest step that what was spent reaches; below the first, nothing."""

    kind: Literal["steps"]
    currency: Currency
    """The ISO 4217 code of the money that earns."""
    steps: Annotated[tuple[StepSection, ...], Field(min_length=1, max_length=STEPS_MAX)]
    """The steps, each from more money on than the one before."""

    @field_validator("steps")
    @classmethod
    def _rising(cls, steps: tuple[StepSection, ...], info: ValidationInfo) -> tuple[StepSection, ...]:
        for index, step in enumerate(steps):
            at = (index, "spend")
            if "currency" in info.data:
                check_minor_units(step.spend, info.data["currency"], at)
            if index and step.spend <= steps[index - 1].spend:
                raise mistake("must be more than that of the step before", at=at)
        return steps


class Multiplier(Section):
    """`times` what other rules earn: what comes on top is a reward of its own."""

    kind: Literal["multiplier"]
    times: Times
    """The factor, such as 2, "1.5" or "4/3": twice means that as much again comes on top."""
    of: Annotated[
        tuple[DeclaredRule, ...] | None,
        Field(min_length=1, max_length=RULES_MAX),
        AfterValidator(lambda of: of and without_repeats(of)),
    ] = None
    """The rules that are multiplied. Left out: all of kind rate, quantity and steps of its unit and event."""


Formula = Annotated[
    Rate | Quantity | Fixed | Steps | Multiplier,
    Field(discriminator="kind"),
]


def check_formula(formula: Formula, unit: str, info: ValidationInfo) -> None:
    """Refuse amounts that the unit is too coarse for. What a rate comes to is rounded, so it may be fine."""
    match formula:
        case Quantity(units=units) | Fixed(units=units):
            check_whole_steps(units, unit, info, (formula.kind, "units"))
        case Steps(steps=steps):
            for index, step in enumerate(steps):
                check_whole_steps(step.units, unit, info, ("steps", "steps", index, "units"))


def currency_of(formula: Formula) -> str | None:
    """The currency that a formula counts in, or None where it counts no money."""
    return formula.currency if isinstance(formula, Rate | Steps) else None


def formula_of(formula: Formula, scale: int, multiplied: Iterable[str]) -> rules.Formula:
    """The formula for a unit with so many decimals; `multiplied` are the rules that a multiplier is of."""
    one = 10**scale
    match formula:
        case Rate(units=units, per=per, currency=currency):
            rate = Fraction(units * one, per * 10 ** MINOR_UNIT_DECIMALS[currency])
            return rules.PerMoney(rate.numerator, rate.denominator, currency)
        case Quantity(units=units, per=per):
            return rules.PerQuantity(int(units * one), per)
        case Fixed(units=units):
            return rules.Fixed(int(units * one))
        case Steps(steps=steps, currency=currency):
            cent = 10 ** MINOR_UNIT_DECIMALS[currency]
            return rules.StepTable(
                tuple((int(step.spend * cent), int(step.units * one)) for step in steps), currency
            )
        case Multiplier(times=times):
            added = times - 1
            return rules.Multiplier(added.numerator, added.denominator, frozenset(multiplied))
