"""What the book should hold after the year, computed with pandas from the raw lines. Knows no Tallybook.

It does not play the year through. A household redeems 500 points each time it holds them, and nothing lapses
before the year is over, so of all that it earned every full 500 are spent. They were spent oldest month
first, so what is left of a month is what the months up to it brought beyond all that was spent.
"""

from __future__ import annotations

from typing import Any

from examples.grocer.expected import THRESHOLD, Expected

ZONE = "America/New_York"
LIFE_MONTHS = 12


def expected_by_pandas(purchases: Any) -> Expected:
    """Lots, awards and redemptions of every household, from the purchase lines."""
    baskets = _baskets(purchases)
    earned = baskets.pivot_table(
        index="household_id", columns="month", values="points", aggfunc="sum", fill_value=0
    )
    total = earned.sum(axis=1)
    redemptions = total // THRESHOLD
    beyond = earned.cumsum(axis=1).sub(redemptions * THRESHOLD, axis=0)
    left = beyond.clip(lower=0).clip(upper=earned)
    last_days = [(month + LIFE_MONTHS).end_time.date() for month in left.columns]
    return Expected(
        lots={
            str(household): {day: int(points) for day, points in zip(last_days, row, strict=True) if points}
            for household, row in zip(left.index, left.to_numpy(), strict=True)
        },
        awards=int((baskets["points"] > 0).sum()),
        redemptions=int(redemptions.sum()),
        issued=int(total.sum()),
    )


def _baskets(purchases: Any) -> Any:
    """A row for each basket: household, local month, whole dollars."""
    # `round` is to the nearest, half to even.
    lines = purchases.assign(cents=(purchases["sales_value"] * 100).round().astype("int64"))
    baskets = lines.groupby("basket_id").agg(
        household_id=("household_id", "first"),
        at=("transaction_timestamp", "first"),
        cents=("cents", "sum"),
    )
    local = baskets["at"].dt.tz_localize("UTC").dt.tz_convert(ZONE).dt.tz_localize(None)
    return baskets.assign(points=baskets["cents"] // 100, month=local.dt.to_period("M"))
