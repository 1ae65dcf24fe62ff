"""Freeze and unfreeze: stop a member from earning, from spending, or both. Pure: no clock, no database.

Freezing stops what begins afterwards. A hold made before can still be captured or released, entries can be
reversed and adjusted, and time goes on: frozen points vest and lapse like any others.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec
from msgspec.structs import replace

from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput, MemberFrozen, shown
from tallybook.journal.entries import SealedEntry
from tallybook.journal.folio import Folio
from tallybook.members.velocity import joined, put_velocity, velocity_note


class Scope(StrEnum):
    """What a frozen member cannot do."""

    EARN = "earn"
    REDEEM = "redeem"
    ALL = "all"


class Frozen(Reply, frozen=True, kw_only=True):
    """The member's state after the command: `scope` is empty for a member that is not frozen."""

    scope: str


class Freeze(Command[Frozen], frozen=True, kw_only=True, tag="freeze"):
    """Stop a member from earning, from spending or from both; replaces an earlier freeze. Needs a reason."""

    scope: Scope = Scope.ALL
    reply_type = Frozen

    def check(self) -> None:
        if self.scope not in list(Scope):
            raise InvalidInput("scope", f"must be one of {', '.join(Scope)}, not {shown(self.scope)}")
        if not self.reason:
            raise InvalidInput("reason", "must say why the member is frozen")

    @classmethod
    def redo(cls, folio: Folio, sealed: SealedEntry, reply: Frozen) -> None:
        _set(folio, reply.scope, sealed.entry.reason)

    def decide(self, desk: Desk) -> Frozen:
        _lift_velocity(desk.folio)
        _set(desk.folio, str(self.scope), self.reason)
        return Frozen(entry=desk.entry, recorded_at=desk.now, scope=str(self.scope))


class Unfreeze(Command[Frozen], frozen=True, kw_only=True, tag="unfreeze"):
    """Let a member earn and spend again. Needs a reason."""

    reply_type = Frozen

    def check(self) -> None:
        if not self.reason:
            raise InvalidInput("reason", "must say why the member is no longer frozen")

    @classmethod
    def redo(cls, folio: Folio, sealed: SealedEntry, reply: Frozen) -> None:
        _set(folio, "", "")

    def decide(self, desk: Desk) -> Frozen:
        _lift_velocity(desk.folio)
        _set(desk.folio, "", "")
        return Frozen(entry=desk.entry, recorded_at=desk.now, scope="")


def _set(folio: Folio, scope: str, reason: str) -> None:
    folio.standing = replace(folio.standing, frozen=scope, frozen_reason=reason)


def _lift_velocity(folio: Folio) -> None:
    """Whoever freezes or unfreezes by hand has the last word."""
    put_velocity(folio, msgspec.structs.replace(velocity_note(folio), frozen="", frozen_by=""))


def frozen_scope(folio: Folio) -> tuple[str, str]:
    """What a member cannot do, and why: by hand, by a velocity limit, or both. Empty for a free one."""
    standing, note = folio.standing, velocity_note(folio)
    if not note.frozen:
        return standing.frozen, standing.frozen_reason
    reason = f"velocity limit {note.frozen_by}"
    return joined(standing.frozen, note.frozen), standing.frozen_reason or reason


def may_earn(folio: Folio) -> bool:
    """Whether a member may be given anything."""
    return frozen_scope(folio)[0] not in (Scope.EARN, Scope.ALL)


def check_may_earn(desk: Desk) -> None:
    """Raise `MemberFrozen` when the member must not be given anything."""
    check_not_frozen(desk.folio, Scope.EARN)


def check_may_redeem(desk: Desk) -> None:
    """Raise `MemberFrozen` when the member must not spend anything."""
    check_not_frozen(desk.folio, Scope.REDEEM)


def check_not_frozen(folio: Folio, scope: Scope) -> None:
    """Raise `MemberFrozen` when a member must not earn, or must not spend."""
    frozen, reason = frozen_scope(folio)
    if frozen in (scope, Scope.ALL):
        raise MemberFrozen(member=folio.member, scope=frozen, reason=reason)
