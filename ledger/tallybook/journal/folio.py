"""A folio: one member's page of the book, in memory. Pure: no clock, no database.

Everything that happens to a member happens to the folio first. It is changed by postings only, so that what
it shows is what the postings say; `mark` and `rewind` undo what a refused command had begun.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from tallybook.errors import AmountOverflow
from tallybook.journal.accounts import (
    ARREARS,
    AVAILABLE,
    HELD,
    MAX_AMOUNT,
    MEMBER_ACCOUNTS,
    PENDING,
    Balance,
    LotKey,
    Posting,
    lot_key,
)
from tallybook.journal.entries import GENESIS, Entry, SealedEntry, seal
from tallybook.journal.holds import Hold
from tallybook.journal.originals import Original, Recorded, original_now

LARGE: Final = 2**48
"""Lots up to this size cannot add up to more than 64 bits, unless a member has 32,768 of them in one unit."""


class Standing(NamedTuple):
    """The single values of a folio, kept apart from its lots and holds so that they are saved in one go.

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
    position: int = 0


class Mark(NamedTuple):
    """A point to rewind to."""

    standing: Standing
    lots: dict[LotKey, int]
    holds: dict[str, Hold]
    sealed: int
    exists: bool


class Folio:
    """One member of one program: standing, lots, open or named holds, and what this batch did to them.

    `exists` is false until the member is enrolled. `originals` are the earlier entries that commands named,
    as they were before this batch; `original` tells how they are now.
    """

    __slots__ = (
        "_postings",
        "_recorded",
        "exists",
        "holds",
        "lots",
        "member",
        "originals",
        "program",
        "sealed",
        "standing",
        "touched_holds",
        "touched_lots",
    )

    def __init__(self, program: str, member: str, standing: Standing, exists: bool) -> None:
        self.program = program
        self.member = member
        self.standing = standing
        self._recorded = standing
        self.exists = exists
        self.lots: dict[LotKey, int] = {}
        self.holds: dict[str, Hold] = {}
        self.originals: dict[int, Recorded] = {}
        self.sealed: list[SealedEntry] = []
        self.touched_lots: set[LotKey] = set()
        self.touched_holds: set[str] = set()
        self._postings: list[Posting] = []

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to record: entries, or another moment at which something falls due."""
        return bool(self.sealed) or self.standing != self._recorded

    @property
    def next_version(self) -> int:
        """The version of the entry that is being written."""
        return self.standing.version + 1

    def balance(self, unit: str) -> Balance:
        """The sums over all lots of a unit."""
        sums = {AVAILABLE: 0, PENDING: 0, HELD: 0, ARREARS: 0}
        for key, amount in self.lots.items():
            if key.unit == unit:
                sums[key.account] += amount
        return Balance(sums[AVAILABLE], sums[PENDING], sums[HELD], -sums[ARREARS])

    def arrears(self, unit: str) -> int:
        """What the member owes in a unit, zero or more."""
        owed = 0
        for key, amount in self.lots.items():
            if key.account == ARREARS and key.unit == unit:
                owed -= amount
        return owed

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
        amount = self.lots.get(key, 0) + change
        if not -MAX_AMOUNT <= amount <= MAX_AMOUNT:
            raise AmountOverflow(unit=key.unit)
        assert amount <= 0 if key.account == ARREARS else amount >= 0, f"{key} would become {amount}"
        if amount:
            self.lots[key] = amount
        else:
            del self.lots[key]
        self.touched_lots.add(key)
        if change > 0 and max(self.lots.values(), default=0) > LARGE:
            self._check_total(key.unit)

    def _check_total(self, unit: str) -> None:
        """What the member has in all must fit, so that nothing time does with it can overflow."""
        balance = self.balance(unit)
        if balance.available + balance.pending + balance.held > MAX_AMOUNT:
            raise AmountOverflow(unit=unit)

    def put_hold(self, hold: Hold) -> None:
        """Enter a hold, new or resolved."""
        self.holds[hold.hold_id] = hold
        self.touched_holds.add(hold.hold_id)

    def note_activity(self, occurred_at: datetime) -> None:
        """The member did something then. What comes in late does not set the member's clock back."""
        active_at = self.standing.active_at
        if active_at is None or active_at < occurred_at:
            self.standing = self.standing._replace(active_at=occurred_at)

    def seal(self, entry: Entry) -> None:
        """Close the entry being written, and give it its hash."""
        postings = tuple(self._postings)
        head = seal(self.standing.head, entry, postings)
        self.sealed.append(SealedEntry(Entry._make((*entry[:-1], head)), postings))
        self.close(entry, head)

    def close(self, entry: Entry, head: bytes) -> None:
        """Turn to the next entry."""
        self._postings = []
        self.standing = self.standing._replace(
            version=entry.version, head=head, recorded_at=entry.recorded_at
        )

    def original(self, version: int) -> Original | None:
        """An earlier entry as it is now, or None where there is none or no command named it."""
        return original_now(version, self.originals.get(version), self.sealed)

    def mark(self) -> Mark:
        """Remember the folio as it is."""
        return Mark(self.standing, self.lots.copy(), self.holds.copy(), len(self.sealed), self.exists)

    def rewind(self, mark: Mark) -> None:
        """Be again as marked. What was touched stays listed, and is merely written as it was."""
        self.standing, self.lots, self.holds, sealed, self.exists = mark
        del self.sealed[sealed:]
        self._postings = []
