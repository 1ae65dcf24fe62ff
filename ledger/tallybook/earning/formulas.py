"""What a formula makes of the parts of an event that count. Pure: no clock, no database."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from operator import add, itemgetter
from typing import Any, Final

import msgspec

from tallybook.earning.spend import Basket
from tallybook.programs.rules import Fixed, LineFilter, Multiplier, PerMoney, PerQuantity, StepTable

Given = Mapping[str, Sequence[int]]
"""What rules before this one came to, by part of the basket."""


class Worth(msgspec.Struct, frozen=True, gc=False):
    """What a rule comes to before rounding: `top / denominator` steps, to be shared out by `weights`.

    It is `base` times `numerator / denominator`, but for a step table, whose `numerator` is the step reached.
    """

    base: int
    numerator: int
    denominator: int
    top: int
    weights: Sequence[int]


class Parts:
    """The parts of a basket that a line filter lets count: worked out when first asked for, and once.

    Each tells the value of every part, zero where it does not count, and the sum.
    """

    __slots__ = "_basket", "_lines", "_pieces", "_spend", "currency"

    def __init__(self, basket: Basket, lines: LineFilter | None) -> None:
        self.currency = basket.currency
        self._basket = basket
        self._lines = lines
        self._spend: tuple[Sequence[int], int] | None = None
        self._pieces: tuple[Sequence[int], int] | None = None

    def spend(self) -> tuple[Sequence[int], int]:
        """What counts of the money, in minor units of `currency`."""
        if self._spend is None:
            spend = self._basket.of(self._lines, self._basket.spend)
            self._spend = spend, sum(spend)
        return self._spend

    def pieces(self) -> tuple[Sequence[int], int]:
        """How many pieces."""
        if self._pieces is None:
            pieces = self._basket.of(self._lines, self._basket.quantities)
            self._pieces = pieces, sum(pieces)
        return self._pieces

    def of(self, values: Sequence[int]) -> tuple[Sequence[int], int]:
        """What counts of any values of the parts."""
        counted = self._basket.of(self._lines, values)
        return counted, sum(counted)


def _per_money(formula: PerMoney, parts: Parts, given: Given) -> Worth | None:
    if formula.currency != parts.currency:
        return None
    spend, base = parts.spend()
    return Worth(base, formula.steps, formula.per_minor_units, base * formula.steps, spend) if base else None


def _per_quantity(formula: PerQuantity, parts: Parts, given: Given) -> Worth | None:
    """The pieces that make up whole lots of `per`: the base is a multiple of it."""
    pieces, whole = parts.pieces()
    base = whole - whole % formula.per
    return Worth(base, formula.steps, formula.per, base * formula.steps, pieces) if base else None


def _fixed(formula: Fixed, parts: Parts, given: Given) -> Worth | None:
    """The same for every event that has a part that counts; where all are free, shared out by pieces."""
    weights, whole = parts.spend()
    if not whole:
        weights, whole = parts.pieces()
    return Worth(1, formula.steps, 1, formula.steps, weights) if whole else None


def _steps(formula: StepTable, parts: Parts, given: Given) -> Worth | None:
    if formula.currency != parts.currency:
        return None
    spend, base = parts.spend()
    reached = bisect_right(formula.rows, base, key=itemgetter(0))
    if not base or not reached:
        return None
    steps = formula.rows[reached - 1][1]
    return Worth(base, steps, 1, steps, spend)


def _multiplied(formula: Multiplier, parts: Parts, given: Given) -> Worth | None:
    """On top of what the rules in `of` came to, part by part, rounded and before their caps.

    So a cap bounds the rule that has it and no other; what all may give together is for caps of the unit.
    """
    earned: Sequence[int] = ()
    for code in formula.of:
        if code in given:
            earned = list(map(add, earned, given[code])) if earned else given[code]
    if not earned:
        return None
    counted, base = parts.of(earned)
    top = base * formula.numerator
    return Worth(base, formula.numerator, formula.denominator, top, counted) if base else None


Worths = Callable[[Any, Parts, Given], Worth | None]

FORMULAS: Final[Mapping[type, Worths]] = {
    PerMoney: _per_money,
    PerQuantity: _per_quantity,
    Fixed: _fixed,
    StepTable: _steps,
    Multiplier: _multiplied,
}
"""What each kind of formula comes to for parts of a basket; None where nothing counts towards it."""
