"""The order of lines by what is bought, whatever order they were sent in. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any, Final

_what_is_bought: Final = attrgetter("sku", "category", "brand", "amount", "quantity", "tax", "line_id")


class LineOrder:
    """The places of lines, sorted by what is bought; those of lines alike in everything stay as they are.

    They are sorted when first asked for: sharing out asks only where remainders are equal.
    """

    __slots__ = "_lines", "_places"

    def __init__(self, lines: Sequence[Any]) -> None:
        self._lines = lines
        self._places: list[int] | None = None

    def __iter__(self) -> Iterator[int]:
        if self._places is None:
            bought = [_what_is_bought(line) for line in self._lines]
            self._places = sorted(range(len(bought)), key=bought.__getitem__)
        return iter(self._places)
