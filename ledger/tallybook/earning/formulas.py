"""What a formula makes of the parts of an event that count. Pure: no clock, no database."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple

from tallybook.earning.spend import Basket
from tallybook.programs.rules import Fixed, LineFilter, Multiplier, PerMoney, PerQuantity, StepTable

Given = Mapping[str, Sequence[int]]
"""What rules before this one came to, by part of the basket."""


class Worth(NamedTuple):
    """What a rule comes to before rounding: `top / denominator` steps, to be shared out by `weights`.

    It is `base` times `numerator / denominator`, but for a step table, whose `numerator` is the step reached.
    """

    base: int
    numerator: int
    denominator: int
    top: int
    weights: Sequence[int]


def _per_money(formula: PerMoney, basket: Basket, lines: LineFilter | None, given: Given) -> Worth | None:
    if formula.currency != basket.currency:
        return None
    spend = basket.of(lines, basket.spend)
    base = sum(spend)
    return Worth(base, formula.steps, formula.per_minor_units, base * formula.steps, spend) if base else None


def _per_quantity(
    formula: PerQuantity, basket: Basket, lines: LineFilter | None, given: Given
) -> Worth | None:
    """The pieces that make up whole lots of `per`: the base is a multiple of it."""
    pieces = basket.of(lines, basket.quantities)
    whole = sum(pieces)
    base = whole - whole % formula.per
    return Worth(base, formula.steps, formula.per, base * formula.steps, pieces) if base else None


def _fixed(formula: Fixed, basket: Basket, lines: LineFilter | None, given: Given) -> Worth | None:
    """The same for every event that has a part that counts; where all are free, shared out by pieces."""
    spend = basket.of(lines, basket.spend)
    weights = spend if any(spend) else basket.of(lines, basket.quantities)
    return Worth(1, formula.steps, 1, formula.steps, weights) if any(weights) else None


def _steps(formula: StepTable, basket: Basket, lines: LineFilter | None, given: Given) -> Worth | None:
    if formula.currency != basket.currency:
        return None
    spend = basket.of(lines, basket.spend)
    base = sum(spend)
    reached = bisect_right(formula.rows, base, key=itemgetter(0))
    if not base or not reached:
        return None
    steps = formula.rows[reached - 1][1]
    return Worth(base, steps, 1, steps, spend)


def _multiplied(formula: Multiplier, basket: Basket, lines: LineFilter | None, given: Given) -> Worth | None:
    """On top of what the rules in `of` came to, part by part, rounded and before their caps.

    So a cap bounds the rule that has it and no other; what all may give together is for caps of the unit.
    """
    found = [given[code] for code in formula.of if code in given]
    if not found:
        return None
    earned = basket.of(
        lines, found[0] if len(found) == 1 else [sum(each) for each in zip(*found, strict=True)]
    )
    base = sum(earned)
    return (
        Worth(base, formula.numerator, formula.denominator, base * formula.numerator, earned)
        if base
        else None
    )


Worths = Callable[[Any, Basket, LineFilter | None, Given], Worth | None]

FORMULAS: Final[Mapping[type, Worths]] = {
    PerMoney: _per_money,
    PerQuantity: _per_quantity,
    Fixed: _fixed,
    StepTable: _steps,
    Multiplier: _multiplied,
}
"""What each kind of formula comes to for a basket; None where nothing counts towards it."""
