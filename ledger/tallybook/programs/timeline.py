"""From when on each revision of a program is in force. Pure: no clock, no database."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from tallybook.programs.local_days import BEGINNING_OF_TIME


class Start(NamedTuple):
    """When a revision was applied, and from when on it is in force: at once, or later where it is planned.

    `ladders_revision` is the first that had the ladders of this one and its time zone: members stand on them
    as they stood, whatever else was revised since.
    """

    revision: int
    applied_at: datetime
    in_force_from: datetime
    ladders_revision: int = 1

    def is_in_force(self, now: datetime) -> bool:
        """Whether commands are decided by it, or by one after it, at a moment of the book's clock.

        What was applied at once is in force for everybody, also where a clock is behind the one that it was
        applied by: nothing is decided by what somebody has replaced already.
        """
        return self.in_force_from == self.applied_at or self.in_force_from <= now


@dataclass(frozen=True, slots=True)
class Timeline:
    """The revisions of a program, one or more, in the order of their numbers.

    They take force in that order: neither of their moments goes back from one to the next. So a timeline only
    grows, and what it says of the past stays.
    """

    starts: tuple[Start, ...]

    def at(self, moment: datetime) -> int:
        """The revision for something that happened at a moment; before the first there was, the first."""
        place = bisect_right(self.starts, moment, key=lambda start: start.in_force_from)
        return self.starts[max(place - 1, 0)].revision

    def earlier(self, moment: datetime, revision: int) -> list[tuple[int, datetime]]:
        """The revisions before this one for what happened since a moment, in their order, each with the
        moment at which the next one took force.
        """
        since = self.starts[self.at(moment) - 1 : revision]
        return [(one.revision, other.in_force_from) for one, other in pairwise(since)]

    def ladders_since(self, revision: int) -> datetime:
        """From when on there were the ladders of a revision; for the first, the beginning of time."""
        first = self.starts[revision - 1].ladders_revision
        return BEGINNING_OF_TIME if first == 1 else self.starts[first - 1].in_force_from

    def in_force(self, now: datetime) -> int:
        """The revision that commands are decided by at a moment of the book's clock."""
        return next(
            (start.revision for start in reversed(self.starts) if start.is_in_force(now)),
            self.starts[0].revision,
        )
