"""Replay: rebuild a folio from its entries and postings alone. Pure: no clock, no database.

`verify` compares what comes out with what is stored; balances of the past are read from it. An entry that
cannot have happened raises `Broken`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import MsgspecError

from tallybook.errors import TallybookError
from tallybook.journal.due import EXPIRE, TIME_OUT, VEST
from tallybook.journal.entries import GENESIS, SealedEntry, seal
from tallybook.journal.folio import Folio, Standing
from tallybook.journal.holds import TIMED_OUT
from tallybook.journal.notes import read_changes

Redo = Callable[[Folio, SealedEntry], bool]
"""Does again what an entry did to a folio besides its postings, and says whether the member was active."""

TIMES_OWN: Final = frozenset({VEST, EXPIRE, TIME_OUT})
"""The kinds of entry that no command makes."""

IMPOSSIBLE: Final = (
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    MsgspecError,
    TallybookError,
)
"""What replaying an entry raises that was made by hand, with a hash to match."""


class Broken(Exception):
    """An entry does not follow from those before it. `entry` is its version, unless it is the one at hand."""

    def __init__(self, problem: str, entry: int | None = None) -> None:
        super().__init__(problem)
        self.entry = entry


def blank(program: str, member: str) -> Folio:
    """A folio before its first entry."""
    return Folio(program, member, Standing(), exists=False)


def replay_entry(folio: Folio, sealed: SealedEntry, redo: Redo) -> None:
    """Apply a recorded entry to a folio, checking that it follows; raises `Broken`."""
    entry, postings = sealed
    if entry.version != folio.next_version:
        missing = folio.next_version
        raise Broken(f"it is missing: entry {entry.version} follows entry {folio.standing.version}", missing)
    try:
        head = seal(folio.standing.head if folio.exists else GENESIS, entry, postings)
    except (AssertionError, AttributeError, TypeError, ValueError) as error:
        raise Broken(f"it cannot be read: {error!r}") from error
    if head != entry.hash:
        raise Broken("the hash does not match the entry, its postings and the entry before")
    if entry.version == 1:
        folio.begin(entry.recorded_at)
    try:
        for posting in postings:
            folio.post(posting)
        for change in read_changes(entry.notes):
            folio.put_note(change.kind, change.note, change.key)
        if entry.kind == TIME_OUT:
            folio.put_hold(folio.holds[entry.subject].resolve(TIMED_OUT, entry.version))
        if entry.kind not in TIMES_OWN and redo(folio, sealed):
            folio.note_activity(entry.occurred_at)
    except IMPOSSIBLE as error:
        raise Broken(f"it cannot have happened: {error!r}") from error
    folio.close(entry, head)
