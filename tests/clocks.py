"""A clock for tests: it shows what it is set to. Pure: no clock, no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


class SetClock:
    """Stands still until it is set, and goes back as willingly as forward."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, days: int = 0, seconds: int = 0) -> None:
        """Let time pass."""
        self.now += timedelta(days=days, seconds=seconds)
