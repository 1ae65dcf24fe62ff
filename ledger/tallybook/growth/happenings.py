"""What tasks see of an event, and what is left of an order after refunds. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Final, NamedTuple

from tallybook.programs.conditions import Condition

Holds = Callable[[Condition], bool]
"""Whether a condition holds for the event that is told. One without an answer does not."""


class HappeningLine(NamedTuple):
    """What counts of one line of an order: pieces, and `spend` in minor units.

    Where the program counts shipping, it is a line of no pieces.
    """

    line_id: str
    sku: str = ""
    category: str = ""
    brand: str = ""
    quantity: int = 1
    spend: int = 0


@dataclass(frozen=True, slots=True)
class Happening:
    """A purchase or a custom event: `at` its moment in UTC, `local` the same in the program's time zone.

    `event` is purchase or the name of a custom event, which has neither lines nor a currency.
    """

    event: str
    at: datetime
    local: datetime
    currency: str = ""
    lines: tuple[HappeningLine, ...] = ()
    store: str = ""
    channel: str = ""
    attributes: Mapping[str, str | int | bool] = field(default_factory=dict)


class LineLeft(NamedTuple):
    """What is left of a line: so many pieces, and a part of its worth. Of no part no piece is left."""

    quantity: int
    part: Fraction | int


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of an order after refunds. Lines that are not named are left whole."""

    is_nothing: bool = False
    lines: Mapping[str, LineLeft] = field(default_factory=dict)

    def of(self, line: HappeningLine) -> LineLeft:
        """What is left of a line."""
        if self.is_nothing:
            return _NO_LINE
        return self.lines.get(line.line_id) or LineLeft(line.quantity, 1)


_NO_LINE: Final = LineLeft(0, 0)
ALL: Final = Left()
"""What is left where nothing was refunded."""
NOTHING: Final = Left(is_nothing=True)
"""What is left of an order that was refunded wholly."""
