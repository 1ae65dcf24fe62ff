"""Gathers what orders need and commands cannot name: stocks, limits, coupons, revisions. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tallybook.coupons.notes import coupon_keys
from tallybook.db.statements import Fetch
from tallybook.engine.batch import Batch, MemberKey
from tallybook.engine.gather import Gathering, place_notes
from tallybook.journal import tables
from tallybook.journal.notes import decoded
from tallybook.mall.notes import CLOSED, COUNTS, ORDER, OrderNote
from tallybook.programs.mall import item_pool, sale_pool

Filed = tuple[str, str, str, str]
"""Program, member, kind and key."""


def orders(batch: Batch) -> Gathering:
    """The pools that orders give back to, what counts towards limits, the coupons that orders gave, and the
    revisions that they were placed by.
    """
    yield []
    yield []  # what falls due is there now
    there = list(_orders(batch))
    while there and not batch.programs_known:
        yield []
    for (code, _), note in there:
        batch.wanted_pools.update((code, item_pool(each)) for each in note.stocks)
        batch.wanted_pools.update((code, sale_pool(each)) for each in note.sales)
    wanted = set(_wanted(there))
    missing = sorted(key for key in wanted if key[2:] not in batch.folios[key[:2]].notes)
    if missing:
        (rows,) = yield [Fetch(tables.READ_NOTES, missing)]
        for code, member, kind, key in missing:
            batch.folios[code, member].notes.setdefault((kind, key), None)
        place_notes(batch.folios, rows)
    if there:
        yield from batch.look_back({(member[0], note.revision) for member, note in there})


def _orders(batch: Batch) -> Iterator[tuple[MemberKey, OrderNote]]:
    """The orders that commands name, or that fall due."""
    for member, folio in batch.folios.items():
        for (kind, _), filed in folio.notes.items():
            note = decoded(OrderNote, filed) if kind in (ORDER, CLOSED) else None
            if note is not None:
                yield member, note


def _wanted(there: Sequence[tuple[MemberKey, OrderNote]]) -> Iterator[Filed]:
    """What counts towards limits, and the coupons that orders gave."""
    for (code, member), note in there:
        if note.counted:
            yield code, member, COUNTS, note.item
        for coupon in () if note.gave is None else note.gave.coupons:
            yield from ((code, member, *key) for key in coupon_keys(coupon))
