"""Gathers what money needs and commands cannot name: budgets, top-ups behind payouts. Decides nothing."""

from __future__ import annotations

from tallybook.db.statements import Fetch
from tallybook.engine.batch import Batch, MemberKey
from tallybook.engine.gather import Gathering, place_entries, place_notes
from tallybook.journal import tables
from tallybook.stored_value.notes import PAYOUT, TOP_UP, WAITING, find_payout, find_top_up
from tallybook.stored_value.reactivate import Reactivate


def money(batch: Batch) -> Gathering:
    """The pools that get back what top-ups drew, the top-ups that payouts are of, and what has lapsed."""
    yield []
    yield []  # what falls due is there now
    yield from _top_ups_of_payouts(batch)
    for (program, _), folio in batch.folios.items():
        for kind, key in folio.notes:
            note = find_top_up(folio, key) if kind == TOP_UP else None
            if note is not None and note.pool and note.state == WAITING:
                batch.wanted_pools.add((program, note.pool))
    yield from _lapsed(batch)


def _top_ups_of_payouts(batch: Batch) -> Gathering:
    keys = set()
    for member, folio in batch.folios.items():
        for kind, key in folio.notes:
            note = find_payout(folio, key) if kind == PAYOUT else None
            if note is not None and note.top_up and (TOP_UP, note.top_up) not in folio.notes:
                keys.add((*member, TOP_UP, note.top_up))
    if keys:
        (rows,) = yield [Fetch(tables.READ_NOTES, sorted(keys))]
        place_notes(batch.folios, rows)


def _lapsed(batch: Batch) -> Gathering:
    members: list[MemberKey] = sorted(
        {(c.program, c.member) for c in batch.commands if isinstance(c, Reactivate)}
    )
    if members:
        (rows,) = yield [Fetch(tables.READ_EXPIRIES, members)]
        place_entries(batch, members, (), rows)
