"""Gathers what a merge takes along, and what stands in its way. Decides nothing."""

from __future__ import annotations

from collections.abc import Sequence, Set

from tallybook.db.statements import Fetch
from tallybook.earning.gatherer import want_budgets
from tallybook.earning.notes import EVENT, WAITING
from tallybook.earning.recorded import KIND, told_by
from tallybook.engine.batch import Batch, MemberKey
from tallybook.engine.gather import Gathering, entries_named, place_entries, place_holds, place_notes
from tallybook.flows.joined_checkouts import noted_in
from tallybook.flows.merge_members import REFUSED, MergeMembers
from tallybook.flows.split_limits import COUNTED
from tallybook.flows.split_members import SplitMembers
from tallybook.growth.growth import GIVEN
from tallybook.growth.team_notes import folio_name
from tallybook.growth.team_places import teams_of
from tallybook.journal import tables
from tallybook.journal.entries import Entry
from tallybook.journal.notes import Note
from tallybook.members.bearers import TEAMS
from tallybook.members.tables import READ_FILED_NOTES, READ_PRIVATE_NOTES


def merges(batch: Batch) -> Gathering:
    """All that is filed about members that are merged, their events, and requests of the same names."""
    merging = [command for command in batch.commands if isinstance(command, MergeMembers)]
    splitting = [command for command in batch.commands if isinstance(command, SplitMembers)]
    if not merging and not splitting:
        return
    yield []  # folios are there now
    kept = {(c.program, c.member) for c in merging}
    kept_apart = {(c.program, c.member) for c in splitting}
    parted = {(c.program, c.other) for c in splitting}
    gone = {(c.program, c.other) for c in merging}
    counted = sorted((*member, kind) for member in kept_apart | parted for kind in COUNTED)
    filed, entries, private, given, counts, expiries = yield [
        Fetch(READ_FILED_NOTES, sorted(kept | gone)),
        Fetch(tables.READ_ALL_OF_KIND, sorted((*member, KIND) for member in kept | gone)),
        Fetch(READ_PRIVATE_NOTES, sorted(kept_apart)),
        Fetch(tables.READ_NOTES_OF_KIND, sorted((*member, GIVEN) for member in parted)),
        Fetch(tables.READ_NOTES_OF_KIND, counted),
        Fetch(tables.READ_EXPIRIES, sorted(kept | gone)),
    ]
    place_notes(batch.folios, [*filed, *private, *given, *counts])
    for page in parted:
        batch.folios[page].asked_kinds.add(GIVEN)
    for page in kept_apart | parted:
        batch.folios[page].asked_kinds.update(COUNTED)
    place_entries(batch, sorted(kept | gone), entries, expiries)
    for program, member in kept:  # the teams that the other is in, by then, become the member's
        teams = {
            folio_name(team)
            for each in gone
            if each[0] == program
            for team in teams_of(batch.folios[each]).values()
        }
        here = {name for code, name in batch.folios if code == program and name.startswith(TEAMS)}
        batch.concerned.setdefault((program, member), set()).update(teams, here)
    for page in kept | gone:
        batch.folios[page].asked_kinds |= {EVENT, WAITING, GIVEN}
    yield from _requests(batch, merging)
    yield from _checkouts(batch, kept | gone)
    paid = {
        (*member, version)
        for member in gone
        for entry in batch.folios[member].recorded_of(KIND)
        for version in told_by(entry).spent
    }
    yield from entries_named(batch, sorted(paid))
    while not batch.programs_known:
        yield []
    # What is told in this batch after a merge is told on both stories.
    events = [entry for member in kept | gone for entry in batch.folios[member].recorded_of(KIND)]
    yield from batch.look_back({(entry.program, told_by(entry).revision) for entry in events})
    for entry in events:
        want_budgets(batch, entry.program, told_by(entry), entry.occurred_at)


def _checkouts(batch: Batch, members: Set[MemberKey]) -> Gathering:
    """The holds of orders, and the revisions by which these were quoted: what is done to one in this batch
    after a merge is done by them.
    """
    notes = {(*member, order): note for member in members for order, note in noted_in(batch.folios[member])}
    (rows,) = yield [
        Fetch(
            tables.READ_HOLDS,
            sorted((*key[:2], hold) for key, note in notes.items() for hold in note.holds.values()),
        )
    ]
    place_holds(batch.folios, rows)
    while not batch.programs_known:
        yield []
    yield from batch.look_back({(key[0], note.quote.revision) for key, note in notes.items()})


def _requests(batch: Batch, merging: Sequence[MergeMembers]) -> Gathering:
    """What became of requests on the page that goes on that are of the same names as the other's events."""
    asked = sorted(
        (c.program, c.member, entry.request_id or "")
        for c in merging
        for entry in batch.folios[c.program, c.other].recorded_of(KIND)
    )
    if asked:
        there, refused = yield [Fetch(tables.READ_REQUESTED, asked), Fetch(tables.READ_REFUSALS, asked)]
        for row in there:
            entry = Entry._make(row)
            batch.folios[entry.program, entry.member].recall(entry)
        for program, member, request_id, *_ in refused:
            batch.folios[program, member].notes[REFUSED, request_id] = Note("true")
