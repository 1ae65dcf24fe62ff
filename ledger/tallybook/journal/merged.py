"""What a member has become who turned out to be somebody else. Pure: no clock, no database.

A page that was merged stays as it is, under its own name: whoever asks for something to be done to it is told
whose page goes on.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded

MERGED: Final = "merged"
_MENTIONED: Final = f'["{MERGED}",'
"""How the note begins in the text of a folio's notes: nearly nobody has it, and everybody is asked."""


class MergedNote(msgspec.Struct, frozen=True):
    """Resident: whose page goes on."""

    into: str


_encode = msgspec.json.Encoder().encode


def merged_into(folio: Folio) -> str:
    """Whose page goes on; empty for a member of one's own."""
    if _MENTIONED not in folio.standing.notes:
        return ""
    note = decoded(MergedNote, folio.note(MERGED))
    return "" if note is None else note.into


def put_merged(folio: Folio, into: str) -> None:
    """Have another page go on, or with an empty name this one again."""
    folio.put_note(MERGED, Note(_encode(MergedNote(into)).decode()) if into else None)
