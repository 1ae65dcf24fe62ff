"""What grants by the calendar say against units, and against those of before. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from tallybook.programs.contradictions import Contradiction
from tallybook.programs.document import Document, UnitSection
from tallybook.programs.grants_document import CalendarGrantSection
from tallybook.programs.reward_contradictions import reward_contradictions


def grant_contradictions(
    grants: Mapping[str, CalendarGrantSection], units: Mapping[str, UnitSection]
) -> Iterator[Contradiction]:
    """Rewards that no grant can give."""
    for code, grant in grants.items():
        yield from reward_contradictions(("grants", code, "rewards"), grant.rewards, units)


def late_grants(old: Document, new: Document, today: date) -> Iterator[Contradiction]:
    """Grants of a revision in force from `today` on that would be given for days long over.

    Members who got nothing for such a day have nothing written down of it. So it cannot be new to anybody,
    but for as many days as are caught up.
    """
    for code, grant in new.grants.items():
        since = _new_since(old.grants.get(code), grant)
        first = today - timedelta(days=grant.catch_up_days)
        if since is not None and since < first:
            sentence = (
                f"is {grant.starts.isoformat()}, and what has changed takes force on {today.isoformat()}: "
                f"with catch_up_days {grant.catch_up_days} it is given from {first.isoformat()} on"
            )
            yield ("grants", code, "from"), sentence


def _new_since(before: CalendarGrantSection | None, after: CalendarGrantSection) -> date | None:
    """The first day that it is given for to anybody who did not get it before, or None."""
    if before is None or after.starts < before.starts or after.catch_up_days > before.catch_up_days:
        return after.starts
    if any(getattr(after, name) != getattr(before, name) for name in ("day", "tiers", "tags", "condition")):
        return after.starts
    if before.ends is not None and (after.ends is None or after.ends > before.ends):
        return max(after.starts, before.ends + timedelta(days=1))
    return None
