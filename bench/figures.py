"""What a benchmark comes to: a ratio, the raw figures of both sides, and the one JSON line that says so."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

SIGNIFICANT: Final = 4
"""Digits of a figure that are printed: no run of a benchmark is steadier than that."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The outcome of a benchmark. `sides` holds the raw figures of both sides of the ratio, by their names.

    `parameters` is what would have to be the same to repeat it, `beside` what is worth knowing with it.
    """

    ratio: float
    sides: dict[str, Any]
    parameters: dict[str, Any]
    beside: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Turns:
    """Two sides measured in turn: a value of each for every round, as a rate or as a duration."""

    first: list[float]
    second: list[float]

    @property
    def ratios(self) -> list[float]:
        """The first side against the second, round by round."""
        return [a / b for a, b in zip(self.first, self.second, strict=True)]

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios: what disturbs one round disturbs no other."""
        return statistics.median(self.ratios)


def in_turn(rounds: int, first: Callable[[], float], second: Callable[[], float]) -> Turns:
    """Measure two sides A B A B ..., so that whatever drifts on the machine drifts for both."""
    turns = Turns([], [])
    for _ in range(rounds):
        turns.first.append(first())
        turns.second.append(second())
    return turns


def side(values: Sequence[float], unit: str) -> dict[str, Any]:
    """The raw figures of one side: its median, and every round."""
    return {unit: statistics.median(values), "rounds": list(values)}


def line(name: str, figure: Figure, run: dict[str, Any]) -> str:
    """The benchmark's JSON line."""
    return json.dumps(
        {
            "name": name,
            "ratio": _rounded(figure.ratio),
            "sides": _rounded(figure.sides),
            "parameters": figure.parameters,
            "beside": _rounded(figure.beside),
            "run": _rounded(run),
        },
        allow_nan=False,
    )


def _rounded(value: Any) -> Any:
    match value:
        case float():
            return float(f"{value:.{SIGNIFICANT}g}")
        case dict():
            return {key: _rounded(each) for key, each in value.items()}
        case list() | tuple():
            return [_rounded(each) for each in value]
        case _:
            return value
