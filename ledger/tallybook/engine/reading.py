"""What queries read with: folios of one moment, settled in memory, and recorded history. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tallybook.db.database import Session
from tallybook.db.statements import Fetch
from tallybook.engine.batch import Batch, MemberKey
from tallybook.engine.command import Kinds
from tallybook.engine.decide import settle_folio
from tallybook.engine.gather import Gathering, build_folios, gather, place_holds, place_notes, what_waits
from tallybook.engine.in_force import in_force
from tallybook.engine.paging import Paging, page_size, paging
from tallybook.engine.query import A, Query
from tallybook.errors import UnknownEntry, UnknownMember, UnknownProgram
from tallybook.journal import tables
from tallybook.journal.entries import SealedEntry
from tallybook.journal.folio import Folio
from tallybook.journal.queries import entries_before, entry_at
from tallybook.journal.settle import Effects
from tallybook.programs import Program, ProgramCache, Timeline

HoldKey = tuple[str, str, str]
"""Program, member and hold."""
FiledKey = tuple[str, str, str, str]
"""Program, member, and kind and key of a filed note."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a query reads with: a session on one snapshot, the programs, the kinds and the time."""

    session: Session
    programs: ProgramCache
    kinds: Kinds
    now: datetime

    def program(self, code: str, revision: int | None = None) -> Program:
        """A program as in force, or one of its revisions; raises `UnknownProgram`."""
        if revision is None:
            revision = self.timeline(code).in_force(self.now)
        return self.programs.load(self.session.connection, code, revision)

    def timeline(self, code: str) -> Timeline:
        """From when on each revision of a program is in force; raises `UnknownProgram`."""
        return self.programs.load_timeline(self.session.connection, code)

    def folios(
        self,
        members: Sequence[MemberKey],
        holds: Sequence[HoldKey] = (),
        notes: Sequence[FiledKey] = (),
    ) -> Batch:
        """Members' folios, with the named holds and notes, in a batch without commands."""
        batch = Batch((), self.now)
        codes = sorted({program for program, _ in members})
        gatherers = (lambda _: _folios(batch, members, holds, notes), in_force(self.programs, codes))
        gather(self.session, batch, gatherers)
        return batch

    def settled_folio(self, program: str, member: str) -> Folio:
        """A member's folio, brought up to now in memory; raises `UnknownProgram` or `UnknownMember`."""
        return settled(self.folios([(program, member)]), program, member, self.kinds.effects)

    def entry(self, program: str, member: str, version: int) -> SealedEntry:
        """An entry of a member, recorded or due; raises `UnknownMember` or `UnknownEntry`."""
        found = entry_at(self.session.connection, program, member, version)
        if found is not None:
            return found
        for sealed in unrecorded(self.settled_folio(program, member)):
            if sealed.entry.version == version:
                return sealed
        raise UnknownEntry(member=member, entry=version)

    def entries(
        self, program: str, member: str, page: Paging, *, unit: str = "", kind: str = ""
    ) -> tuple[Sequence[SealedEntry], str]:
        """A page of a member's entries, the newest first, recorded or due, and the token of the next page.

        With a unit or a kind, only those that moved the one, or are of the other. Raises `UnknownMember`.
        """
        before = int(page.behind) if page.behind else None
        folio = self.settled_folio(program, member)
        due = [
            sealed
            for sealed in reversed(unrecorded(folio))
            if (before is None or sealed.entry.version < before)
            and (not unit or any(posting.unit == unit for posting in sealed.postings))
            and (not kind or sealed.entry.kind == kind)
        ]
        recorded = entries_before(self.session.connection, program, member, before, unit, page.limit, kind)
        return page.turned(due + recorded, lambda sealed: str(sealed.entry.version))


def unrecorded(folio: Folio) -> list[SealedEntry]:
    """What time has done to a folio that was settled in memory, as it will be recorded, without a hash."""
    return [SealedEntry(entry._replace(hash=b""), postings) for entry, postings in folio.sealed]


class HistoryQuery(Query[A], frozen=True, kw_only=True):
    """A question that is answered by reading what was recorded."""

    def read(self, reading: Reading) -> A:
        """The answer; raises what the query documents."""
        raise NotImplementedError


class PagedQuery(HistoryQuery[A], frozen=True, kw_only=True):
    """A question that is answered page by page.

    `page_size` 0 asks for 50; more than 1,000 gets 1,000. Raises `PageTokenInvalid` beside what it documents.
    """

    page_size: int = 0
    page_token: str = ""

    def __post_init__(self) -> None:
        page_size(self.page_size)
        super().__post_init__()

    def page(self, what: str, *scope: str) -> Paging:
        """The page that is asked for. Tokens are good for `what`, in this program and scope."""
        return paging((what, self.program, *scope), self.page_size, self.page_token)


def settled(batch: Batch, code: str, member: str, effects: Effects) -> Folio:
    """A folio of the batch, brought up to its moment; raises `UnknownProgram` or `UnknownMember`."""
    program = batch.programs.get(code)
    if program is None:
        raise UnknownProgram(program=code)
    folio = batch.folios[code, member]
    if not folio.exists:
        raise UnknownMember(program=code, member=member)
    now = max(batch.now, folio.standing.recorded_at or batch.now)
    settle_folio(folio, program, now, effects, batch.earlier(folio))
    return folio


def _folios(
    batch: Batch, members: Sequence[MemberKey], holds: Sequence[HoldKey], notes: Sequence[FiledKey]
) -> Gathering:
    folio_rows, lot_rows, hold_rows, note_rows = yield [
        Fetch(tables.READ_FOLIOS, members),
        Fetch(tables.READ_LOTS, members),
        Fetch(tables.READ_HOLDS, holds),
        Fetch(tables.READ_NOTES, notes),
    ]
    batch.folios |= build_folios(members, folio_rows, lot_rows)
    place_holds(batch.folios, hold_rows)
    for program, member, *key in notes:
        batch.folios[program, member].notes[key[0], key[1]] = None
    place_notes(batch.folios, note_rows)
    yield from what_waits(batch, members)
