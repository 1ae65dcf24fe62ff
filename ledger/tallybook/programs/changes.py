"""What a new revision may not change of the one before it. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator

from tallybook.programs.budgets import BudgetSection
from tallybook.programs.document import Document, UnitSection
from tallybook.programs.policies import AfterIdleMonths
from tallybook.programs.problems import Path


def forbidden_changes(old: Document, new: Document) -> Iterator[tuple[Path, str]]:
    """The paths in `new` that would change what members' balances mean, each with the reason against it."""
    for code, before in old.units.items():
        after = new.units.get(code)
        if after is None:
            yield ("units",), f"leaves out {code}, which members may have: a unit once declared stays"
            continue
        if after.scale != before.scale:
            yield (
                ("units", code, "scale"),
                f"was {before.scale}, and every balance is counted in it: it stays",
            )
        if after.kind is not before.kind:
            yield ("units", code, "kind"), f"was {before.kind}, and members have it as such: it stays"
    for code, money in old.stored_value.items():
        kept = new.stored_value.get(code)
        if kept is None:
            yield ("stored_value",), f"leaves out {code}, which members may have paid in: it stays"
        elif kept.currency != money.currency:
            yield (
                ("stored_value", code, "currency"),
                f"was {money.currency}, and members paid in that: it stays",
            )
    for code, budget in old.budgets.items():
        yield from _forbidden_of_budget(code, budget, new.budgets.get(code))


def _forbidden_of_budget(
    code: str, before: BudgetSection, after: BudgetSection | None
) -> Iterator[tuple[Path, str]]:
    """What rules drew is counted in the budget's terms, and comes back in them with a refund."""
    if after is None:
        yield ("budgets",), f"leaves out {code}, which rules may have drawn on: a budget once declared stays"
        return
    for name in ("unit", "currency", "cost"):
        if getattr(after, name) != getattr(before, name):
            yield ("budgets", code, name), "has changed, and what was drawn is counted in it: it stays"


def moved_days(old: Document, new: Document) -> Iterator[tuple[Path, str]]:
    """The paths in `new` by which what members have already vests or lapses at other moments than before.

    Each with the reason against planning it: when a folio falls due is written on it, so all of a program's
    are looked at again in the moment that such a revision takes force.
    """
    reason = "moves the days of what members have already: only a revision that takes force at once may"
    if old.timezone != new.timezone:
        yield ("timezone",), reason
    for code, after in new.units.items():
        if code in old.units and _idle_months(old.units[code]) != _idle_months(after):
            yield ("units", code, "expiry"), reason


def _idle_months(unit: UnitSection) -> int | None:
    return unit.expiry.months if isinstance(unit.expiry, AfterIdleMonths) else None
