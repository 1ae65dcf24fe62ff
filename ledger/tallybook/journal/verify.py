"""Verify: replay every member's history and compare all that is derived from it. Reads; changes nothing.

Everything is read once, in the order of members, so a book of any size needs the memory of one entry and one
folio. It all comes from one snapshot, so a book in use is verified as it was at one moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec

from tallybook.journal.accounts import LotKey, Posting
from tallybook.journal.entries import Entry, SealedEntry
from tallybook.journal.folio import Folio, Standing
from tallybook.journal.holds import HeldLot, Hold
from tallybook.journal.replay import Broken, Redo, blank, replay_entry
from tallybook.journal.settle import Calendar, next_due
from tallybook.journal.tables import HOLD_COLUMNS

Row = Sequence[Any]


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """The first thing about a member that does not follow from the history before it.

    `entry` is the version of the entry concerned, the last one where no entry is to blame.
    """

    program: str
    member: str
    entry: int
    problem: str


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A member was checked; `entries` of them were read."""

    member: str
    entries: int
    disagreement: Disagreement | None


class Rows:
    """A sorted stream of rows that is taken member by member."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    @property
    def member(self) -> str | None:
        """Whose row comes next; None at the end."""
        return None if self._next is None else self._next[0]

    def of(self, member: str) -> Iterator[Row]:
        """The rows of a member, which must be the next one, without the member's name."""
        while self._next is not None and self._next[0] == member:
            row = self._next
            self._next = next(self._rows, None)
            yield row[1:]


def verify_members(
    streams: Sequence[Iterator[Row]], program: str, calendar: Calendar, redo: Redo
) -> Iterator[Checked]:
    """Check every member that any of the streams knows: folios, entries, postings, lots and holds."""
    folios, entries, postings, lots, holds = sources = [Rows(stream) for stream in streams]
    while members := [source.member for source in sources if source.member is not None]:
        member = min(members)
        rebuilt = blank(program, member)
        problem = _replay(rebuilt, _sealed(entries.of(member), postings.of(member)), redo)
        stored = _stored(program, member, folios.of(member), lots.of(member), holds.of(member))
        problem = problem or _compare(rebuilt, stored, calendar)
        for leftover in (entries, postings):
            for _ in leftover.of(member):
                pass
        version = rebuilt.standing.version
        yield Checked(
            member=member,
            entries=version,
            disagreement=None
            if problem is None
            else Disagreement(program=program, member=member, entry=problem[0], problem=problem[1]),
        )


def _sealed(entries: Iterator[Row], postings: Iterator[Row]) -> Iterator[SealedEntry]:
    """Each entry with its postings; a posting without an entry raises `Broken`."""
    waiting = next(postings, None)
    for row in entries:
        entry = Entry(*row[:-1])
        own: list[Posting] = []
        while waiting is not None and waiting[0] <= entry.version:
            if waiting[0] < entry.version or waiting[1] != len(own):
                raise Broken(f"posting {waiting[1]} of entry {waiting[0]} belongs to no entry")
            own.append(Posting(*waiting[2:]))
            waiting = next(postings, None)
        yield SealedEntry(entry, tuple(own))
    if waiting is not None:
        raise Broken(f"posting {waiting[1]} of entry {waiting[0]} belongs to no entry")


def _replay(folio: Folio, history: Iterator[SealedEntry], redo: Redo) -> tuple[int, str] | None:
    """Replay as far as the history holds; the entry and the problem where it does not."""
    try:
        for sealed in history:
            try:
                replay_entry(folio, sealed, redo)
            except Broken as broken:
                return sealed.entry.version, str(broken)
    except Broken as broken:
        return folio.next_version, str(broken)
    return None


def _stored(
    program: str, member: str, folios: Iterator[Row], lots: Iterator[Row], holds: Iterator[Row]
) -> Folio:
    row = next(folios, None)
    stored = Folio(program, member, Standing(*row) if row else Standing(), exists=row is not None)
    for values in lots:
        stored.lots[LotKey(*values[:5])] = values[5]
    for values in holds:
        named = dict(zip(HOLD_COLUMNS, values, strict=True))
        parts = msgspec.json.decode(named["lots"], type=tuple[HeldLot, ...])
        stored.holds[named["hold_id"]] = Hold(**{**named, "lots": parts})
    return stored


def _compare(rebuilt: Folio, stored: Folio, calendar: Calendar) -> tuple[int, str] | None:
    """What is stored against what the history comes to."""
    last = rebuilt.standing.version
    if rebuilt.exists != stored.exists:
        return last, "there is a folio without entries" if stored.exists else "the folio is missing"
    for name, should, found in zip(Standing._fields, rebuilt.standing, stored.standing, strict=True):
        if name != "next_due_at" and should != found:
            return last, f"the folio's {name} is {_shown(found)}, the entries say {_shown(should)}"
    for key in sorted(rebuilt.lots.keys() | stored.lots.keys()):
        amounts = stored.lots.get(key, 0), rebuilt.lots.get(key, 0)
        if amounts[0] != amounts[1]:
            return last, f"{_lot_name(key)} holds {amounts[0]}, the postings say {amounts[1]}"
    for hold_id in sorted(rebuilt.holds.keys() | stored.holds.keys()):
        if rebuilt.holds.get(hold_id) != stored.holds.get(hold_id):
            return last, f"hold {hold_id} is not as the entries say"
    return _compare_due(rebuilt, stored.standing.next_due_at, calendar)


def _compare_due(rebuilt: Folio, stored: datetime | None, calendar: Calendar) -> tuple[int, str] | None:
    """A folio that is settled too early is merely looked at for nothing; too late would be a fault."""
    if not rebuilt.exists:
        return None
    due = next_due(rebuilt, calendar)
    if due is not None and (stored is None or stored > due.at):
        return rebuilt.standing.version, f"the folio is next due at {stored}, it should be by {due.at}"
    return None


def _lot_name(key: LotKey) -> str:
    return f"the {key.account} lot of {key.unit} ({key.fund}, expires {key.expires_on})"


def _shown(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
