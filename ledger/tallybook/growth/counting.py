"""Counts of units, by the days on which they count for tiers. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from datetime import date
from itertools import takewhile

from msgspec.structs import replace

from tallybook.growth.tier_state import Basis, Coming, Counted, Held, Lots


def counts_on(lots: Lots, units: Iterable[str], day: date, beyond: Set[str] = frozenset()) -> dict[str, int]:
    """The steps of units that count on a local day; those in `beyond` only if they count longer than that."""
    return {
        unit: sum(
            steps
            for last, steps in lots.get(unit, {}).items()
            if last > day or (last == day and unit not in beyond)
        )
        for unit in units
    }


def joined(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    """The sums of two counts of the same units."""
    return {unit: steps + other[unit] for unit, steps in one.items()}


def add(lots: Lots, unit: str, last: date, steps: int) -> None:
    """Count steps through a day. The days of a unit stay in their order."""
    of_unit = lots.setdefault(unit, {})
    is_in_order = last in of_unit or not of_unit or last > next(reversed(of_unit))
    of_unit[last] = of_unit.get(last, 0) + steps
    if not is_in_order:
        lots[unit] = dict(sorted(of_unit.items()))


def take(lots: Lots, unit: str, last: date, steps: int) -> int:
    """Take up to so many of the steps that count through a day. Returns how many there were."""
    of_unit = lots.get(unit, {})
    taken = min(of_unit.get(last, 0), steps)
    if taken:
        of_unit[last] -= taken
        if not of_unit[last]:
            del of_unit[last]
    return taken


def take_any(lots: Lots, unit: str, day: date, steps: int) -> int:
    """Take up to so many steps, of those that count on a day the soonest to lapse first."""
    left = steps
    for last in [each for each in lots.get(unit, {}) if each >= day]:
        left -= take(lots, unit, last, left)
    return steps - left


def take_coming(coming: list[Coming], lost: Counted) -> int:
    """Take up to so many of the steps that begin to count on the very day, and count through the same."""
    left = lost.steps
    for each in [each for each in coming if (each.unit, each.counts_from, each.counts_through) == lost[:3]]:
        taken = min(each.steps, left)
        place = coming.index(each)
        coming[place : place + 1] = [_less(each, taken)] if each.steps > taken else []
        left -= taken
    return lost.steps - left


def take_any_coming(coming: list[Coming], unit: str, steps: int) -> int:
    """Take up to so many steps of those that begin to count on a day to come, the first to begin first."""
    left = steps
    for each in [each for each in coming if each.unit == unit]:
        left -= take_coming(coming, Counted(unit, each.counts_from, each.counts_through, left))
    return steps - left


def _less(coming: Coming, steps: int) -> Coming:
    return Coming(coming.counts_from, coming.unit, coming.counts_through, coming.steps - steps)


def pruned(lots: Lots, day: date) -> Lots:
    """What counts on a day or later, in one order. Takes the rest away."""
    for of_unit in lots.values():
        for last in list(takewhile(lambda each: each < day, of_unit)):
            del of_unit[last]
    return {unit: of_unit for unit, of_unit in sorted(lots.items()) if of_unit}


def rebased(held: Held, changed: Collection[Counted], rolling: Set[str], sign: int) -> Held:
    """A tier and those beneath it, with steps added to what they were reached and kept with, or with sign -1
    taken off.
    """
    basis = None if held.basis is None else _rebased(held.basis, changed, rolling, sign)
    beneath = None if held.beneath is None else rebased(held.beneath, changed, rolling, sign)
    return replace(held, basis=basis, beneath=beneath)


def _rebased(basis: Basis, changed: Collection[Counted], rolling: Set[str], sign: int) -> Basis:
    """A basis with steps added to it, or with sign -1 taken off, as far as they counted on its day.

    The same where none did. It never goes below zero.
    """
    counts = dict(basis.counts)
    for each in changed:
        beyond = basis.by_review and each.unit in rolling
        counted = each.counts_from <= basis.day and (
            basis.day < each.counts_through or (basis.day == each.counts_through and not beyond)
        )
        if counted and each.unit in counts:
            counts[each.unit] = max(0, counts[each.unit] + sign * each.steps)
    return basis if counts == basis.counts else Basis(basis.day, basis.by_review, counts)
