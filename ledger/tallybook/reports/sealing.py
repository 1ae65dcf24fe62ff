"""Seal a program: the heads of all its members, hashed. Knows SQL by name only."""

from __future__ import annotations

from datetime import UTC, datetime

from tallybook.db.database import Session
from tallybook.errors import UnknownProgram
from tallybook.journal.queries import heads_below, member_count
from tallybook.journal.seal import Seal, sealed, spans_of
from tallybook.programs.proof import revisions_hash
from tallybook.programs.queries import stored_newest, stored_revisions
from tallybook.reports.queries import commit_horizon


def seal_program(session: Session, program: str, now: datetime) -> Seal:
    """The seal of all that is below the horizon of commits now; raises `UnknownProgram`."""
    connection = session.connection
    newest = stored_newest(connection, program)
    if newest is None:
        raise UnknownProgram(program=program)
    position = commit_horizon(connection)
    members = member_count(connection, program, "")
    spans = tuple(spans_of(heads_below(connection, program, position), members))
    revision, _ = newest
    return sealed(
        Seal(
            program=program,
            sealed_at=now.astimezone(UTC),
            position=position,
            members=sum(span.members for span in spans),
            entries=sum(span.entries for span in spans),
            revisions=revision,
            revisions_hash=revisions_hash(stored_revisions(connection, program, revision)),
            spans=spans,
        )
    )
