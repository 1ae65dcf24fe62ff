"""A folio: one member's page of the book, in memory. Pure: no clock, no database.

Everything that happens to a member happens to the folio first. It is changed by postings and notes only, so
that what it shows is what the entries say; `mark` and `rewind` undo what a refused command had begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import replace

from tallybook.errors import AmountOverflow
from tallybook.journal.accounts import (
    ARREARS,
    AVAILABLE,
    HELD,
    MAX_AMOUNT,
    MEMBER_ACCOUNTS,
    NEVER,
    PENDING,
    VESTED,
    Balance,
    LotKey,
    Posting,
    lot_key,
)
from tallybook.journal.entries import GENESIS, Entry, SealedEntry, seal
from tallybook.journal.holds import Hold
from tallybook.journal.notes import (
    Note,
    NoteKey,
    is_private,
    mention,
    read_resident,
    soonest,
    written_changes,
    written_resident,
)
from tallybook.journal.originals import Expiries, Original, Recorded, original_now

SETTLED: Final = "settled"
"""The kind of the resident note that says how far settling has come on a page on which more was due."""
_MENTIONED: Final = mention(SETTLED)
"""How it begins in the text of a folio's resident notes."""

Stirred = LotKey | NoteKey | str
"""What something was done to: a lot, a note, or a hold by its id."""


class Standing(msgspec.Struct, frozen=True):
    """The single values of a folio, kept apart from its lots and holds so that they are saved in one go.

    `notes` are the resident notes, as text: most commands have no business with them.
    `position` is where the entries before this batch end in the order of commits. The database moves it on.
    """

    version: int = 0
    head: bytes = GENESIS
    recorded_at: datetime | None = None
    next_due_at: datetime | None = None
    enrolled_at: datetime | None = None
    active_at: datetime | None = None
    frozen: str = ""
    frozen_reason: str = ""
    notes: str = ""
    position: int = 0

    @property
    def is_to_be_looked_at(self) -> bool:
        """Whether it is not known when something falls due next: a revision has moved days, or the page was
        told anew. All that was due by then has been done.
        """
        return self.next_due_at is not None and self.next_due_at == self.enrolled_at


class _Settled(msgspec.Struct, array_like=True, frozen=True):
    """Through when all that fell due was done when the entry of this version was the last one."""

    version: int
    until: datetime


_encode = msgspec.json.Encoder().encode
_decode_settled = msgspec.json.Decoder(_Settled).decode


class Mark(NamedTuple):
    """A point to rewind to."""

    standing: Standing
    lots: dict[LotKey, int]
    holds: dict[str, Hold]
    notes: dict[NoteKey, Note | None]
    sealed: int
    exists: bool


class Folio:
    """One member of one program: standing, lots, open or named holds, and what this batch did to them.

    `exists` is false until the member is enrolled. `originals` are the earlier entries that commands named by
    version, as they were before this batch; `original` tells how they are now. `recorded` are those that were
    asked for by request or by kind, and `expiries` what ever expired of the member's when these were asked
    for. `notes` are the filed notes that were asked for, None where there is none. `reached` is how far
    settling has come, while it goes on, `stirred` what it has done something to since it last looked, and
    `planned` the standing that it has left, which says when it is next due. `unread_until` is the moment
    before which no hold or note that was not asked for falls due; None where all that wait are here.
    """

    __slots__ = (
        "_changed_notes",
        "_postings",
        "_recorded",
        "_requested",
        "_resident",
        "_sums",
        "asked_kinds",
        "exists",
        "expiries",
        "holds",
        "lots",
        "member",
        "notes",
        "originals",
        "planned",
        "program",
        "reached",
        "recorded",
        "sealed",
        "standing",
        "stirred",
        "touched_holds",
        "touched_lots",
        "touched_notes",
        "unread_until",
    )

    def __init__(self, program: str, member: str, standing: Standing, exists: bool) -> None:
        self.program = program
        self.member = member
        self.standing = standing
        self._recorded = standing
        self.exists = exists
        self.lots: dict[LotKey, int] = {}
        self.holds: dict[str, Hold] = {}
        self.notes: dict[NoteKey, Note | None] = {}
        self.originals: dict[int, Recorded] = {}
        self.asked_kinds: set[str] = set()
        self.recorded: dict[int, Entry] = {}
        self._requested: dict[str, Entry] = {}
        self.expiries: Expiries = ()
        self.reached: datetime | None = None
        self.stirred: list[Stirred] | None = None
        self.planned: Standing | None = None
        self.unread_until = standing.next_due_at
        self.sealed: list[SealedEntry] = []
        self.touched_lots: set[LotKey] = set()
        self.touched_holds: set[str] = set()
        self.touched_notes: set[NoteKey] = set()
        self._postings: list[Posting] = []
        self._changed_notes: dict[NoteKey, Note | None] = {}
        self._resident: tuple[str, dict[str, Note]] = "", {}
        self._sums: dict[str, dict[str, int]] = {}

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to record: entries, or another moment at which something falls due."""
        return bool(self.sealed) or self.standing != self._recorded

    @property
    def told_until(self) -> datetime | None:
        """Through when everything that fell due has been done: the last entry's moment, or what settling has
        reached by now, or when it left off.
        """
        if self.reached is not None:
            return self.reached
        note = self.note(SETTLED) if _MENTIONED in self.standing.notes else None
        settled = None if note is None else _decode_settled(note.body)
        if settled is not None and settled.version == self.standing.version:
            return settled.until
        return self.standing.recorded_at

    @property
    def posted(self) -> Sequence[Posting]:
        """The postings of the entry that is being written."""
        return self._postings

    @property
    def next_version(self) -> int:
        """The version of the entry that is being written."""
        return self.standing.version + 1

    def balance(self, unit: str) -> Balance:
        """The sums over all lots of a unit."""
        sums = self._sums_of(unit)
        return Balance(sums[AVAILABLE], sums[PENDING], sums[HELD], -sums[ARREARS])

    def _sums_of(self, unit: str) -> dict[str, int]:
        """What is in each account of a unit, added up once: from then on, postings keep it current."""
        sums = self._sums.get(unit)
        if sums is None:
            sums = self._sums[unit] = {AVAILABLE: 0, PENDING: 0, HELD: 0, ARREARS: 0}
            for key, amount in self.lots.items():
                if key.unit == unit:
                    sums[key.account] += amount
        return sums

    def arrears(self, unit: str) -> int:
        """What the member owes in a unit, zero or more."""
        return -self.lots.get(lot_key(unit, ARREARS, "", VESTED, NEVER), 0)

    def lots_of(self, unit: str, account: str) -> list[tuple[LotKey, int]]:
        """The lots of one account of a unit, in no particular order."""
        return [(key, amount) for key, amount in self.lots.items() if key[0] == unit and key[1] == account]

    def post(self, posting: Posting) -> None:
        """Move an amount. The member's side must have it: that is for the caller to have checked."""
        unit, fund, vests_on, expires_on, source, target, amount = posting
        assert 0 < amount <= MAX_AMOUNT, f"a posting moves more than nothing and fits 64 bits: {posting}"
        assert source != target, f"a posting moves between two accounts: {posting}"
        if source in MEMBER_ACCOUNTS:
            self._change(lot_key(unit, source, fund, vests_on, expires_on), -amount)
        if target in MEMBER_ACCOUNTS:
            self._change(lot_key(unit, target, fund, vests_on, expires_on), amount)
        self._postings.append(posting)

    def _change(self, key: LotKey, change: int) -> None:
        sums = self._sums_of(key.unit)
        amount = self.lots.get(key, 0) + change
        if not -MAX_AMOUNT <= amount <= MAX_AMOUNT:
            raise AmountOverflow(unit=key.unit)
        assert amount <= 0 if key.account == ARREARS else amount >= 0, f"{key} would become {amount}"
        if amount:
            self.lots[key] = amount
        else:
            del self.lots[key]
        self.touched_lots.add(key)
        if self.stirred is not None:
            self.stirred.append(key)
        sums[key.account] += change
        # What the member has in all must fit, so that nothing time does with it can overflow.
        if change > 0 and sums[AVAILABLE] + sums[PENDING] + sums[HELD] > MAX_AMOUNT:
            raise AmountOverflow(unit=key.unit)

    def put_hold(self, hold: Hold) -> None:
        """Enter a hold, new or resolved."""
        self.holds[hold.hold_id] = hold
        self.touched_holds.add(hold.hold_id)
        if self.stirred is not None:
            self.stirred.append(hold.hold_id)

    def resident_notes(self) -> dict[str, Note]:
        """The resident notes, by kind. Not to be changed but by `put_note`."""
        if self._resident[0] != self.standing.notes:
            self._resident = self.standing.notes, read_resident(self.standing.notes)
        return self._resident[1]

    def note(self, kind: str, key: str = "") -> Note | None:
        """A note as it is now, or None. A filed one must have been asked for."""
        if not key:
            return self.resident_notes().get(kind)
        assert (kind, key) in self.notes or kind in self.asked_kinds, f"note {kind} {key} was not gathered"
        return self.notes.get((kind, key))

    def begin(self, at: datetime) -> None:
        """The page is somebody's, or something's, from moment `at` on."""
        self.exists = True
        self.standing = replace(self.standing, enrolled_at=at)

    def first_note(self, keys: Iterable[NoteKey]) -> Note | None:
        """The first of these filed notes that there is; they must have been asked for."""
        found = (self.note(*key) for key in keys)
        return next((note for note in found if note is not None), None)

    def refile(self, kind: str, other: str, note: Note, key: str) -> None:
        """File a note under one of two kinds; under the other it is no more."""
        if self.notes.get((other, key)) is not None:
            self.put_note(other, None, key)
        self.put_note(kind, note, key)

    def put_note(self, kind: str, note: Note | None, key: str = "") -> None:
        """Write a note, replace it, or take it away with None."""
        if not is_private(kind):
            self._changed_notes[kind, key] = note
        if self.stirred is not None:
            self.stirred.append((kind, key))
        if key:
            self.notes[kind, key] = note
            self.touched_notes.add((kind, key))
            return
        assert not is_private(kind), "what lies on the folio follows from entries"
        resident = {**self.resident_notes(), kind: note}
        kept = {each: lying for each, lying in resident.items() if lying is not None}
        self._resident = written_resident(kept), kept
        self.standing = replace(self.standing, notes=self._resident[0])

    def leave_off(self) -> None:
        """Note that settling ends with the entry that is being written, though more is due: what has a place
        in time, such as a gift that can be caught up for so many days, goes on from what it has reached.
        """
        assert self.reached is not None, "settling goes on"
        settled = _Settled(self.next_version, self.reached)
        self.put_note(SETTLED, Note(_encode(settled).decode()))

    def go_on(self) -> None:
        """Settling begins, or goes on from where it left off."""
        self.reached = self.told_until
        if _MENTIONED in self.standing.notes:
            self.put_note(SETTLED, None)

    def notes_due_at(self) -> datetime | None:
        """When time does something to the first of the notes that are here; None for never."""
        filed = soonest(self.notes.values()) if self.notes else None
        resident = soonest(self.resident_notes().values()) if self.standing.notes else None
        if filed is None or resident is None:
            return resident if filed is None else filed
        return min(filed, resident)

    def note_activity(self, occurred_at: datetime) -> None:
        """The member did something then. What comes in late does not set the member's clock back."""
        active_at = self.standing.active_at
        if active_at is None or active_at < occurred_at:
            self.standing = replace(self.standing, active_at=occurred_at)

    def seal(self, entry: Entry) -> None:
        """Close the entry being written, and give it its hash."""
        postings = tuple(self._postings)
        if self._changed_notes:
            entry = Entry._make((*entry[:-2], written_changes(self._changed_notes), entry.hash))
        head = seal(self.standing.head, entry, postings)
        sealed = Entry._make((*entry[:-1], head))
        self.sealed.append(SealedEntry(sealed, postings))
        if entry.request_id is not None:
            self._requested[entry.request_id] = sealed
        self.close(entry, head)

    def close(self, entry: Entry, head: bytes) -> None:
        """Turn to the next entry."""
        self._postings = []
        self._changed_notes = {}
        self.standing = replace(
            self.standing, version=entry.version, head=head, recorded_at=entry.recorded_at
        )

    def requested(self, request_id: str) -> Entry | None:
        """The entry that carried out a request, if there is one and it was asked for."""
        return self._requested.get(request_id)

    def recall(self, entry: Entry) -> None:
        """Lay an earlier entry on the folio, for those who ask for it."""
        self.recorded[entry.version] = entry
        if entry.request_id is not None:
            self._requested[entry.request_id] = entry

    def expiries_now(self) -> Expiries:
        """What ever expired of the member's, where that was asked for, with what this batch has sealed."""
        since = [(entry.version, posting) for entry, postings in self.sealed for posting in postings]
        return (*self.expiries, *since)

    def recorded_of(self, kind: str) -> list[Entry]:
        """The entries of a kind that are here, by version: all there are, where all were asked for."""
        new = {entry.version: entry for entry, _ in self.sealed if entry.kind == kind}
        old = {version: entry for version, entry in self.recorded.items() if entry.kind == kind}
        return [entry for _, entry in sorted({**old, **new}.items())]

    def original(self, version: int) -> Original | None:
        """An earlier entry as it is now, or None where there is none or no command named it."""
        return original_now(version, self.originals.get(version), self.sealed)

    def mark(self) -> Mark:
        """Remember the folio as it is."""
        return Mark(
            self.standing,
            self.lots.copy(),
            self.holds.copy(),
            self.notes.copy(),
            len(self.sealed),
            self.exists,
        )

    def rewind(self, mark: Mark) -> None:
        """Be again as marked. What was touched stays listed, and is merely written as it was; a note that
        nobody has asked for is not known to be anything.
        """
        self.standing, self.lots, self.holds, self.notes, sealed, self.exists = mark
        self.touched_notes &= self.notes.keys()
        for entry, _ in self.sealed[sealed:]:
            self._requested.pop(entry.request_id or "", None)
        del self.sealed[sealed:]
        self.reached = self.stirred = None
        self._postings = []
        self._sums = {}
        self._changed_notes = {}
