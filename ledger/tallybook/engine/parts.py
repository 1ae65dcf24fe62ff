"""Commands that carry out others as parts of what they do. Pure: no clock, no database.

What concerns several slices is done by the slices' own commands, each with an entry of its own: so whatever
reads, undoes or explains entries of theirs needs to know nothing of who asked for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import msgspec

from tallybook.engine.command import Command, R
from tallybook.engine.desk import Desk
from tallybook.journal.entries import own_entry

_encode = msgspec.json.Encoder().encode


def carry_out(desk: Desk, command: Command[R], *, at: datetime | None = None, is_request: bool = False) -> R:
    """Carry out a command about the desk's member, and close what it did as an entry of its own.

    It happened `at` a moment, by default now. With `is_request` the entry answers the command's own request
    id, which must be free. Nothing may be posted or noted on the desk that is not sealed yet. Raises what the
    command raises.
    """
    folio = desk.folio
    part = desk.for_part(desk.now if at is None else at)
    if command.is_activity:
        folio.note_activity(part.occurred_at)
    reply = command.decide(part)
    entry = own_entry(
        folio,
        command.kind(),
        desk.program.revision,
        desk.now,
        part.occurred_at,
        subject=part.subject,
        reply=_encode(reply).decode(),
        reverses=part.reverses,
    )
    entry = entry._replace(content=part.content, source=command.source)
    if is_request:
        entry = entry._replace(request_id=command.request_id, fingerprint=command.fingerprint())
    folio.seal(entry)
    return reply


@contextmanager
def tried(desk: Desk) -> Iterator[None]:
    """What is done inside is undone at the end: to learn what it comes to. Nothing may stand unsealed."""
    folios = [desk.folio, *desk.others.values()]
    marks, draws = [each.mark() for each in folios], dict(desk.draws)
    try:
        yield
    finally:
        for each, mark in zip(folios, marks, strict=True):
            each.rewind(mark)
        desk.draws.clear()
        desk.draws.update(draws)
