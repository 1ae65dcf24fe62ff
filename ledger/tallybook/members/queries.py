"""What is known of a member, and what is filed of all of them. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, tuple_

from tallybook.engine.query import FolioQuery
from tallybook.journal import tables
from tallybook.journal.folio import Folio
from tallybook.journal.merged import merged_into
from tallybook.members.bearers import PREFIXES
from tallybook.members.erased import erased_on
from tallybook.members.freeze import frozen_scope
from tallybook.members.known import stage
from tallybook.members.merges import MERGED_FROM
from tallybook.members.profile import Birthday, profile_of
from tallybook.programs.program import Program


class MemberView(msgspec.Struct, frozen=True, kw_only=True):
    """A member: since when, how many entries, when last active, whether frozen and why, and the profile.

    `birthday` is None where it is not known, `tags` are sorted, and `stage` tells how near the member is to
    the shop. `erased_on` is the local day since which nobody knows who this is; `merged_into` whose page goes
    on.
    """

    program: str
    member: str
    version: int
    enrolled_at: datetime
    active_at: datetime | None
    frozen: str
    frozen_reason: str
    birthday: Birthday | None = None
    tags: tuple[str, ...] = ()
    erased_on: date | None = None
    stage: str = ""
    merged_into: str = ""


class GetMember(FolioQuery[MemberView], frozen=True, kw_only=True):
    """A member as known now. Raises `UnknownMember`."""

    def answer(self, folio: Folio, program: Program, now: datetime) -> MemberView:
        standing = folio.standing
        assert standing.enrolled_at is not None, "a folio that exists was enrolled"
        profile, (frozen, reason) = profile_of(folio), frozen_scope(folio)
        return MemberView(
            program=folio.program,
            member=folio.member,
            version=standing.version,
            enrolled_at=standing.enrolled_at,
            active_at=standing.active_at,
            frozen=frozen,
            frozen_reason=reason,
            birthday=profile.birthday,
            tags=profile.tags,
            erased_on=erased_on(folio),
            stage=str(stage(folio, program, now)),
            merged_into=merged_into(folio),
        )


def notes_of_kind(
    connection: Connection, program: str, kind: str, after: tuple[str, str], limit: int
) -> Sequence[tuple[str, str, str]]:
    """Up to `limit` filed notes of a kind behind a member and key: member, key and body, in their order."""
    note = tables.note.c
    query = (
        select(note.member, note.key, note.body)
        .where(note.program == program, note.kind == kind, tuple_(note.member, note.key) > after)
        .order_by(note.member, note.key)
        .limit(limit)
    )
    return [(member, key, body) for member, key, body in connection.execute(query)]


def is_member(program: str) -> ColumnElement[bool]:
    """Which of a program's folios are members': no bearer's, and of nobody who was merged."""
    folio = tables.folio.c
    own = (func.substr(folio.member, 1, len(prefix)) != prefix for prefix in PREFIXES)
    return and_(folio.program == program, *own, folio.member.not_in(merged_members(program)))


def merged_members(program: str) -> Select[str]:
    """The members whose page does not go on."""
    note = tables.note.c
    return select(note.key).where(note.program == program, note.kind == MERGED_FROM)


def member_names(connection: Connection, program: str, after: str, limit: int) -> Sequence[str]:
    """Up to `limit` names of members and bearers, those behind one, in their order."""
    folio = tables.folio.c
    query = select(folio.member).where(folio.program == program, folio.member > after)
    return connection.execute(query.order_by(folio.member).limit(limit)).scalars().all()
