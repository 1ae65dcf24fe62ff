"""What rules of one document say against each other. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tallybook.programs.budgets import BudgetSection
from tallybook.programs.calendars import may_meet
from tallybook.programs.formulas import Multiplier, currency_of
from tallybook.programs.problems import Path
from tallybook.programs.rule_order import Rules, circles, exclusive_groups, multiplied
from tallybook.programs.rules import Window

CIRCLE_TOLD_MAX: Final = 8

Contradiction = tuple[Path, str]
"""The path of what cannot be, and why."""


def contradictions(
    rules: Rules, budgets: Mapping[str, BudgetSection], windows: Mapping[str, Window]
) -> Iterator[Contradiction]:
    """Everything that rules, each of them sound, say against each other; `windows` are when they apply."""
    for code in rules:
        yield from _multiplied_otherwise(code, rules)
        yield from _drawn_otherwise(code, rules, budgets)
    yield from _circles(rules)
    yield from _ambiguous_groups(rules, windows)
    yield from _currencies(rules)


def _multiplied_otherwise(code: str, rules: Rules) -> Iterator[Contradiction]:
    """Multipliers of themselves, of another event's or unit's rules, of those they exclude, or of nothing."""
    rule = rules[code]
    if not isinstance(rule.formula, Multiplier):
        return
    here = ("rules", code, "formula", "multiplier", "of")
    if not multiplied(code, rules):
        yield (
            here,
            f"is left out, and no rule of kind rate, quantity or steps gives {rule.unit} for {rule.event}",
        )
    for index, other in enumerate(rule.formula.of or ()):
        if other == code:
            yield (*here, index), "is the rule itself"
            continue
        each = rules.get(other)
        if each is None:
            continue
        if each.event != rule.event:
            yield (*here, index), f"is about {each.event}, and this rule is about {rule.event}"
        elif each.unit != rule.unit:
            yield (*here, index), f"gives {each.unit}, and this rule gives {rule.unit}"
        elif rule.group is not None and each.group == rule.group:
            yield (*here, index), f"is in the group {rule.group} as well: only one of the two ever applies"


def _drawn_otherwise(
    code: str, rules: Rules, budgets: Mapping[str, BudgetSection]
) -> Iterator[Contradiction]:
    """Rules that draw on a budget of another unit."""
    rule = rules[code]
    budget = budgets.get(rule.budget or "")
    if budget is not None and budget.unit != rule.unit:
        yield ("rules", code, "budget"), f"is for {budget.unit}, and this rule gives {rule.unit}"


def _circles(rules: Rules) -> Iterator[Contradiction]:
    """Multipliers that would have to apply before themselves."""
    for circle in circles(rules):
        first = next(code for code in rules if code in circle and multiplied(code, rules))
        sentence = f"goes in circles: {way_round(circle, first)}"
        yield ("rules", first, "formula", "multiplier", "of"), sentence


def way_round(circle: Sequence[str], first: str) -> str:
    """A circle as people write it, from one back to itself: a before b before a."""
    start = circle.index(first)
    way = [*circle[start:], *circle[:start], first]
    if len(way) > CIRCLE_TOLD_MAX:
        way[CIRCLE_TOLD_MAX - 2 : -1] = ["..."]
    return " before ".join(way)


def _ambiguous_groups(rules: Rules, windows: Mapping[str, Window]) -> Iterator[Contradiction]:
    """Rules of one group and priority that can apply at the same time."""
    for (_, group), by_priority in exclusive_groups(rules).items():
        for codes in by_priority.values():
            for place, code in enumerate(codes):
                for other in codes[:place]:
                    if code in windows and other in windows and may_meet(windows[other], windows[code]):
                        sentence = (
                            f"is {group}, as is that of {other}, with the same priority and at the same "
                            f"time: say which comes first"
                        )
                        yield ("rules", code, "group"), sentence
                        break


def _currencies(rules: Rules) -> Iterator[Contradiction]:
    """Money of two currencies that earns one unit."""
    first: dict[tuple[str, str], str] = {}
    for code, rule in rules.items():
        currency = currency_of(rule.formula)
        if currency is None:
            continue
        other = first.setdefault((rule.event, rule.unit), code)
        if currency_of(rules[other].formula) != currency:
            yield (
                ("rules", code, "formula", rule.formula.kind, "currency"),
                f"is {currency}, and {other} gives {rule.unit} for {currency_of(rules[other].formula)}",
            )
