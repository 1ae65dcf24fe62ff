"""What the book should hold, by playing every basket through. Knows no Tallybook, and no pandas."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from examples.grocer.baskets import Basket
from examples.grocer.expected import THRESHOLD, Expected

ZONE = ZoneInfo("America/New_York")


def expected_by_playing(baskets: Iterable[Basket]) -> Expected:
    """Lots, awards and redemptions of every household, basket after basket."""
    lots: dict[str, dict[date, int]] = {}
    awards = redemptions = issued = 0
    for basket in baskets:
        held = lots.setdefault(basket.household, defaultdict(int))
        points = basket.cents // 100
        if points:
            held[_last_day(basket)] += points
            awards += 1
            issued += points
        while sum(held.values()) >= THRESHOLD:
            _spend(held, THRESHOLD)
            redemptions += 1
    return Expected({household: dict(held) for household, held in lots.items()}, awards, redemptions, issued)


def _last_day(basket: Basket) -> date:
    earned_on = basket.occurred_at.astimezone(ZONE).date()
    year, month = earned_on.year + 1, earned_on.month
    return date(year, month, monthrange(year, month)[1])


def _spend(held: dict[date, int], points: int) -> None:
    for day in sorted(held):
        spent = min(held[day], points)
        held[day] -= spent
        points -= spent
        if not held[day]:
            del held[day]
