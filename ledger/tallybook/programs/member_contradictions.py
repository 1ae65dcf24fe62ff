"""What a document says of members that its units do not allow. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tallybook.programs.contradictions import Contradiction
from tallybook.programs.document import UnitSection
from tallybook.programs.velocity import VelocitySection, What
from tallybook.programs.vocabulary import UnitKind


def member_contradictions(
    units: Mapping[str, UnitSection], velocity: Mapping[str, VelocitySection]
) -> Iterator[Contradiction]:
    """Velocity limits on units of a kind that is never moved so."""
    for code, section in velocity.items():
        unit = units.get(section.unit or "")
        if unit is None:
            continue
        if (section.what is What.MONEY_SPENT) is not (unit.kind is UnitKind.MONEY):
            yield ("velocity", code, "unit"), f"is {unit.kind}, and {section.what} are counted"
        elif section.what is What.UNITS_REDEEMED and unit.kind is UnitKind.QUALIFYING:
            yield ("velocity", code, "unit"), "is qualifying, and is never redeemed"
