"""How value moves on a folio: credit, spend, claw back, restore. Pure: no clock, no database.

Two invariants hold after each of these: a member who owes has nothing available, and nothing is available
past its day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from tallybook.journal.accounts import (
    ARREARS,
    AVAILABLE,
    EXPIRED,
    HOUSE_ACCOUNTS,
    MEMBER_ACCOUNTS,
    NEVER,
    PENDING,
    VESTED,
    LotKey,
    Posting,
    lot_key,
)
from tallybook.journal.calendar import Calendar, last_day
from tallybook.journal.folio import Folio
from tallybook.journal.originals import Original
from tallybook.journal.shares import share_out

SpendKey = Callable[[date, str], Any]
"""From a lot's expiry and fund to its place in the order of spending."""


class Shortfall(StrEnum):
    """How far a reversal reaches when what it takes back was spent already."""

    ONLY_PENDING = "only_pending"  # cancel what is still pending, let the rest be
    WITHIN_BALANCE = "within_balance"  # take what is available, let the rest be
    ARREARS = "arrears"  # take what is available, and the member owes the rest


class Credited(NamedTuple):
    """Where a credit went; the parts add up to it."""

    available: int = 0
    pending: int = 0
    repaid: int = 0
    lapsed: int = 0


class Taken(NamedTuple):
    """Where a clawback came from; the parts add up to what was asked."""

    pending: int = 0
    available: int = 0
    lapsed: int = 0
    arrears: int = 0
    forgiven: int = 0


class Lot(NamedTuple):
    """What identifies points, whichever account they are in."""

    unit: str
    fund: str
    vests_on: date
    expires_on: date


def credit(folio: Folio, lot: Lot, source: str, amount: int, calendar: Calendar, today: date) -> Credited:
    """Move `amount` from an account to the member: to pending, or to arrears first and then to available.

    Points past their day are made available and expire in the same breath, so that both postings show.
    """
    unit, fund, vests_on, expires_on = lot
    if vests_on > today:
        folio.post(Posting(unit, fund, vests_on, expires_on, source, PENDING, amount))
        return Credited(pending=amount)
    dated_from = vests_on if source == PENDING else VESTED
    repaid = min(folio.arrears(unit), amount)
    if repaid:
        folio.post(Posting(unit, fund, dated_from, expires_on, source, ARREARS, repaid))
    rest = amount - repaid
    if not rest:
        return Credited(repaid=repaid)
    folio.post(Posting(unit, fund, dated_from, expires_on, source, AVAILABLE, rest))
    if last_day(folio, calendar, unit, expires_on) < today:
        folio.post(Posting(unit, fund, VESTED, expires_on, AVAILABLE, EXPIRED, rest))
        return Credited(repaid=repaid, lapsed=rest)
    return Credited(available=rest, repaid=repaid)


def plan_spending(
    folio: Folio, unit: str, amount: int, spend_key: SpendKey
) -> tuple[list[tuple[LotKey, int]], int]:
    """Which available lots `amount` comes from, in the program's order, and what is missing."""
    lots = folio.lots_of(unit, AVAILABLE)
    if len(lots) > 1:
        lots.sort(key=lambda lot: spend_key(lot[0].expires_on, lot[0].fund))
    parts = []
    for key, there in lots:
        part = min(there, amount)
        if not part:
            break
        parts.append((key, part))
        amount -= part
    return parts, amount


def plan_in_proportion(
    folio: Folio, unit: str, amount: int, spend_key: SpendKey
) -> tuple[list[tuple[LotKey, int]], int]:
    """The same, from each fund in proportion to what is available of it, to the nearest smallest step."""
    lots = folio.lots_of(unit, AVAILABLE)
    lots.sort(key=lambda lot: spend_key(lot[0].expires_on, lot[0].fund))
    there: dict[str, int] = {}
    for key, held in lots:
        there[key.fund] = there.get(key.fund, 0) + held
    total = sum(there.values())
    missing = max(0, amount - total)
    shares = dict(zip(there, share_out(amount - missing, list(there.values())), strict=True))
    parts = []
    for key, held in lots:
        part = min(held, shares[key.fund])
        shares[key.fund] -= part
        if part:
            parts.append((key, part))
    return parts, missing


def move_out(folio: Folio, parts: Sequence[tuple[LotKey, int]], target: str) -> None:
    """Post parts of available lots to another account; they keep fund and expiry."""
    for key, part in parts:
        folio.post(Posting(key.unit, key.fund, VESTED, key.expires_on, AVAILABLE, target, part))


# --- undoing ---------------------------------------------------------------------------------------------


def crossings(postings: Sequence[Posting]) -> tuple[list[Posting], list[Posting]]:
    """Of an entry's postings, those that brought value to the member, and those that took it away.

    Expiry in the same breath as a credit is not a crossing: what lapsed is undone through the credit.
    """
    inward = [p for p in postings if p.from_account in HOUSE_ACCOUNTS and p.to_account in MEMBER_ACCOUNTS]
    outward = [
        p
        for p in postings
        if p.from_account in MEMBER_ACCOUNTS and p.to_account in HOUSE_ACCOUNTS and p.to_account != EXPIRED
    ]
    return inward, outward


def backwards(postings: Sequence[Posting], skip: int, amount: int) -> Iterator[tuple[Posting, int]]:
    """`amount` of postings from the last to the first, after `skip` that was undone before.

    Undoing a and then b undoes the same as undoing a + b at once.
    """
    for posting in reversed(postings):
        left = posting.amount - min(skip, posting.amount)
        skip -= posting.amount - left
        part = min(left, amount)
        if part:
            yield posting, part
        amount -= part


def claw_back(
    folio: Folio,
    original: Original,
    amount: int,
    policy: Shortfall,
    spend_key: SpendKey,
) -> Taken:
    """Undo `amount` of what an entry brought: out of the very lots it went to, as far as they reach.

    What lapsed unspent since is undone where it lapsed. What was spent comes from the member's other lots,
    then from arrears, as far as the policy goes; the rest is forgiven.
    """
    inward, _ = crossings(original.postings)
    lapsed = dict(original.lapsed)
    taken = Taken()
    for posting, part in backwards(inward, original.reversed, amount):
        taken = _add(taken, _claw_back_posting(folio, posting, part, policy, spend_key, lapsed))
    return taken


def _add(one: Taken, other: Taken) -> Taken:
    return Taken(*(a + b for a, b in zip(one, other, strict=True)))


def _claw_back_posting(
    folio: Folio,
    posting: Posting,
    amount: int,
    policy: Shortfall,
    spend_key: SpendKey,
    lapsed: dict[tuple[str, date], int],
) -> Taken:
    house = posting.from_account
    pending = _take_lot(folio, posting, PENDING, house, amount)
    left = amount - pending
    if policy is Shortfall.ONLY_PENDING:
        return Taken(pending=pending, forgiven=left)
    gone = _take_lapsed(folio, posting, house, left, lapsed)
    left -= gone
    available = _take_lot(folio, posting, AVAILABLE, house, left)
    left -= available
    others, left = plan_spending(folio, posting.unit, left, spend_key)
    move_out(folio, others, house)
    available += sum(part for _, part in others)
    if left and policy is Shortfall.ARREARS:
        folio.post(Posting(posting.unit, posting.fund, VESTED, NEVER, ARREARS, house, left))
        return Taken(pending, available, gone, arrears=left)
    return Taken(pending, available, gone, forgiven=left)


def _take_lot(folio: Folio, posting: Posting, account: str, house: str, amount: int) -> int:
    """Take what an account still has of the posting's own lot."""
    if posting.to_account == ARREARS or (account == PENDING and posting.to_account != PENDING):
        return 0
    key = lot_key(posting.unit, account, posting.fund, posting.vests_on, posting.expires_on)
    part = min(folio.lots.get(key, 0), amount)
    if part:
        folio.post(Posting(key.unit, key.fund, key.vests_on, key.expires_on, account, house, part))
    return part


def _take_lapsed(
    folio: Folio,
    posting: Posting,
    house: str,
    amount: int,
    lapsed: dict[tuple[str, date], int],
) -> int:
    """Take what expired since of the posting's own lot out of the house's account of what expired."""
    if posting.to_account == ARREARS:
        return 0
    lot = posting.fund, posting.expires_on
    part = min(lapsed.get(lot, 0), amount)
    if part:
        lapsed[lot] -= part
        folio.post(Posting(posting.unit, posting.fund, VESTED, posting.expires_on, EXPIRED, house, part))
    return part


def restore(
    folio: Folio,
    original: Original,
    amount: int,
    renewed: Callable[[str, date], date],
    fresh: date,
    calendar: Calendar,
    today: date,
) -> Credited:
    """Undo `amount` of what an entry took: back to the lots it came from, the last used first.

    `renewed` gives the expiry that a lapsed lot of a fund comes back with: its own, so that it lapses again
    at once, or a later one. What was taken as arrears never had an expiry; if it cannot repay arrears, it
    gets `fresh`.
    """
    _, outward = crossings(original.postings)
    restored = Credited()
    for posting, part in backwards(outward, original.reversed, amount):
        expires_on = posting.expires_on
        if posting.from_account == ARREARS:
            expires_on = fresh
        elif expires_on < today:
            expires_on = renewed(posting.fund, expires_on)
        lot = Lot(posting.unit, posting.fund, VESTED, expires_on)
        part_credited = credit(folio, lot, posting.to_account, part, calendar, today)
        restored = Credited(*(a + b for a, b in zip(restored, part_credited, strict=True)))
    return restored


def reversible(original: Original) -> int:
    """How much of an entry is left to undo."""
    inward, outward = crossings(original.postings)
    return sum(posting.amount for posting in inward or outward) - original.reversed
