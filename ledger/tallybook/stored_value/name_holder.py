"""NameHolder: a member is known by name, or is not any more. Pure: no clock, no database."""

from __future__ import annotations

import msgspec

from tallybook.engine.checks import check_flag
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.members.passbook import passbook_of, put_passbook


class HolderNamed(Reply, frozen=True, kw_only=True):
    """Whether the member is known by name."""

    is_named: bool


class NameHolder(Command[HolderNamed], frozen=True, kw_only=True, tag="name_holder"):
    """Say that a member is known by name, which law may let have more. Needs a reason: how it was checked."""

    is_named: bool = True
    reply_type = HolderNamed

    def check(self) -> None:
        check_flag("is_named", self.is_named)
        if not self.reason:
            raise InvalidInput("reason", "must say how it was checked")

    def decide(self, desk: Desk) -> HolderNamed:
        book = passbook_of(desk.folio)
        put_passbook(desk.folio, msgspec.structs.replace(book, is_named=self.is_named))
        return HolderNamed(entry=desk.entry, recorded_at=desk.now, is_named=self.is_named)
