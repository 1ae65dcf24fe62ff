"""Lookups of what members are known by. Knows the journal's tables."""

from __future__ import annotations

from tallybook.db.statements import Lookup
from tallybook.journal.tables import MEMBER_KEY, NOTE_COLUMNS, note

READ_PRIVATE_NOTES = Lookup(
    note,
    MEMBER_KEY,
    (*MEMBER_KEY, *NOTE_COLUMNS),
    where="(substr(t.kind, 1, 1) = '~' OR substr(t.kind, 1, 2) = '@~')",
)
"""What is noted of a member privately, handles and others."""
READ_FILED_NOTES = Lookup(note, MEMBER_KEY, (*MEMBER_KEY, *NOTE_COLUMNS))
"""All that is filed about a member."""
