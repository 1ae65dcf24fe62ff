"""What caps and budgets leave of a reward, and what it draws. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tallybook.earning.results import Cut
from tallybook.earning.state import Row
from tallybook.programs.rules import Budget, Limit


def cut_by_caps(amount: int, limits: Iterable[Limit], rows: Sequence[Row], cuts: list[Cut]) -> int:
    """What caps leave of an amount, by the rows that they count in; what each took is added to `cuts`."""
    for counter, most, is_times, what in limits:
        steps, times = rows[counter]
        room = amount * (times < most) if is_times else most - steps
        if room < amount:
            amount = _cut(amount, room, what, cuts)
    return amount


def count(amount: int, rows: Iterable[Row]) -> None:
    """Count a reward in what its caps go by."""
    for row in rows:
        row[0] += amount
        row[1] += 1


def cut_by_budget(amount: int, budget: Budget, room: int, cuts: list[Cut]) -> int:
    """What a budget leaves of an amount that has `room` left, in its own unit or minor units."""
    affordable = room * budget.cost_steps // budget.cost_minor_units if budget.money else room
    return _cut(amount, affordable, f"budget:{budget.code}", cuts) if affordable < amount else amount


def _cut(amount: int, room: int, what: str, cuts: list[Cut]) -> int:
    """What fits into the room, which a later revision can have brought below zero."""
    left = max(0, room)
    if left < amount:
        cuts.append(Cut(what, amount - left))
    return left


def draw_of(budget: Budget, amount: int) -> int:
    """What a reward draws from a budget: in its unit, or in minor units, rounded up."""
    return -(-amount * budget.cost_minor_units // budget.cost_steps) if budget.money else amount
