"""The order in which rules apply, and rules that go in circles. Pure: no clock, no database.

By falling priority, then by code: a document with its rules in another order is the same document. But a
multiplier comes after what it multiplies, and in an exclusive group whoever has the higher priority is asked
first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from itertools import pairwise

from tallybook.programs.formulas import Fixed, Multiplier
from tallybook.programs.rules_document import RuleSection

Rules = Mapping[str, RuleSection]
Before = dict[str, set[str]]
"""For each rule, those that must come before it."""


def multiplied(code: str, rules: Rules) -> frozenset[str]:
    """The rules that a multiplier is of, named or not; of others, none."""
    rule = rules[code]
    if not isinstance(rule.formula, Multiplier):
        return frozenset()
    if rule.formula.of is not None:
        return frozenset(rule.formula.of)
    return frozenset(
        other
        for other in multipliable(rules, rule.event, rule.unit)
        if rules[other].group is None or rules[other].group != rule.group
    )


def multipliable(rules: Rules, event: str, unit: str) -> frozenset[str]:
    """The rules of kind rate, quantity or steps that give a unit for an event."""
    return frozenset(
        code
        for code, each in rules.items()
        if (each.event, each.unit) == (event, unit) and not isinstance(each.formula, Fixed | Multiplier)
    )


def exclusive_groups(rules: Rules) -> dict[tuple[str, str], dict[int, list[str]]]:
    """The exclusive groups for each event, and in each the rules of every priority, the highest first."""
    groups: defaultdict[tuple[str, str], defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for code, rule in rules.items():
        if rule.group is not None:
            groups[rule.event, rule.group][rule.priority].append(code)
    return {group: dict(sorted(by_priority.items(), reverse=True)) for group, by_priority in groups.items()}


def circles(rules: Rules) -> Iterator[list[str]]:
    """Rules each of which would have to come before the next, and the last before the first."""
    before = _before(rules)
    while True:
        try:
            TopologicalSorter(before).prepare()
        except CycleError as error:
            found: list[str] = error.args[1][:-1]
            yield found
            for code in found:
                del before[code]
            for others in before.values():
                others.difference_update(found)
        else:
            return


def in_order(rules: Rules) -> Iterator[str]:
    """All rules in the order in which they apply. They do not go in circles."""
    sorter = TopologicalSorter(_before(rules))
    sorter.prepare()
    ready: list[tuple[int, str]] = []
    while sorter.is_active():
        for code in sorter.get_ready():
            heappush(ready, (-rules[code].priority, code))
        _, first = heappop(ready)
        yield first
        sorter.done(first)


def _before(rules: Rules) -> Before:
    before = {code: set(multiplied(code, rules)) & rules.keys() - {code} for code in rules}
    for by_priority in exclusive_groups(rules).values():
        for higher, lower in pairwise(by_priority.values()):
            for code in lower:
                before[code].update(higher)
    return before
