"""What money earns at the rate that a document says: exactly so much, rounded once. Knows no database."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.earning.evaluate import evaluate
from tallybook.earning.state import EarningState

from tests.programs.documents import base, program, unit
from tests.slices.earning.till import GOLD, TUESDAY, order


def earned(rules: Mapping[str, Any], scale: int, minor_units: int) -> int:
    """What an order earns in a program that counts so many decimals."""
    currency = rules["base"]["formula"]["currency"]
    shop = program(units=unit(scale=scale), rules=rules)
    found = evaluate(order(minor_units, currency=currency), TUESDAY, shop, GOLD, EarningState(), {})
    return sum(reward.amount for reward in found.rewards)


@pytest.mark.parametrize(
    ("rules", "scale", "minor_units", "amount"),
    [
        (base(), 0, 99, 0),
        (base(), 0, 100, 1),
        (base(), 0, 0, 0),
        (base(), 0, 10**15, 10**13),
        (base(units="1.5"), 0, 100, 1),
        (base(units="1.5"), 0, 200, 3),
        (base(units="1.5", rounding="half_up"), 0, 100, 2),
        (base(units="0.5"), 2, 100, 50),
        (base(per=3), 0, 299, 0),
        (base(per=3), 0, 300, 1),
        (base(per=3, rounding="ceiling"), 0, 301, 2),
        (base(currency="JPY", per=100), 0, 250, 2),
        (base(currency="JPY", per=100, rounding="half_even"), 0, 250, 2),
        (base(currency="JPY", per=100, rounding="half_even"), 0, 350, 4),
        (base(currency="KWD", per="0.125"), 0, 1_000, 8),
    ],
)
def test_money_earns_exactly(rules: Mapping[str, Any], scale: int, minor_units: int, amount: int) -> None:
    assert earned(rules, scale, minor_units) == amount


@given(
    st.integers(min_value=0, max_value=10**12),
    st.decimals(min_value="0.000000001", max_value="999", places=9),
    st.integers(min_value=1, max_value=10**9),
    st.integers(min_value=0, max_value=3),
)
def test_what_money_earns_is_the_exact_rate_rounded_once(
    minor_units: int, units: Any, per_cents: int, scale: int
) -> None:
    per = f"{per_cents // 100}.{per_cents % 100:02}"
    exact = Fraction(minor_units, per_cents) * Fraction(units) * 10**scale
    assert earned(base(units=f"{units:f}", per=per), scale, minor_units) == floor(exact)
