"""Enroll: a member's first entry. Pure: no clock, no database."""

from __future__ import annotations

from typing import ClassVar

from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import MemberExists
from tallybook.members.bearers import check_member_name


class Enrolled(Reply, frozen=True, kw_only=True):
    """The member exists now; `entry` is 1."""


class Enroll(Command[Enrolled], frozen=True, kw_only=True, tag="enroll"):
    """Make a member known to a program.

    Refused with `MemberExists` when the member is enrolled already.

    >>> Enroll(program="demo", member="alice", request_id="signup-1").kind()
    'enroll'
    """

    reply_type = Enrolled
    enrolls: ClassVar[bool] = True
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_member_name(self.member)

    def decide(self, desk: Desk) -> Enrolled:
        folio = desk.folio
        if folio.exists:
            raise MemberExists(member=self.member)
        folio.begin(desk.now)
        return Enrolled(entry=desk.entry, recorded_at=desk.now)
