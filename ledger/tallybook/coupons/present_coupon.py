"""PresentCoupon: somebody shows a unique code, and learns what it is good for. Pure: no clock, no database.

It is a command for the reason that `PresentCard` is one: what is tried in vain has to be counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from tallybook.codes import CodeNotAccepted
from tallybook.coupons.notes import CODE
from tallybook.coupons.sheets import sheet_of
from tallybook.engine.checks import check_id
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey
from tallybook.members.bearers import check_caller_name, check_hash
from tallybook.members.tries import admit, failed_tries, note_failure


class CouponPresented(Reply, frozen=True, kw_only=True):
    """Whether the code is accepted, and if so, whose `coupon` it is; both are empty for one not claimed yet.

    `tries_left` is how often the caller can still try in vain.
    """

    accepted: bool
    tries_left: int
    member: str = ""
    coupon: str = ""

    def or_refused(self) -> CouponPresented:
        """The same where the code was accepted; raises `CodeNotAccepted` where it was not."""
        if not self.accepted:
            raise CodeNotAccepted(tries_left=self.tries_left)
        return self


class PresentCoupon(Command[CouponPresented], frozen=True, kw_only=True, tag="present_coupon"):
    """Show the keyed hash of a code. `member` is the caller: `caller:` and a hash of who it is.

    With a `claimant`, the code has to be free, or that member's; without, it has to be somebody's. Every
    other is answered as one that does not exist. Refused with `TooManyTries`.
    """

    code_hash: str
    claimant: str = ""
    reply_type = CouponPresented
    enrolls: ClassVar[bool] = True

    def check(self) -> None:
        check_caller_name("member", self.member)
        check_hash("code_hash", self.code_hash)
        if self.claimant != "":
            check_id("claimant", self.claimant)

    def counterpart_handle(self) -> NoteKey:
        return CODE, self.code_hash

    def named_notes(self) -> Sequence[NoteKey]:
        """A note is looked up for every code, held by somebody or not: so time tells nothing."""
        return [(CODE, self.code_hash)]

    def decide(self, desk: Desk) -> CouponPresented:
        caller, rules = desk.folio, desk.program.codes
        admit(caller, rules, desk.now)
        holder = desk.holder(CODE, self.code_hash)
        if holder is None or not self._fits(holder):
            left = note_failure(caller, rules, desk.now)
            return CouponPresented(entry=desk.entry, recorded_at=desk.now, accepted=False, tries_left=left)
        left = rules.tries - failed_tries(caller, desk.now)
        presented = CouponPresented(entry=desk.entry, recorded_at=desk.now, accepted=True, tries_left=left)
        if sheet_of(holder) is not None:
            return presented
        note = holder.note(CODE, self.code_hash)
        assert note is not None, "who holds a handle has its note"
        coupon = msgspec.json.decode(note.body, type=str)
        return msgspec.structs.replace(presented, member=holder.member, coupon=coupon)

    def _fits(self, holder: Folio) -> bool:
        is_free = sheet_of(holder) is not None
        return is_free or holder.member == self.claimant if self.claimant else not is_free
