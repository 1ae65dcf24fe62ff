"""What a member has become who turned out to be somebody else, or not to be. Pure: no clock, no database.

A page that was merged stays as it is, under its own name: whoever asks for something to be done to it is told
whose page goes on. One that is a member's own again keeps in mind what went along.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tallybook.journal.entries import Entry
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded, mention

MERGED: Final = "merged"
PARTED: Final = "parted"
_MERGED_MENTIONED: Final = mention(MERGED)
_PARTED_MENTIONED: Final = mention(PARTED)
"""Everybody is asked, and nearly nobody has these."""


class MergedNote(msgspec.Struct, frozen=True):
    """Resident: whose page goes on."""

    into: str


class PartedNote(msgspec.Struct, frozen=True):
    """Resident: what went along with each merge that was undone since: the last entry before it was, by whose
    page keeps what was told up to then and had not gone before.
    """

    kept: tuple[tuple[int, str], ...]


class _Told(msgspec.Struct, frozen=True):
    """As much of what an entry keeps of an event as counts here."""

    kept_by: str = ""


_encode = msgspec.json.Encoder().encode
_decode_told = msgspec.json.Decoder(_Told).decode


def merged_into(folio: Folio) -> str:
    """Whose page goes on; empty for a member of one's own."""
    if _MERGED_MENTIONED not in folio.standing.notes:
        return ""
    note = decoded(MergedNote, folio.note(MERGED))
    return "" if note is None else note.into


def put_merged(folio: Folio, into: str) -> None:
    """Have another page go on."""
    folio.put_note(MERGED, Note(_encode(MergedNote(into)).decode()))


def put_parted(folio: Folio) -> None:
    """Have a page go on that was merged. What was told on it by now stays where it went."""
    kept = (*_parted(folio), (folio.standing.version, merged_into(folio)))
    folio.put_note(MERGED, None)
    folio.put_note(PARTED, Note(_encode(PartedNote(kept)).decode()))


def kept_by(folio: Folio, version: int) -> str:
    """Whose page keeps what one of a member's entries tells; empty for the member's own."""
    return next((member for last, member in _parted(folio) if version <= last), "")


def event_kept_by(folio: Folio, entry: Entry) -> str:
    """Whose page keeps what has become of an event, and has it refunded; empty for the member's own."""
    return kept_by(folio, entry.version) or _decode_told(entry.content).kept_by


def _parted(folio: Folio) -> tuple[tuple[int, str], ...]:
    if _PARTED_MENTIONED not in folio.standing.notes:
        return ()
    note = decoded(PartedNote, folio.note(PARTED))
    return () if note is None else note.kept
