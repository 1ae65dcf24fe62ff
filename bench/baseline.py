"""The PL/pgSQL of baseline.sql, called the way it is quickest. Knows psycopg; nothing of the library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import psycopg

from bench.awards import LARGE_BATCH, TIMEZONE, UNIT, Crowd, Wish, Wishes

SQL: Final = Path(__file__).with_name("baseline.sql")

CALL: Final = (
    b"SELECT outcome, entry, reply FROM baseline.award_batch("
    b"%s::text, %s::text, %s::text[], %s::text[], %s::text[], %s::bigint[])"
)

# As on the library's own connections: a generic plan made on small tables must not scan them for good.
SESSION_SETTINGS: Final = b"SET timezone = 'UTC'; SET enable_seqscan = off; SET jit = off"

CARRIED_OUT: Final = "CARRIED_OUT"


class Answer(NamedTuple):
    """What became of an award: its outcome, the version of its entry, and its reply as JSON."""

    outcome: str
    entry: int | None
    reply: str | None


class Baseline:
    """The baseline in one database: one connection, one call and one round trip for a batch."""

    def __init__(self, address: str) -> None:
        self._connection: psycopg.Connection[Any] = psycopg.connect(
            address, autocommit=True, prepare_threshold=0
        )

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def lay(self, crowd: Crowd) -> None:
        """Make the tables and functions, and bring them to where `bench.awards.admit` brings a book."""
        execute = self._connection.execute
        execute(SQL.read_bytes(), prepare=False)
        execute(SESSION_SETTINGS, prepare=False)
        funds = [f"fund{number}" for number in range(crowd.funds)]
        places = [crowd.place(number) for number in range(crowd.members)]
        for program in sorted({program for program, _ in places}):
            execute(b"INSERT INTO baseline.program VALUES (%s, 1, %s, 12, %s)", [program, TIMEZONE, funds])
            members = [member for code, member in places if code == program]
            for start in range(0, len(members), LARGE_BATCH):
                execute(b"SELECT baseline.enroll(%s, %s)", [program, members[start : start + LARGE_BATCH]])
        for wishes in Wishes(crowd, "first").one_each(LARGE_BATCH):
            self.give(wishes)

    def award(self, wishes: Sequence[Wish]) -> list[Answer]:
        """Carry out awards of one program in one transaction; an answer for each, in order."""
        programs, members, request_ids, funds, amounts = zip(*wishes, strict=True)
        assert len(set(programs)) == 1, "a call is about one program"
        rows = self._connection.execute(
            CALL, [programs[0], UNIT, _array(members), _array(request_ids), _array(funds), _array(amounts)]
        )
        return [Answer(*row) for row in rows.fetchall()]

    def give(self, wishes: Sequence[Wish]) -> None:
        """Carry out awards. Every one must have been carried out, and for the first time."""
        for answer in self.award(wishes):
            if answer.outcome != CARRIED_OUT:
                raise AssertionError(f"an award was not carried out: {answer!r}")


def _array(values: Iterable[Any]) -> str:
    """An array literal joined by hand, because psycopg adapts lists slowly. No value here needs quoting."""
    return "{" + ",".join(map(str, values)) + "}"
