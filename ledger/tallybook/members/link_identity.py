"""LinkIdentity and UnlinkIdentity: what a member is recognised by. Pure: no clock, no database."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import msgspec

from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.notes import Note, NoteKey
from tallybook.members.erased import check_known
from tallybook.members.identities import (
    Identity,
    IdentityNote,
    check_identity,
    handle_of,
    identities_of,
    rules_of,
)
from tallybook.programs.identities import Kept
from tallybook.programs.program import Program
from tallybook.refusals.members import IdentityNotLinked, IdentityTaken, TooManyIdentities

_encode = msgspec.json.Encoder().encode


class IdentitiesChanged(Reply, frozen=True, kw_only=True):
    """The member now has `linked` identities of `kind`. Which they are, no reply tells."""

    kind: str
    linked: int


class _OnIdentity(Command[IdentitiesChanged], frozen=True, kw_only=True):
    """What is done to one identity. Its hashes stand in nothing that is recorded but the fingerprint, which
    nobody can guess from who has no key; how it was encrypted does not count there.
    """

    identity: Identity
    reply_type = IdentitiesChanged

    def check(self) -> None:
        check_identity(self.identity)

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        handle = known_handle(program, self.identity)
        return () if handle is None else (handle,)

    def fingerprint(self) -> bytes:
        plain = msgspec.structs.replace(self, identity=msgspec.structs.replace(self.identity, sealed={}))
        return hashlib.blake2b(msgspec.json.encode(plain, order="deterministic"), digest_size=16).digest()

    def _changed(self, desk: Desk) -> IdentitiesChanged:
        kind = self.identity.kind
        linked = len(identities_of(desk.folio, kind))
        return IdentitiesChanged(entry=desk.entry, recorded_at=desk.now, kind=kind, linked=linked)


class LinkIdentity(_OnIdentity, frozen=True, kw_only=True, tag="link_identity"):
    """Have a member recognised by an identity from now on. One that the member has already stays as it is.

    Refused with `IdentityTaken` where somebody else has it, `TooManyIdentities`, `UnknownIdentityKind` or
    `MemberErased`.
    """

    def decide(self, desk: Desk) -> IdentitiesChanged:
        folio, kind = desk.folio, self.identity.kind
        check_known(desk)
        rules, handle = rules_of(desk.program, self.identity), handle_of(desk.program, self.identity)
        holder = desk.holder(*handle)
        if holder is not None and holder is not folio:
            raise IdentityTaken(kind=kind)
        if holder is None:
            if len(identities_of(folio, kind)) >= rules.most:
                raise TooManyIdentities(member=self.member, kind=kind, most=rules.most)
            sealed = ""
            if rules.kept is Kept.ENCRYPTED:
                if not self.identity.sealed:
                    raise InvalidInput("identity", "is to be encrypted, which takes the package cryptography")
                sealed = self.identity.sealed[rules.normal]
            note = IdentityNote(linked_on=desk.today, sealed=sealed)
            folio.put_note(handle[0], Note(_encode(note).decode()), handle[1])
        return self._changed(desk)


class UnlinkIdentity(_OnIdentity, frozen=True, kw_only=True, tag="unlink_identity"):
    """Have a member recognised by an identity no more; then somebody else can have it.

    Refused with `IdentityNotLinked` for one that the member does not have, or `UnknownIdentityKind`.
    """

    def decide(self, desk: Desk) -> IdentitiesChanged:
        handle = handle_of(desk.program, self.identity)
        if desk.holder(*handle) is not desk.folio:
            raise IdentityNotLinked(member=self.member, kind=self.identity.kind)
        desk.folio.put_note(handle[0], None, handle[1])
        return self._changed(desk)


def known_handle(program: Program, identity: Identity) -> NoteKey | None:
    """The handle of an identity; None where the program knows no such kind, or the value has no such form."""
    rules = program.identities.get(identity.kind)
    return None if rules is None or rules.normal not in identity.hashes else handle_of(program, identity)
