"""Gathers what draws need and commands cannot name: the budgets of red packets. Decides nothing."""

from __future__ import annotations

from tallybook.draws.notes import OPEN, PACKET
from tallybook.draws.packets import packet_of
from tallybook.engine.batch import Batch
from tallybook.engine.gather import Gathering


def draws(batch: Batch) -> Gathering:
    """The budgets that get back what nobody has claimed of red packets."""
    yield []
    yield []  # what falls due is there now
    for (code, _), folio in batch.folios.items():
        for kind, key in folio.notes:
            note = packet_of(folio, key) if kind == PACKET else None
            if note is not None and note.pool and note.state == OPEN:
                batch.wanted_pools.add((code, note.pool))
