"""Record: write what a batch changed, one statement a table. Knows the journal's tables; decides nothing.

Folios go first: the other order makes concurrent writers of one member wait for each other twice.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import astuple

from tallybook.db.statements import Row, Write
from tallybook.engine.batch import Batch
from tallybook.journal import tables
from tallybook.journal.folio import Folio
from tallybook.journal.holds import Hold
from tallybook.journal.settle import Effects, plan_next_due

_encode = msgspec.json.Encoder().encode


def changes(batch: Batch, effects: Effects) -> list[Write]:
    """The writes of a batch, in the order they are to be made; tables that did not change have none."""
    changed = [folio for folio in batch.folios.values() if folio.is_changed]
    for folio in changed:
        plan_next_due(folio, batch.programs[folio.program], effects)
    writes = [
        Write(tables.WRITE_FOLIOS, [(f.program, f.member, *astuple(f.standing)) for f in changed]),
        Write(tables.ADD_ENTRIES, [(*s.entry, f.standing.position) for f in changed for s in f.sealed]),
        Write(tables.ADD_POSTINGS, [row for folio in changed for row in _posting_rows(folio)]),
        Write(tables.WRITE_LOTS, [row for folio in changed for row in _lot_rows(folio)]),
        Write(tables.REMOVE_LOTS, [row for folio in changed for row in _gone_lots(folio)]),
        Write(tables.WRITE_HOLDS, [row for folio in changed for row in _hold_rows(folio)]),
        # What is given up goes first: somebody else may take it in the same batch.
        Write(tables.REMOVE_NOTES, [row for folio in changed for row in _gone_notes(folio)]),
        Write(tables.WRITE_NOTES, [row for folio in changed for row in _note_rows(folio)]),
        Write(tables.WRITE_POOLS, [(*key, batch.pools[key]) for key in sorted(batch.touched_pools)]),
        Write(tables.ADD_REFUSALS, batch.refusals),
    ]
    return [write for write in writes if write.rows]


def _posting_rows(folio: Folio) -> list[Row]:
    return [
        (folio.program, folio.member, entry.version, line, *posting)
        for entry, postings in folio.sealed
        for line, posting in enumerate(postings)
    ]


def _lot_rows(folio: Folio) -> list[Row]:
    lots = folio.lots
    return [(folio.program, folio.member, *key, lots[key]) for key in folio.touched_lots if key in lots]


def _gone_lots(folio: Folio) -> list[Row]:
    return [(folio.program, folio.member, *key) for key in folio.touched_lots if key not in folio.lots]


def _hold_rows(folio: Folio) -> list[Row]:
    touched = [folio.holds[hold_id] for hold_id in folio.touched_holds if hold_id in folio.holds]
    return [(folio.program, folio.member, *hold_values(hold)) for hold in touched]


def _note_rows(folio: Folio) -> list[Row]:
    lying = [(key, folio.notes[key]) for key in folio.touched_notes]
    return [(folio.program, folio.member, *key, *note) for key, note in lying if note is not None]


def _gone_notes(folio: Folio) -> list[Row]:
    return [(folio.program, folio.member, *key) for key in folio.touched_notes if folio.notes[key] is None]


def hold_values(hold: Hold) -> Row:
    """The values of `HOLD_COLUMNS`, in order."""
    values = msgspec.structs.asdict(hold) | {"lots": _encode(hold.lots).decode()}
    return tuple(values[name] for name in tables.HOLD_COLUMNS)
