"""What was brought by a merge, and what of it can be told apart again. Pure: no clock, no database.

A merge files under the other member's name which lots it brought. So it stays answerable what came from whom,
and what is left of those very lots can go back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

import msgspec

from tallybook.engine.desk import Desk
from tallybook.journal.accounts import (
    ARREARS,
    AVAILABLE,
    EXPIRED,
    MERGED,
    NEVER,
    PENDING,
    VESTED,
    LotKey,
    Posting,
    lot_key,
)
from tallybook.journal.folio import Folio
from tallybook.journal.merged import merged_into
from tallybook.journal.moves import Lot, credit, move_out, plan_spending
from tallybook.journal.notes import Note, decoded

MERGED_FROM: Final = "merged_from"


class Brought(msgspec.Struct, frozen=True, array_like=True):
    """Part of a lot that came with a merge, pending until `vests_on` or available at once."""

    unit: str
    fund: str
    vests_on: date
    expires_on: date
    amount: int


class MergeNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Filed under the name of the member that was merged: the `entry` of the merge, on the page that goes on,
    and the lots that came. What was owed came too, and is netted. `tiers`, in
    JSON, is what the member held before on ladders on which the other held more.
    """

    entry: int
    lots: tuple[Brought, ...]
    owed: dict[str, int] = {}
    tiers: str = ""


_encode = msgspec.json.Encoder(order="deterministic").encode


def find_merge(folio: Folio, other: str) -> MergeNote | None:
    """What came from a member, where it was asked for."""
    return decoded(MergeNote, folio.note(MERGED_FROM, other))


def put_merge(folio: Folio, other: str, note: MergeNote | None) -> None:
    """File what came from a member."""
    folio.put_note(MERGED_FROM, None if note is None else Note(_encode(note).decode()), other)


class GoesOn(NamedTuple):
    """The page that goes on for a member: the member's own, or that of whom they were merged into. What they
    had came there with the entry `since`; of one's own page it is 0.
    """

    page: Folio
    since: int


def goes_on(desk: Desk, member: str) -> GoesOn:
    """Whose page goes on for a member by now, over any number of merges: see `members.gatherer.followed`."""
    found = GoesOn(_page(desk, member), 0)
    while into := merged_into(found.page):
        page = _page(desk, into)
        note = find_merge(page, found.page.member)
        found = GoesOn(page, 1 if note is None else note.entry)
    return found


def _page(desk: Desk, member: str) -> Folio:
    return desk.folio if member == desk.folio.member else desk.others[member]


class Moved(NamedTuple):
    """What went from one page to another."""

    lots: tuple[Brought, ...]
    owed: dict[str, int]


def move_all(desk: Desk, gone: Folio, kept: Folio) -> Moved:
    """Move every lot with its fund and days, then what is owed: it is taken from what is there, and the rest
    is owed on.
    """
    lots, owed = [], {}
    for key, amount in sorted(gone.lots.items()):
        if key.account == ARREARS:
            owed[key.unit] = -amount
            continue
        lots.append(Brought(key.unit, key.fund, key.vests_on, key.expires_on, amount))
        gone.post(Posting(key.unit, key.fund, key.vests_on, key.expires_on, key.account, MERGED, amount))
        lot = Lot(key.unit, key.fund, key.vests_on, key.expires_on)
        credit(kept, lot, MERGED, amount, desk.program, desk.today)
    for unit, amount in sorted(owed.items()):
        house = lot_key(unit, ARREARS, "", VESTED, NEVER)
        gone.post(Posting(unit, house.fund, VESTED, NEVER, MERGED, ARREARS, amount))
        parts, rest = plan_spending(kept, unit, amount, desk.unit(unit).spend_key)
        move_out(kept, parts, MERGED)
        if rest:
            kept.post(Posting(unit, house.fund, VESTED, NEVER, ARREARS, MERGED, rest))
    return Moved(tuple(lots), owed)


def move_lapsed(gone: Folio, kept: Folio) -> None:
    """Have what lapsed on the other page have lapsed on this one, so that what is taken back of it later is
    found there. All of the other's that ever expired has to have been asked for.
    """
    sums: dict[tuple[str, str, date], int] = {}
    for _, posting in gone.expiries_now():
        lot = posting.unit, posting.fund, posting.expires_on
        sign = 1 if posting.to_account == EXPIRED else -1
        sums[lot] = sums.get(lot, 0) + sign * posting.amount
    for (unit, fund, expires_on), amount in sorted(sums.items()):
        if amount > 0:
            gone.post(Posting(unit, fund, VESTED, expires_on, EXPIRED, MERGED, amount))
            kept.post(Posting(unit, fund, VESTED, expires_on, MERGED, EXPIRED, amount))


def move_back(desk: Desk, kept: Folio, gone: Folio, lots: tuple[Brought, ...]) -> tuple[Brought, ...]:
    """Move back what is left of lots, money left out, and say what that was."""
    back = []
    for lot in lots:
        for key, amount in _left_of(kept, lot):
            if desk.unit(lot.unit).is_money:
                continue
            kept.post(Posting(key.unit, key.fund, key.vests_on, key.expires_on, key.account, MERGED, amount))
            again = Lot(key.unit, key.fund, key.vests_on, key.expires_on)
            credit(gone, again, MERGED, amount, desk.program, desk.today)
            back.append(Brought(key.unit, key.fund, key.vests_on, key.expires_on, amount))
    return tuple(back)


def _left_of(kept: Folio, lot: Brought) -> Iterator[tuple[LotKey, int]]:
    """Where a lot is now: pending still, or available with the same fund and day; never more than came."""
    left = lot.amount
    for key in (
        LotKey(lot.unit, PENDING, lot.fund, lot.vests_on, lot.expires_on),
        LotKey(lot.unit, AVAILABLE, lot.fund, VESTED, lot.expires_on),
    ):
        part = min(left, kept.lots.get(key, 0))
        if part:
            yield key, part
            left -= part
