"""Sheets: unique codes that nobody has claimed yet. Pure: no clock, no database.

A million codes are a thousand sheets. A sheet is a bearer, a folio named `codes:` and its batch and number,
and each of its codes a handle on it: no code has a folio or an entry of its own, and those who claim codes of
different sheets do not wait for each other.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded
from tallybook.members.bearers import CODES

SHEET: Final = "sheet"
CODES_A_SHEET: Final = 1_000
CODE_PURPOSE: Final = "coupon"


class SheetNote(msgspec.Struct, frozen=True, kw_only=True):
    """The codes of a batch for a template with numbers from `first` on, so many as `count`."""

    template: str
    batch: str
    first: int
    count: int


_encode = msgspec.json.Encoder().encode


def sheet_of(folio: Folio) -> SheetNote | None:
    """What a sheet has; None for a folio that is none."""
    return decoded(SheetNote, folio.note(SHEET))


def put_sheet(folio: Folio, note: SheetNote) -> None:
    """Write down what a sheet has."""
    folio.put_note(SHEET, Note(_encode(note).decode()))


def sheet_name(batch: str, number: int) -> str:
    """The name of the sheet of a batch that has the code with a number from 1 on."""
    return f"{CODES}{batch}-{(number - 1) // CODES_A_SHEET + 1:05}"
