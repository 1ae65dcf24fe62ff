"""Hold, capture, release: spending in two steps. Pure: no clock, no database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

import msgspec

from tallybook.engine.checks import check_id, check_whole
from tallybook.engine.command import Command
from tallybook.engine.desk import Desk
from tallybook.errors import CaptureExceedsHold, HoldExists, HoldResolved, HoldTooLong
from tallybook.journal.accounts import HELD, MERGED, VESTED, Posting
from tallybook.journal.entries import SealedEntry, own_entry
from tallybook.journal.folio import Folio
from tallybook.journal.holds import CAPTURED, OPEN, RELEASED, HeldLot, split
from tallybook.journal.holds import Hold as OpenHold
from tallybook.journal.moves import move_out
from tallybook.journal.settle import release_lots
from tallybook.members.bearers import check_member_or_card
from tallybook.members.cards import check_active
from tallybook.members.freeze import check_may_redeem
from tallybook.members.passbook import check_spending
from tallybook.members.spending import choose_lots, post_spending
from tallybook.points.posted import Posted


class Held(Posted, frozen=True, kw_only=True):
    """`amount` is set aside under `hold_id` until `deadline`."""

    hold_id: str
    deadline: datetime


class Hold(Command[Held], frozen=True, kw_only=True, tag="hold"):
    """Set `amount` of `unit` aside, to be captured or released within `seconds`.

    `hold_id` names it, by default the request id; `seconds` defaults to the program's. When the time is over
    the hold is dead at once, and its points are available again. Points whose expiry passes while they are
    held can still be captured.

    Money is held like points, and spent when it is captured. Refused with `HoldExists`, `HoldTooLong`,
    `NotEnoughPoints`, `NotRedeemable`, `UnknownUnit` or `MemberFrozen`; for money with `NotEnoughValue`,
    `LimitExceeded`, or `CardState` for a card that is not active.
    """

    unit: str
    amount: int
    hold_id: str = ""
    seconds: int | None = None
    reply_type = Held
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_member_or_card(self.member)
        check_id("unit", self.unit)
        check_whole("amount", self.amount)
        if self.hold_id:
            check_id("hold_id", self.hold_id)
        if self.seconds is not None:
            check_whole("seconds", self.seconds)

    def named_hold(self) -> str:
        return self.hold_id or self.request_id

    def decide(self, desk: Desk) -> Held:
        check_active(desk.folio)
        check_may_redeem(desk)
        hold_id = self.named_hold()
        if hold_id in desk.folio.holds:
            raise HoldExists(member=self.member, hold=hold_id)
        limits = desk.program.holds
        seconds = limits.default_seconds if self.seconds is None else self.seconds
        if seconds > limits.longest_seconds:
            raise HoldTooLong(asked_seconds=seconds, longest_seconds=limits.longest_seconds)
        unit = desk.unit(self.unit)
        if unit.is_money:
            check_spending(desk, unit.code, self.amount)
        parts = choose_lots(desk, unit, self.amount)
        move_out(desk.folio, parts, HELD)
        reply = Held(
            entry=desk.entry,
            recorded_at=desk.now,
            unit=self.unit,
            amount=self.amount,
            hold_id=hold_id,
            deadline=desk.now + timedelta(seconds=seconds),
            balance=desk.balance(self.unit),
        )
        lots = tuple(HeldLot(key.fund, key.expires_on, part) for key, part in parts)
        desk.folio.put_hold(_opened(reply, lots))
        desk.subject = hold_id
        return reply

    @classmethod
    def redo(cls, folio: Folio, sealed: SealedEntry, reply: Held) -> None:
        lots = tuple(HeldLot(posting.fund, posting.expires_on, posting.amount) for posting in sealed.postings)
        folio.put_hold(_opened(reply, lots))


def _opened(reply: Held, lots: tuple[HeldLot, ...]) -> OpenHold:
    return OpenHold(
        hold_id=reply.hold_id,
        unit=reply.unit,
        amount=reply.amount,
        deadline=reply.deadline,
        opened=reply.entry,
        lots=lots,
    )


class Resolved(Posted, frozen=True, kw_only=True):
    """The hold is over: `amount` of it was captured, `released` went back, `lapsed` was past its day.

    The three add up to what was held.
    """

    hold_id: str
    released: int = 0
    lapsed: int = 0


class Capture(Command[Resolved], frozen=True, kw_only=True, tag="capture"):
    """Spend what a hold set aside: all of it, or `amount` of it, and the rest is released.

    Refused with `UnknownHold`, `HoldResolved` (captured, released or timed out before) or
    `CaptureExceedsHold`. A frozen member's holds can be captured: the points were set aside before.
    """

    hold_id: str
    amount: int | None = None
    reply_type = Resolved
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        check_id("hold_id", self.hold_id)
        if self.amount is not None:
            check_whole("amount", self.amount)

    def named_hold(self) -> str:
        return self.hold_id

    def decide(self, desk: Desk) -> Resolved:
        hold = _open_hold(desk, self.hold_id)
        amount = hold.amount if self.amount is None else self.amount
        if amount > hold.amount:
            raise CaptureExceedsHold(hold=hold.hold_id, asked=amount, held=hold.amount)
        spent, rest = split(hold.lots, amount)
        unit = desk.unit(hold.unit)
        out = unit.spent_to
        postings = [
            Posting(unit.code, lot.fund, VESTED, lot.expires_on, HELD, out, lot.amount) for lot in spent
        ]
        post_spending(desk, unit, postings)
        return _resolve(desk, hold, CAPTURED, amount, rest)

    @classmethod
    def redo(cls, folio: Folio, sealed: SealedEntry, reply: Resolved) -> None:
        _close(folio, reply, CAPTURED)


class Release(Command[Resolved], frozen=True, kw_only=True, tag="release"):
    """Give back what a hold set aside, each lot with its own expiry; what is past its day lapses.

    Refused with `UnknownHold` or `HoldResolved`.
    """

    hold_id: str
    reply_type = Resolved

    def check(self) -> None:
        check_id("hold_id", self.hold_id)

    def named_hold(self) -> str:
        return self.hold_id

    def decide(self, desk: Desk) -> Resolved:
        hold = _open_hold(desk, self.hold_id)
        return _resolve(desk, hold, RELEASED, 0, list(hold.lots))

    @classmethod
    def redo(cls, folio: Folio, sealed: SealedEntry, reply: Resolved) -> None:
        _close(folio, reply, RELEASED)


def _open_hold(desk: Desk, hold_id: str) -> OpenHold:
    hold = desk.hold(hold_id)
    if hold.state != OPEN:
        raise HoldResolved(hold=hold_id, state=hold.state, entry=hold.resolved or 0)
    return hold


def _resolve(desk: Desk, hold: OpenHold, state: str, captured: int, rest: list[HeldLot]) -> Resolved:
    lapsed = release_lots(desk.folio, hold.unit, rest, desk.program, desk.today)
    desk.subject = hold.hold_id
    reply = Resolved(
        entry=desk.entry,
        recorded_at=desk.now,
        unit=hold.unit,
        amount=captured,
        hold_id=hold.hold_id,
        released=hold.amount - captured - lapsed,
        lapsed=lapsed,
        balance=desk.balance(hold.unit),
    )
    _close(desk.folio, reply, state)
    return reply


def _close(folio: Folio, reply: Resolved, state: str) -> None:
    folio.put_hold(folio.holds[reply.hold_id].resolve(state, reply.entry, reply.amount))


def move_hold(desk: Desk, gone: Folio, kept: Folio, hold: OpenHold, name: str) -> str:
    """Have an open hold go on under another name on the page that goes on for its member, in entries of
    its own: what was held there is held here until the same moment. Returns the name.
    """
    for lot in hold.lots:
        gone.post(Posting(hold.unit, lot.fund, VESTED, lot.expires_on, HELD, MERGED, lot.amount))
        kept.post(Posting(hold.unit, lot.fund, VESTED, lot.expires_on, MERGED, HELD, lot.amount))
    let_go = Resolved(
        entry=gone.next_version,
        recorded_at=desk.now,
        unit=hold.unit,
        amount=0,
        hold_id=hold.hold_id,
        released=hold.amount,
        balance=gone.balance(hold.unit),
    )
    _close(gone, let_go, RELEASED)
    _seal_moved(desk, gone, Release, let_go)
    held = Held(
        entry=kept.next_version,
        recorded_at=desk.now,
        unit=hold.unit,
        amount=hold.amount,
        hold_id=name,
        deadline=hold.deadline,
        balance=kept.balance(hold.unit),
    )
    kept.put_hold(_opened(held, hold.lots))
    kept.note_activity(desk.now)  # as for any hold: whoever has one was there a moment ago
    _seal_moved(desk, kept, Hold, held)
    return name


def _seal_moved(desk: Desk, page: Folio, kind: type[Hold | Release], reply: Held | Resolved) -> None:
    told = msgspec.json.encode(reply).decode()
    revision = desk.program.revision
    page.seal(own_entry(page, kind.kind(), revision, desk.now, desk.now, subject=reply.hold_id, reply=told))
