"""Gathers the programs in force, compiled once a revision. Knows where they are kept, not what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from tallybook.db.statements import Fetch, Lookup, Row
from tallybook.engine.batch import Batch
from tallybook.engine.gather import Gathering
from tallybook.programs import Program, ProgramCache, Start, Timeline, tables

READ_NEWEST = Lookup(tables.program, ("program",), ("program", "revision"))
READ_STARTS = Lookup(tables.program_revision, ("program",), ("program", *Start._fields), order="revision")
READ_DOCUMENTS = Lookup(tables.program_revision, ("program", "revision"), ("program", "revision", "document"))

RevisionKey = tuple[str, int]


def in_force(cache: ProgramCache, codes: Sequence[str]) -> Callable[[Batch], Gathering]:
    """A gatherer of these programs as in force at the batch's moment, at the moments that commands name, and
    since those that pages on which something is due have reached. Whoever gathers pages stands before it.

    Their newest revision is read each time; when it takes force, and what it says, only when it is new.
    """

    def gathering(batch: Batch) -> Gathering:
        (newest,) = yield [Fetch(READ_NEWEST, [(code,) for code in codes])]
        yield from _timelines(cache, batch, newest)
        current = {code: timeline.in_force(batch.now) for code, timeline in batch.timelines.items()}
        yield from _revisions(cache, batch.timelines, batch.revisions, current.items())
        batch.programs |= {key[0]: batch.revisions[key] for key in current.items()}
        named = [(c.program, moment) for c in batch.every() for moment in c.program_moments()]
        yield from since_reached(cache, batch, named)
        if named:
            yield from _programs_at(cache, batch, named)
        batch.look_back = partial(_revisions, cache, batch.timelines, batch.revisions)
        batch.look_back_to = partial(
            _back_to, cache, batch.timelines, batch.revisions, batch.known_since, current
        )
        batch.programs_known = True

    return gathering


def since_reached(cache: ProgramCache, batch: Batch, named: Iterable[tuple[str, datetime]] = ()) -> Gathering:
    """The revisions in force since something is due on pages, and since the moments that commands name, at
    which they may tell what leads to more.
    """
    due = ((folio.program, batch.due_since(folio)) for folio in batch.folios.values())
    wanted: dict[str, datetime] = {}
    for code, moment in (*named, *due):
        if moment is not None and code in batch.programs:
            wanted[code] = min(moment, wanted.get(code, moment))
    current = {code: program.revision for code, program in batch.programs.items()}
    yield from _back_to(cache, batch.timelines, batch.revisions, batch.known_since, current, wanted)


def _back_to(
    cache: ProgramCache,
    timelines: Mapping[str, Timeline],
    found: dict[RevisionKey, Program],
    known_since: dict[str, datetime],
    current: Mapping[str, int],
    wanted: Mapping[str, datetime],
) -> Gathering:
    """All revisions in force since these moments up to the current ones."""
    keys = [
        (code, revision)
        for code, moment in wanted.items()
        for revision, _ in timelines[code].earlier(moment, current[code])
    ]
    yield from _revisions(cache, timelines, found, keys)
    for code, moment in wanted.items():
        known_since[code] = min(moment, known_since.get(code, moment))


def _programs_at(cache: ProgramCache, batch: Batch, wanted: Iterable[tuple[str, datetime]]) -> Gathering:
    known = [(code, moment) for code, moment in wanted if code in batch.timelines]
    keys = {(code, batch.timelines[code].at(moment)) for code, moment in known}
    yield from _revisions(cache, batch.timelines, batch.revisions, keys)


def _timelines(cache: ProgramCache, batch: Batch, newest: Sequence[Row]) -> Gathering:
    unknown: dict[str, int] = {}
    for code, revision in newest:
        timeline = cache.timeline(code, revision)
        if timeline is None:
            unknown[code] = revision
        else:
            batch.timelines[code] = timeline
    if not unknown:
        return
    (rows,) = yield [Fetch(READ_STARTS, [(code,) for code in unknown])]
    for code, revision in unknown.items():
        starts = [Start(*row[1:]) for row in rows if row[0] == code]
        batch.timelines[code] = cache.put_timeline(code, revision, starts)


def _revisions(
    cache: ProgramCache,
    timelines: Mapping[str, Timeline],
    found: dict[RevisionKey, Program],
    keys: Iterable[RevisionKey],
) -> Gathering:
    """Given what it fills and not the batch, which keeps this: a batch that held itself would be garbage."""
    unknown = []
    for key in keys:
        program = cache.get(*key)
        if program is None:
            unknown.append(key)
        else:
            found[key] = program
    if not unknown:
        return
    (documents,) = yield [Fetch(READ_DOCUMENTS, unknown)]
    for code, revision, document in documents:
        found[code, revision] = cache.put(code, revision, document, timelines[code])
