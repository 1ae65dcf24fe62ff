"""Amounts as people read them: units, money, exact fractions, rates. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import lcm
from typing import Final

from tallybook.programs.currencies import MINOR_UNIT_DECIMALS
from tallybook.programs.expiry import NEVER
from tallybook.programs.program import Unit
from tallybook.programs.rounding import Rounding

DECIMALS_MAX: Final = 9
"""An exact amount with more decimals is shown as a fraction."""

ROUNDED: Final = {
    Rounding.FLOOR: "rounded down",
    Rounding.CEILING: "rounded up",
    Rounding.HALF_UP: "rounded half up",
    Rounding.HALF_EVEN: "rounded half to even",
}


def decimal_text(amount: int, decimals: int) -> str:
    """An amount in its smallest steps as a decimal number: 123456 with two decimals is 1,234.56."""
    whole, rest = divmod(abs(amount), 10**decimals)
    fraction = f".{rest:0{decimals}}" if decimals else ""
    return f"{'-' if amount < 0 else ''}{whole:,}{fraction}"


def units_text(unit: Unit, steps: int) -> str:
    """Steps of a unit under the unit's own name: 72 Points."""
    return f"{decimal_text(steps, unit.scale)} {unit.display_name}"


def money_text(minor_units: int, currency: str) -> str:
    """Money in minor units: 72.99 USD."""
    return f"{decimal_text(minor_units, MINOR_UNIT_DECIMALS[currency])} {currency}"


def exact_text(amount: Fraction, decimals: int) -> str:
    """An exact amount in smallest steps, zero or more, as a decimal number where it ends soon, or else with a
    fraction: 72.99, or 24 1/3.
    """
    whole_units = amount * Fraction(1, 10**decimals)
    for places in range(decimals, DECIMALS_MAX + 1):
        shifted = whole_units * 10**places
        if shifted.denominator == 1:
            return decimal_text(shifted.numerator, places)
    whole, rest = divmod(whole_units, 1)
    return f"{whole:,} {rest}" if whole else f"{rest}"


def rate_text(unit: Unit, steps: int, per_minor_units: int, currency: str) -> str:
    """A rate for an amount of whole money: 1 Points for 1.00 USD."""
    whole = lcm(per_minor_units, 10 ** MINOR_UNIT_DECIMALS[currency])
    given = units_text(unit, steps * (whole // per_minor_units))
    return f"{given} for {money_text(whole, currency)}"


def counted_text(count: int, thing: str) -> str:
    """1 line, 2 lines."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def until_text(expires_on: date) -> str:
    """Through which day something can be spent."""
    return "never to lapse" if expires_on == NEVER else f"to be spent through {expires_on}"
