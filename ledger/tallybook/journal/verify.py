"""Verify: replay every member's history and compare all that is derived from it. Pure: no clock, no database.

Everything is read once, in the order of members, so a book of any size needs the memory of one entry and one
folio. Nothing that is read is trusted: it may have been written past the library, by hand.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import astuple

from tallybook.journal import as_stored
from tallybook.journal.accounts import LotKey, Posting
from tallybook.journal.calendar import Calendar
from tallybook.journal.entries import SealedEntry
from tallybook.journal.folio import Folio, Standing
from tallybook.journal.notes import is_private
from tallybook.journal.refusals import hashed
from tallybook.journal.replay import Broken, Redo, blank, replay_entry
from tallybook.journal.settle import Effects, next_due

Row = Sequence[Any]
Stream = Generator[Row, None, None]


class Disagreement(msgspec.Struct, frozen=True, kw_only=True):
    """The first thing about a member that does not follow from the history before it.

    `entry` is the version of the entry concerned, the last one where no entry is to blame. What belongs to no
    member, such as a revision of the program or the rollup, has an empty `member` and entry 0.
    """

    program: str
    member: str
    entry: int
    problem: str


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A member was checked; `entries` of them were read.

    With an empty `member`, it tells of a disagreement that was found before the members were checked: in what
    is no member's, or with a seal.
    """

    member: str
    entries: int
    disagreement: Disagreement | None


class Streams(NamedTuple):
    """All rows of a program's members, each stream in the order of members; the first value is the member.

    The other columns are those of `Standing`, `Entry` with its position, `Posting` behind version and line,
    `LotKey` with the amount, `Hold`, the filed note and `RefusalRow`, in their order. Entries and postings
    are sorted by version, and so are refusals, which end with the version of an entry that answers the same
    request, or None. `loose` has the versions of entries on two members whose other side does not name
    them. Days and moments are text.
    """

    folios: Stream
    entries: Stream
    postings: Stream
    lots: Stream
    holds: Stream
    notes: Stream
    refusals: Stream
    loose: Stream


class Basis(NamedTuple):
    """What members are checked on: the program's calendar, if it can be read, and its newest revision."""

    program: str
    calendar: Calendar | None
    revision: int
    redo: Redo
    effects: Effects


class _Rows:
    """A sorted stream of rows that is taken member by member."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    @property
    def member(self) -> str | None:
        """Whose row comes next; None at the end."""
        return None if self._next is None else self._next[0]

    def of(self, member: str) -> Stream:
        """The rows of a member, which must be the next one, without the member's name."""
        while self._next is not None and self._next[0] == member:
            row = self._next
            self._next = next(self._rows, None)
            yield row[1:]


def verify_members(streams: Streams, basis: Basis) -> Iterator[Checked]:
    """Check every member that any of the streams knows. Closes them, also when it is left early."""
    with ExitStack() as closing_all:
        for stream in streams:
            closing_all.callback(stream.close)
        sources = [_Rows(stream) for stream in streams]
        while members := [source.member for source in sources if source.member is not None]:
            yield _verify_next(min(members), sources, basis)


def _verify_next(member: str, sources: Sequence[_Rows], basis: Basis) -> Checked:
    """Check a member that comes next in some of the streams, and in none of them later."""
    rebuilt = blank(basis.program, member)
    disagreement: Disagreement | None = None
    try:
        _verify_member(rebuilt, Streams(*(source.of(member) for source in sources)), basis)
    except Broken as broken:
        entry = rebuilt.standing.version if broken.entry is None else broken.entry
        disagreement = Disagreement(program=basis.program, member=member, entry=entry, problem=str(broken))
    for source in sources:
        for _ in source.of(member):
            pass  # what was not looked at behind the first problem
    return Checked(member=member, entries=rebuilt.standing.version, disagreement=disagreement)


def _verify_member(rebuilt: Folio, rows: Streams, basis: Basis) -> None:
    """Replay the member's history on a blank folio, and compare; raises `Broken` at the first problem."""
    try:
        _replay(rebuilt, rows, basis)
        _compare(rebuilt, rows, basis)
    except (AttributeError, TypeError, ValueError) as error:
        # A value of a wrong type, which SQLite lets by.
        raise Broken(f"a row behind this entry cannot be read: {error!r}") from error


# --- history ---------------------------------------------------------------------------------------------


def _replay(folio: Folio, rows: Streams, basis: Basis) -> None:
    """Replay as far as the history holds; raises `Broken` where it does not, naming the entry."""
    postings, refusals, loose = _Postings(rows.postings), _Refusals(rows.refusals), next(rows.loose, None)
    refusals.check(folio)
    position: Any = 0
    for values in rows.entries:
        at_hand = folio.next_version
        try:
            sealed = _sealed(folio, values, postings, basis.revision)
            replay_entry(folio, sealed, basis.redo)
            if loose is not None and loose[0] == at_hand:
                other = sealed.entry.counterpart_member, sealed.entry.counterpart_version
                raise Broken(f"its other side, entry {other[1]} of {other[0]}, does not name it")
            if position > values[-1]:
                raise Broken(f"in the order of commits it stands at {values[-1]}, behind {position}")
            position = values[-1]
            refusals.check(folio)
        except Broken as broken:
            raise Broken(str(broken), at_hand if broken.entry is None else broken.entry) from broken
        except (AttributeError, TypeError, ValueError) as error:
            raise Broken(f"it cannot be read: {error!r}", at_hand) from error
    postings.check_end()
    refusals.check_end()


def _sealed(folio: Folio, values: Row, postings: _Postings, revision: int) -> SealedEntry:
    entry = as_stored.entry(folio.program, folio.member, values[:-1])
    if not 1 <= entry.revision <= revision:
        raise Broken(f"it names revision {entry.revision} of the program, the newest is {revision}")
    return SealedEntry(entry, postings.of(entry.version))


class _Postings:
    """A member's postings, taken entry by entry."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, version: int) -> tuple[Posting, ...]:
        """The postings of an entry; raises `Broken` for one before it that belongs to none."""
        own: list[Posting] = []
        while self._next is not None and self._next[0] == version:
            if self._next[1] != len(own):
                raise Broken(f"posting {self._next[1]} stands where posting {len(own)} should")
            own.append(as_stored.posting(self._next[2:]))
            self._next = next(self._rows, None)
        if self._next is not None and self._next[0] < version:
            self.check_end()
        return tuple(own)

    def check_end(self) -> None:
        """Raise `Broken` if there is one more."""
        if self._next is not None:
            raise Broken(f"posting {self._next[1]} belongs to no entry", self._next[0])


class _Refusals:
    """A member's refusals, taken in the order of the versions that they were decided at."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def check(self, folio: Folio) -> None:
        """Check those decided on the folio as it is, whose last entry may be none."""
        standing = folio.standing
        while self._next is not None and self._next[-3] <= standing.version:
            *values, answered = self._next
            refusal = as_stored.refusal(folio.program, folio.member, values)
            what = f"the refusal of request {refusal.request_id!r}"
            if refusal.version != standing.version or refusal != hashed(standing.head, refusal):
                raise Broken(f"{what} is not as it was decided", standing.version)
            if answered is not None:
                raise Broken(f"{what} stands beside the entry that answers it", answered)
            self._next = next(self._rows, None)

    def check_end(self) -> None:
        """Raise `Broken` if there is one more."""
        if self._next is not None:
            what = f"the refusal of request {self._next[0]!r}"
            raise Broken(f"{what} was decided at entry {self._next[-3]}, which is not there")


# --- what is derived -------------------------------------------------------------------------------------


def _compare(rebuilt: Folio, rows: Streams, basis: Basis) -> None:
    """What is stored against what the history comes to; raises `Broken`."""
    due: datetime | None = None
    stored = next(rows.folios, None)
    if stored is not None:
        standing = as_stored.standing(stored)
        _compare_standing(rebuilt.standing, standing)
        due = standing.next_due_at
    elif rebuilt.exists:
        raise Broken("the folio is missing")
    _compare_lots(rebuilt, rows.lots)
    _compare_holds(rebuilt, rows.holds)
    _compare_notes(rebuilt, rows.notes)
    if rebuilt.exists and basis.calendar is not None:
        _check_due(rebuilt, due, basis.calendar, basis.effects)


def _compare_standing(rebuilt: Standing, stored: Standing) -> None:
    if stored.version > rebuilt.version:
        problem = f"it is missing: the folio counts {stored.version} entries"
        raise Broken(problem, rebuilt.version + 1)
    names = Standing.__struct_fields__
    for name, should, found in zip(names, astuple(rebuilt), astuple(stored), strict=True):
        # When something falls due is checked by itself; how far the database has counted commits is its own.
        if name not in ("next_due_at", "position") and should != found:
            raise Broken(f"the folio's {name} is {_shown(found)}, the entries say {_shown(should)}")


def _compare_lots(rebuilt: Folio, rows: Iterator[Row]) -> None:
    left = dict(rebuilt.lots)
    for values in rows:
        key, amount = as_stored.lot(values)
        should = left.pop(key, 0)
        if amount != should:
            raise Broken(f"{_lot_name(key)} holds {amount}, the postings say {should}")
    for key, should in left.items():
        raise Broken(f"{_lot_name(key)} is missing, the postings say {should}")


def _compare_holds(rebuilt: Folio, rows: Iterator[Row]) -> None:
    left = dict(rebuilt.holds)
    for values in rows:
        stored = as_stored.hold(values)
        should = left.pop(stored.hold_id, None)
        if should is None:
            raise Broken(f"hold {stored.hold_id} was opened by no entry")
        if stored != should:
            raise Broken(f"hold {stored.hold_id} is not as the entry says", should.resolved or should.opened)
    for missing in left.values():
        raise Broken(f"hold {missing.hold_id} is missing", missing.opened)


def _compare_notes(rebuilt: Folio, rows: Iterator[Row]) -> None:
    left = {key: note for key, note in rebuilt.notes.items() if note is not None}
    for values in rows:
        (kind, name), stored = as_stored.note(values)
        if is_private(kind):
            continue
        should = left.pop((kind, name), None)
        if should is None:
            raise Broken(f"note {name} of kind {kind} was written by no entry")
        if stored != should:
            raise Broken(f"note {name} of kind {kind} is not as the entries say")
    for kind, name in left:
        raise Broken(f"note {name} of kind {kind} is missing")


def _check_due(rebuilt: Folio, stored: datetime | None, calendar: Calendar, effects: Effects) -> None:
    """A folio that is settled too early is merely looked at for nothing; too late would be a fault.

    Any moment up to its last entry has come; a revision that moves days may let something fall due before.
    """
    due = next_due(rebuilt, calendar, effects)
    if due is None:
        return
    latest = max(due.at, rebuilt.standing.recorded_at or due.at)
    if stored is None or stored > latest:
        raise Broken(f"the folio is next due at {stored}, it should be by {latest}")


def _lot_name(key: LotKey) -> str:
    return f"the {key.account} lot of {key.unit} ({key.fund}, expires {key.expires_on})"


def _shown(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
