"""What a new revision changes of the one in force, and what it may not. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator

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


def moves_days(old: Document, new: Document) -> bool:
    """Whether what members have already may vest or lapse at other moments than before."""
    if old.timezone != new.timezone:
        return True
    return any(_idle_months(old.units[code]) != _idle_months(new.units[code]) for code in old.units)


def _idle_months(unit: UnitSection) -> int | None:
    return unit.expiry.months if isinstance(unit.expiry, AfterIdleMonths) else None
