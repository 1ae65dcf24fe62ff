"""Erase: forget who a member is. The ledger stays whole. Pure: no clock, no database."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded
from tallybook.members.identities import private_notes
from tallybook.members.profile import BLANK, put_profile
from tallybook.refusals.members import MemberErased

ERASED: Final = "erased"

_encode = msgspec.json.Encoder().encode


class ErasedNote(msgspec.Struct, frozen=True):
    """Resident: since which local day nobody knows who this is."""

    on: date


class Erased(Reply, frozen=True, kw_only=True):
    """`forgotten` is how many private notes, such as identities, were taken away."""

    forgotten: int


class EraseMember(Command[Erased], frozen=True, kw_only=True, tag="erase_member"):
    """Forget who a member is: identities and all other private notes, birthday and tags.

    Numbers stay: balances, entries, and what entries say, so the book verifies as before. A member that is
    erased can still have orders refunded, points spent and corrected, and is never known by anything but the
    member's id again. A second time changes nothing.
    """

    reply_type = Erased

    def decide(self, desk: Desk) -> Erased:
        folio = desk.folio
        private = private_notes(folio)
        for kind, key in private:
            folio.put_note(kind, None, key)
        put_profile(folio, BLANK)
        if erased_on(folio) is None:
            folio.put_note(ERASED, Note(_encode(ErasedNote(desk.today)).decode()))
        return Erased(entry=desk.entry, recorded_at=desk.now, forgotten=len(private))


def erased_on(folio: Folio) -> date | None:
    """The local day since which nobody knows who this is; None for somebody who is known."""
    note = decoded(ErasedNote, folio.note(ERASED))
    return None if note is None else note.on


def check_known(desk: Desk) -> None:
    """Raise `MemberErased` where nothing that tells who the member is may be noted."""
    if erased_on(desk.folio) is not None:
        raise MemberErased(member=desk.folio.member)
