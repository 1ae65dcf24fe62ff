"""How many members a program has. Knows SQL by name only."""

from __future__ import annotations

from tallybook.engine.checks import check_id
from tallybook.engine.reading import HistoryQuery, Reading
from tallybook.journal.queries import member_count


class CountMembers(HistoryQuery[int], frozen=True, kw_only=True):
    """The number of members enrolled in a program, or of those whose names come behind `after`.

    Raises `UnknownProgram`.
    """

    after: str = ""

    def check(self) -> None:
        if self.after:
            check_id("after", self.after)

    def read(self, reading: Reading) -> int:
        reading.program(self.program)
        return member_count(reading.session.connection, self.program, self.after)
