"""Rounding against the definition of each mode. Knows no program."""

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.programs.rounding import Rounding, rounded

AMOUNTS = st.integers(min_value=0, max_value=10**24)
DENOMINATORS = st.integers(min_value=1, max_value=10**12)


@pytest.mark.parametrize(
    ("numerator", "floor_", "ceiling", "half_up", "half_even"),
    [(0, 0, 0, 0, 0), (1, 0, 1, 0, 0), (2, 0, 1, 1, 0), (3, 0, 1, 1, 1), (4, 1, 1, 1, 1), (6, 1, 2, 2, 2)],
)
def test_quarters_round_as_named(
    numerator: int, floor_: int, ceiling: int, half_up: int, half_even: int
) -> None:
    found = [rounded(numerator, 4, rounding) for rounding in Rounding]
    assert found == [floor_, ceiling, half_up, half_even]


@given(AMOUNTS, DENOMINATORS)
def test_rounding_agrees_with_exact_fractions(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator, denominator)
    assert rounded(numerator, denominator, Rounding.FLOOR) == floor(exact)
    assert rounded(numerator, denominator, Rounding.CEILING) == ceil(exact)
    assert rounded(numerator, denominator, Rounding.HALF_UP) == floor(exact + Fraction(1, 2))
    assert rounded(numerator, denominator, Rounding.HALF_EVEN) == round(exact)
