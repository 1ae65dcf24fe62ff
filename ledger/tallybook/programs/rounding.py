"""Rounding, by name. Pure: no clock, no database."""

from __future__ import annotations

from enum import StrEnum


class Rounding(StrEnum):
    """How an exact fraction becomes a whole number of a unit's smallest steps."""

    FLOOR = "floor"
    CEILING = "ceiling"
    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


def rounded(numerator: int, denominator: int, rounding: Rounding) -> int:
    """`numerator` over `denominator`, both at least zero and the second above it, as a whole number.

    A half goes up under HALF_UP, and to the even neighbour under HALF_EVEN.
    """
    assert numerator >= 0 < denominator, "what is rounded here is earned, never owed"
    whole, rest = divmod(numerator, denominator)
    if not rest or rounding is Rounding.FLOOR:
        return whole
    match rounding:
        case Rounding.CEILING:
            return whole + 1
        case Rounding.HALF_UP:
            return whole + (2 * rest >= denominator)
        case Rounding.HALF_EVEN:
            return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1))
