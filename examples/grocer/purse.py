"""What a household holds, in the order of time: lots, debts, redemptions. Pure: no clock, no database.

Knows no Tallybook. Points lapse month by month, the oldest first, and nothing lapses within the year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Month = tuple[int, int]
"""A year, and a month of it from 1."""


@dataclass(slots=True)
class Purse:
    """Points by the month that they were earned in, and what is owed."""

    lots: dict[Month, int] = field(default_factory=dict)
    owed: int = 0
    redemptions: int = 0

    def change(self, steps: Iterable[tuple[Month, int]], threshold: int) -> None:
        """Give and take points of months, one after the other; then redeem as long as there is enough."""
        for month, points in steps:
            if points > 0:
                self._give(month, points)
            else:
                self._take(month, -points)
        while sum(self.lots.values()) >= threshold:
            self._spend(threshold)
            self.redemptions += 1

    def _give(self, month: Month, points: int) -> None:
        """What is owed is paid first."""
        paid = min(self.owed, points)
        self.owed -= paid
        self.lots[month] = self.lots.get(month, 0) + points - paid

    def _take(self, month: Month, points: int) -> None:
        """From the month's own points, then the oldest; the rest is owed."""
        own = min(self.lots.get(month, 0), points)
        self.lots[month] = self.lots.get(month, 0) - own
        self.owed += self._spend(points - own)

    def _spend(self, points: int) -> int:
        """Take the oldest points. Returns what is missing."""
        for month in sorted(self.lots):
            part = min(self.lots[month], points)
            self.lots[month] -= part
            points -= part
        return points
