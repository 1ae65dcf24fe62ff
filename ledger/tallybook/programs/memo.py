"""A bounded memory for pure functions. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

MEMORY_MAX = 1024
"""Three years of days. What exceeds it is forgotten and worked out again."""


class Memo(dict[K, V]):
    """`memo[key]` is `function(key)`: a plain dict lookup from the second time on.

    Threads may share one: the worst that a race does is to work the same value out twice.
    """

    __slots__ = ("_function",)

    def __init__(self, function: Callable[[K], V]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: K) -> V:
        value = self._function(key)
        if len(self) >= MEMORY_MAX:
            self.clear()
        self[key] = value
        return value
