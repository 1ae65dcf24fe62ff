"""Gathers what members are known by, for the commands that count it or take it away. Decides nothing."""

from __future__ import annotations

from tallybook.db.statements import Fetch
from tallybook.engine.batch import Batch
from tallybook.engine.gather import Gathering, place_notes
from tallybook.members.erased import EraseMember
from tallybook.members.link_identity import LinkIdentity, UnlinkIdentity
from tallybook.members.tables import READ_PRIVATE_NOTES

_COUNTING = LinkIdentity, UnlinkIdentity, EraseMember


def known_by(batch: Batch) -> Gathering:
    """All private notes of the members whose identities are counted or taken away."""
    members = sorted({(c.program, c.member) for c in batch.commands if isinstance(c, _COUNTING)})
    if members:
        yield []  # folios are there now
        (rows,) = yield [Fetch(READ_PRIVATE_NOTES, members)]
        place_notes(batch.folios, rows)
