"""Where a balance comes from: each lot with the entries that still make it up. Pure: no clock, no database.

What an entry brings keeps its name while it is moved from account to account. What leaves a lot is what came
first; what undoes an entry takes of what that entry brought before anything else.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import msgspec

from tallybook.earning.notes import EVENT
from tallybook.growth.growth import GIVEN, GivenNote
from tallybook.journal.accounts import (
    ARREARS,
    MEMBER_ACCOUNTS,
    NEVER,
    VESTED,
    Balance,
    LotKey,
    Posting,
    lot_key,
)
from tallybook.journal.entries import Entry, SealedEntry
from tallybook.journal.notes import decoded, read_changes

NOTHING: Final[Set[int | str]] = frozenset()


class BalancePart(msgspec.Struct, frozen=True, kw_only=True):
    """Steps of a balance that come from one entry: `amount` in one account, fund and pair of days.

    In the account `arrears` they are owed, and the entry is the one that left them so. `entry`, `kind` and so
    on are those of the entry; days are None where there is no such day. `given` names the tasks and tiers for
    which the entry gave some of the unit, as in `Given`.
    """

    account: str
    fund: str
    amount: int
    expires_on: date | None
    vests_on: date | None
    entry: int
    kind: str
    occurred_at: datetime
    request_id: str
    reason: str
    reverses: int | None
    given: tuple[str, ...] = ()


class BalanceExplained(msgspec.Struct, frozen=True, kw_only=True):
    """Where a member's balance in a unit comes from. The parts of each account come to that of the `balance`;
    `sentences` say it in words.
    """

    program: str
    member: str
    unit: str
    as_of: datetime
    balance: Balance
    parts: tuple[BalancePart, ...]
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The entry that something comes from."""

    entry: int
    kind: str
    occurred_at: datetime
    request_id: str
    reason: str
    reverses: int | None
    given: tuple[str, ...] = ()


@dataclass(slots=True)
class Part:
    """What is left of what an entry brought to a lot, or, in arrears, of what it left to be owed."""

    source: Source
    amount: int


class Origins:
    """The lots of one unit, with their parts in the order in which they came. Told entry by entry.

    For each lot the parts come to what it holds.
    """

    def __init__(self, unit: str) -> None:
        self.lots: dict[LotKey, deque[Part]] = {}
        self._unit = unit
        self._givers: dict[str, int] = {}

    def follow(self, sealed: SealedEntry) -> None:
        """Go on with the next entry of the member."""
        entry, postings = sealed
        given, taken_back = self._gifts(entry)
        own = [posting for posting in postings if posting.unit == self._unit]
        if not own:
            return
        source = replace(source_of(entry), given=given)
        undone = _undone_by(entry) | taken_back
        for posting in own:
            self._move(posting, source, undone)

    def _gifts(self, entry: Entry) -> tuple[tuple[str, ...], Set[int]]:
        """For which tasks and tiers an entry gave the unit, and the entries that gave for them before."""
        if f'"{GIVEN}"' not in entry.notes:
            return (), frozenset()
        given, before = [], set()
        for change in read_changes(entry.notes):
            if change.kind != GIVEN:
                continue
            note = decoded(GivenNote, change.note)
            if note is not None and note.entry == self._givers.get(change.key):
                continue  # given before, and filed under another day
            if change.key in self._givers:
                before.add(self._givers.pop(change.key))
            if note is not None:
                self._givers[change.key] = entry.version
                if any(portion.unit == self._unit for portion in note.portions):
                    given.append(change.key)
        return tuple(given), before

    def parts(self) -> tuple[BalancePart, ...]:
        """All parts, by account and by day, those of a lot in the order in which they came."""
        found = []
        for key in sorted(self.lots, key=lambda key: (key.account, key.expires_on, key.vests_on, key.fund)):
            amounts: dict[int, int] = {}
            for part in self.lots[key]:
                amounts[part.source.entry] = amounts.get(part.source.entry, 0) + part.amount
            sources = {part.source.entry: part.source for part in self.lots[key]}
            found += [_balance_part(key, sources[entry], amount) for entry, amount in amounts.items()]
        return tuple(found)

    def _move(self, posting: Posting, source: Source, undone: Set[int | str]) -> None:
        unit, fund, vests_on, expires_on, from_account, to_account, amount = posting
        moved = [Part(source, amount)]
        if from_account == ARREARS:  # what is taken from there is owed
            self._add(lot_key(unit, ARREARS, fund, vests_on, expires_on), moved)
        elif from_account in MEMBER_ACCOUNTS:
            moved = self._take(lot_key(unit, from_account, fund, vests_on, expires_on), amount, undone)
        if to_account == ARREARS:
            self._take(lot_key(unit, ARREARS, fund, vests_on, expires_on), amount)
        elif to_account in MEMBER_ACCOUNTS:
            self._add(lot_key(unit, to_account, fund, vests_on, expires_on), moved)

    def _add(self, key: LotKey, parts: list[Part]) -> None:
        lot = self.lots.setdefault(key, deque())
        for part in parts:
            if lot and lot[-1].source.entry == part.source.entry:
                lot[-1].amount += part.amount
            else:
                lot.append(part)

    def _take(self, key: LotKey, amount: int, undone: Set[int | str] = NOTHING) -> list[Part]:
        """Take parts out of a lot, those that are being undone first."""
        lot, taken = self.lots[key], []
        if undone:
            for part in lot:
                if part.source.entry in undone or part.source.request_id in undone:
                    taken.append(_split(part, amount))
                    amount -= taken[-1].amount
            lot = self.lots[key] = deque(part for part in lot if part.amount)
        while amount:
            taken.append(_split(lot[0], amount))
            amount -= taken[-1].amount
            if not lot[0].amount:
                lot.popleft()
        if not lot:
            del self.lots[key]
        return [part for part in taken if part.amount]


def _split(part: Part, amount: int) -> Part:
    """Take up to so much off a part."""
    taken = min(part.amount, amount)
    part.amount -= taken
    return Part(part.source, taken)


def _balance_part(key: LotKey, source: Source, amount: int) -> BalancePart:
    return BalancePart(
        account=key.account,
        fund=key.fund,
        amount=amount,
        expires_on=None if key.expires_on == NEVER else key.expires_on,
        vests_on=None if key.vests_on == VESTED else key.vests_on,
        entry=source.entry,
        kind=source.kind,
        occurred_at=source.occurred_at,
        request_id=source.request_id,
        reason=source.reason,
        reverses=source.reverses,
        given=source.given,
    )


def source_of(entry: Entry) -> Source:
    """An entry as a source."""
    return Source(
        entry.version, entry.kind, entry.occurred_at, entry.request_id or "", entry.reason, entry.reverses
    )


def _undone_by(entry: Entry) -> Set[int | str]:
    """The entry that is reversed, by its version, and the events that came to less, by their request ids."""
    undone: set[int | str] = {change.key for change in read_changes(entry.notes) if change.kind == EVENT}
    undone.discard(entry.request_id or "")
    if entry.reverses is not None:
        undone.add(entry.reverses)
    return undone
