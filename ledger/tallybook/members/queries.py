"""What is known of a member. Pure: no clock, no database."""

from __future__ import annotations

from datetime import datetime

import msgspec

from tallybook.engine.query import FolioQuery
from tallybook.journal.folio import Folio
from tallybook.programs.program import Program


class MemberView(msgspec.Struct, frozen=True, kw_only=True):
    """A member: since when, how many entries, when last active, and whether frozen and why."""

    program: str
    member: str
    version: int
    enrolled_at: datetime
    active_at: datetime | None
    frozen: str
    frozen_reason: str


class GetMember(FolioQuery[MemberView], frozen=True, kw_only=True):
    """A member as known now. Raises `UnknownMember`."""

    def answer(self, folio: Folio, program: Program, now: datetime) -> MemberView:
        standing = folio.standing
        assert standing.enrolled_at is not None, "a folio that exists was enrolled"
        return MemberView(
            program=folio.program,
            member=folio.member,
            version=standing.version,
            enrolled_at=standing.enrolled_at,
            active_at=standing.active_at,
            frozen=standing.frozen,
            frozen_reason=standing.frozen_reason,
        )
