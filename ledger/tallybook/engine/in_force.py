"""Gathers the programs in force, compiled once a revision. Knows where they are kept, not what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tallybook.db.statements import Fetch, Lookup
from tallybook.engine.batch import Batch
from tallybook.engine.gather import Gathering
from tallybook.programs import ProgramCache, tables

READ_CURRENT = Lookup(tables.program, ("program",), ("program", "revision"))
READ_DOCUMENTS = Lookup(tables.program_revision, ("program", "revision"), ("program", "revision", "document"))


def in_force(cache: ProgramCache, codes: Sequence[str]) -> Callable[[Batch], Gathering]:
    """A gatherer of these programs: their revision is read each time, their document only when it is new."""

    def gathering(batch: Batch) -> Gathering:
        (current,) = yield [Fetch(READ_CURRENT, [(code,) for code in codes])]
        found = {(code, revision): cache.get(code, revision) for code, revision in current}
        unknown = [key for key, program in found.items() if program is None]
        if unknown:
            (documents,) = yield [Fetch(READ_DOCUMENTS, unknown)]
            for code, revision, document in documents:
                found[code, revision] = cache.put(code, revision, document)
        for (code, _), program in found.items():
            assert program is not None, "a revision in force has a document"
            batch.programs[code] = program

    return gathering
