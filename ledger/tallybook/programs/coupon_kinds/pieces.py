"""Single pieces of lines: which are the cheapest or dearest, what they cost. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Which(StrEnum):
    """Which pieces a coupon is for."""

    CHEAPEST = "cheapest"
    DEAREST = "dearest"


def chosen(
    left: Sequence[int], quantities: Sequence[int], count: int, which: Which
) -> list[tuple[int, int, int]]:
    """The `count` cheapest or dearest pieces, as (line, what one costs, how many), each line at most twice.

    The pieces of a line share what is left of it evenly: where it cannot be divided, some cost one minor unit
    more. Of equal ones, those of the first line come first. Where there are fewer, all of them.
    """
    runs = []
    for line, (amount, quantity) in enumerate(zip(left, quantities, strict=True)):
        price, dearer = divmod(amount, quantity)
        runs.append((price, line, quantity - dearer))
        if dearer:
            runs.append((price + 1, line, dearer))
    runs.sort(key=(lambda run: run[0]) if which is Which.CHEAPEST else (lambda run: -run[0]))
    found = []
    for price, line, pieces in runs:
        if not count:
            break
        taken = min(count, pieces)
        found.append((line, price, taken))
        count -= taken
    return found


def by_line(pieces: Sequence[tuple[int, int, int]], lines: int) -> list[int]:
    """What the chosen pieces cost, for each of so many lines."""
    costs = [0] * lines
    for line, price, count in pieces:
        costs[line] += price * count
    return costs
