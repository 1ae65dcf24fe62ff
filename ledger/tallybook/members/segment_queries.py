"""Who is in which segment, and how many are on each stage. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec

from tallybook.engine.checks import check_id
from tallybook.engine.decide import settle_folio
from tallybook.engine.query import FolioQuery
from tallybook.engine.reading import HistoryQuery, PagedQuery, Reading
from tallybook.journal.folio import Folio
from tallybook.journal.merged import merged_into
from tallybook.members.bearers import PREFIXES
from tallybook.members.known import segments_of, stage
from tallybook.members.queries import member_names
from tallybook.programs.lifecycle import Stage
from tallybook.programs.program import Program
from tallybook.refusals.members import UnknownSegment

CHUNK: Final = 500
SCANNED_MAX: Final = 20_000
"""How many members one page looks at, however few of them are in the segment."""


class SegmentsOf(FolioQuery[tuple[str, ...]], frozen=True, kw_only=True):
    """The segments that a member is in now, in the order of the document. Raises `UnknownMember`."""

    def answer(self, folio: Folio, program: Program, now: datetime) -> tuple[str, ...]:
        return tuple(segments_of(folio, program, now))


class SegmentPage(msgspec.Struct, frozen=True, kw_only=True):
    """Members of a segment in the order of their names. A page may have few or none, and more may follow: an
    empty token is the only sign of the end.
    """

    members: tuple[str, ...]
    next_page_token: str


class ListSegment(PagedQuery[SegmentPage], frozen=True, kw_only=True):
    """The members that are in a segment now. Raises `UnknownProgram`, `UnknownSegment` or `PageTokenInvalid`.

    Every page looks at members anew: what changes meanwhile shows on pages to come.
    """

    segment: str

    def check(self) -> None:
        check_id("segment", self.segment)

    def read(self, reading: Reading) -> SegmentPage:
        program = reading.program(self.program)
        if self.segment not in program.segments:
            raise UnknownSegment(program=self.program, segment=self.segment)
        page, found = self.page("segment", self.segment), list[str]()
        after = page.behind
        for scanned, folio in enumerate(_folios(reading, program, after), start=1):
            if len(found) == page.size or scanned > SCANNED_MAX:
                return SegmentPage(members=tuple(found), next_page_token=page.token(after))
            after = folio.member
            if segments_of(folio, program, reading.now, self.segment):
                found.append(after)
        return SegmentPage(members=tuple(found), next_page_token="")


class SegmentCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many `members` there are, on each stage and in each segment."""

    members: int
    stages: Mapping[str, int]
    segments: Mapping[str, int]


class CountSegments(HistoryQuery[SegmentCounts], frozen=True, kw_only=True):
    """How many members are on each stage and in each segment now. Looks at every member.

    Raises `UnknownProgram`.
    """

    def read(self, reading: Reading) -> SegmentCounts:
        program = reading.program(self.program)
        stages, segments = dict.fromkeys(map(str, Stage), 0), dict.fromkeys(program.segments, 0)
        members = 0
        for members, folio in enumerate(_folios(reading, program, ""), start=1):  # noqa: B007
            stages[stage(folio, program, reading.now)] += 1
            for code in segments_of(folio, program, reading.now):
                segments[code] += 1
        return SegmentCounts(members=members, stages=stages, segments=segments)


def _folios(reading: Reading, program: Program, after: str) -> Iterator[Folio]:
    """The members behind a name, settled in memory, in the order of names. Bearers are no members, and who
    was merged is one no more.
    """
    while names := member_names(reading.session.connection, program.code, after, CHUNK):
        after = names[-1]
        yield from _chunk(reading, program, [each for each in names if not each.startswith(PREFIXES)])


def _chunk(reading: Reading, program: Program, names: Sequence[str]) -> Iterator[Folio]:
    batch = reading.folios([(program.code, name) for name in names])
    for name in names:
        folio = batch.folios[program.code, name]
        if merged_into(folio):
            continue
        now = max(reading.now, folio.standing.recorded_at or reading.now)
        settle_folio(folio, program, now, reading.kinds.effects, batch.earlier(folio))
        yield folio
