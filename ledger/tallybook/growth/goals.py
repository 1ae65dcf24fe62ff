"""What an event counts towards a goal, and how far that is. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import ceil
from typing import Any, Final, NamedTuple

from tallybook.growth.happenings import ALL, Happening, HappeningLine, Left
from tallybook.programs.rules import LineFilter
from tallybook.programs.tasks import (
    CountGoal,
    DistinctGoal,
    Of,
    QuantityGoal,
    SpendGoal,
    SumGoal,
    Task,
)

VALUE_LENGTH_MAX: Final = 128
"""Of a longer attribute the beginning counts: what is different is remembered."""


class Measure(NamedTuple):
    """What an event counts: an amount (events, minor units, pieces or a sum), or different values, sorted."""

    amount: int = 0
    values: tuple[str, ...] = ()


def measured(task: Task, happening: Happening, left: Left = ALL) -> Measure:
    """What is left of an event counts towards a task.

    An order counts while there is a piece of a line that does. Money is what is left of each line's spend, in
    exact parts, rounded up once: parts of a refund take what one refund of all of them does.
    """
    lines = [line for line in happening.lines if _passes(task.lines, line)]
    if happening.lines and not any(_is_left(line, left) for line in lines):
        return Measure()
    return MEASURES[type(task.goal)](task.goal, happening, lines, left)


def has_lines(wanted: LineFilter | None, happening: Happening) -> bool:
    """Whether an order has a piece of a line that counts. Other events have no lines."""
    return not happening.lines or any(line.quantity > 0 and _passes(wanted, line) for line in happening.lines)


def _passes(wanted: LineFilter | None, line: HappeningLine) -> bool:
    if wanted is None:
        return True
    return all(
        (not only or getattr(line, field) in only) and getattr(line, field) not in unwanted
        for field, only, unwanted in wanted.by_field
    )


def _is_left(line: HappeningLine, left: Left) -> bool:
    """Whether there is anything left of a line of goods. Shipping alone is no order."""
    return line.quantity > 0 and left.of(line).part > 0


Lines = Iterable[HappeningLine]


def _count(goal: CountGoal, happening: Happening, lines: Lines, left: Left) -> Measure:
    return Measure(1)


def _spend(goal: SpendGoal, happening: Happening, lines: Lines, left: Left) -> Measure:
    if happening.currency != goal.currency:
        return Measure()
    return Measure(ceil(sum(line.spend * left.of(line).part for line in lines)))


def _quantity(goal: QuantityGoal, happening: Happening, lines: Lines, left: Left) -> Measure:
    return Measure(sum(left.of(line).quantity for line in lines if _is_left(line, left)))


def _sum(goal: SumGoal, happening: Happening, lines: Lines, left: Left) -> Measure:
    number = happening.attributes.get(goal.attribute)
    return Measure(max(0, number)) if type(number) is int else Measure()


def _distinct(goal: DistinctGoal, happening: Happening, lines: Lines, left: Left) -> Measure:
    names = VALUES[goal.of](goal, happening, (line for line in lines if _is_left(line, left)))
    return Measure(values=tuple(sorted({name for name in names if name})))


def _attribute(goal: DistinctGoal, happening: Happening, lines: Lines) -> Iterable[str]:
    value = happening.attributes.get(goal.attribute, "")
    return [(value if isinstance(value, str) else str(value).lower())[:VALUE_LENGTH_MAX]]


VALUES: Final[Mapping[Of, Callable[[DistinctGoal, Happening, Lines], Iterable[str]]]] = {
    Of.SKU: lambda goal, happening, lines: (line.sku for line in lines),
    Of.CATEGORY: lambda goal, happening, lines: (line.category for line in lines),
    Of.BRAND: lambda goal, happening, lines: (line.brand for line in lines),
    Of.STORE: lambda goal, happening, lines: [happening.store],
    Of.CHANNEL: lambda goal, happening, lines: [happening.channel],
    Of.ATTRIBUTE: _attribute,
}
"""Where each kind of value is found in an event."""

MEASURES: Final[Mapping[type, Callable[[Any, Happening, Lines, Left], Measure]]] = {
    CountGoal: _count,
    SpendGoal: _spend,
    QuantityGoal: _quantity,
    SumGoal: _sum,
    DistinctGoal: _distinct,
}
"""What what is left of an event counts towards each kind of goal."""
