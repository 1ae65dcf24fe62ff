"""Who is known by what. Writes nothing."""

from __future__ import annotations

from datetime import date

import msgspec

from tallybook.db.statements import Fetch
from tallybook.engine.checks import check_id
from tallybook.engine.reading import HistoryQuery, Reading
from tallybook.errors import UnknownMember
from tallybook.journal.notes import Note, decoded
from tallybook.journal.tables import READ_HOLDERS
from tallybook.members.identities import IDENTITY, Identity, IdentityNote, check_identity, handle_of
from tallybook.members.tables import READ_PRIVATE_NOTES
from tallybook.refusals.members import UnknownIdentity


class ResolveMember(HistoryQuery[str], frozen=True, kw_only=True):
    """The member who is known by an identity, which is never told apart from one that nobody has.

    Raises `UnknownIdentity` for nobody, `UnknownIdentityKind` or `UnknownProgram`.
    """

    identity: Identity

    def check(self) -> None:
        check_identity(self.identity)

    def read(self, reading: Reading) -> str:
        handle = handle_of(reading.program(self.program), self.identity)
        (rows,) = reading.session.fetch([Fetch(READ_HOLDERS, [(self.program, *handle)])])
        if not rows:
            raise UnknownIdentity(program=self.program, kind=self.identity.kind)
        return str(rows[0][3])


class IdentityView(msgspec.Struct, frozen=True, kw_only=True):
    """An identity of a member: its kind, since which local day, and the value where it can be read back: see
    `reveal`.
    """

    kind: str
    linked_on: date
    sealed: str


class ListIdentities(HistoryQuery[list[IdentityView]], frozen=True, kw_only=True):
    """The identities of a member, by kind and day. Raises `UnknownProgram` or `UnknownMember`."""

    member: str

    def check(self) -> None:
        check_id("member", self.member)

    def read(self, reading: Reading) -> list[IdentityView]:
        reading.program(self.program)
        key = self.program, self.member
        if not reading.folios([key]).folios[key].exists:
            raise UnknownMember(program=self.program, member=self.member)
        (rows,) = reading.session.fetch([Fetch(READ_PRIVATE_NOTES, [key])])
        found = []
        for _, _, kind, _, body, due_at in rows:
            note = decoded(IdentityNote, Note(body, due_at)) if kind.startswith(IDENTITY) else None
            if note is not None:
                own = kind.removeprefix(IDENTITY)
                found.append(IdentityView(kind=own, linked_on=note.linked_on, sealed=note.sealed))
        return sorted(found, key=lambda each: (each.kind, each.linked_on, each.sealed))
