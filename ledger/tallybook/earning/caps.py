"""What caps and budgets leave of a reward, and what it draws. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable

from tallybook.earning.results import Cut
from tallybook.earning.state import Counters, Row
from tallybook.programs.rules import Bound, Budget


def cut_by_caps(
    amount: int, bounds: Iterable[Bound], counters: Counters, cuts: list[Cut]
) -> tuple[int, list[Row]]:
    """What caps leave of an amount, and the rows to count it in; what each took is added to `cuts`."""
    rows: list[Row] = []
    for bound in bounds:
        of_bound = counters.rows(bound)
        rows += of_bound
        for cap, place, what in bound.caps:
            steps, times = of_bound[place]
            room = amount * (times < cap.most) if cap.times else cap.most - steps
            if room < amount:
                amount = _cut(amount, room, what, cuts)
    return amount, rows


def count(amount: int, rows: Iterable[Row]) -> None:
    """Count a reward, once in each period of each bound."""
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
