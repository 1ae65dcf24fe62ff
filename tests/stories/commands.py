"""The commands of stories, with what may be left out in brackets. Pure: no clock, no database.

M is a member; ORDER, TILL, HOLD and so on are request ids of the story's own choosing, by which it can come
back to what they did.

    enroll M                                  freeze M [earn|redeem|all] because ...
    award M ORDER 120 [UNIT]                  unfreeze M because ...
    redeem M TILL 100 [UNIT] [partly]         adjust M FIX +50|-50 [UNIT] [owing] because ...
    hold M HOLD 100 [UNIT] [for 15m]          gift M GIFT 30 to M [UNIT]
    capture M HOLD [40]                       again M ORDER: the very same request
    release M HOLD
    reverse M ORDER|TILL|FIX|capture-HOLD [30] [only_pending|within_balance|arrears]

Awards may end in `from FUND`, `vests DAY`, `until DAY` and `happened MOMENT`. Purchases, refunds and other
events are told as `events.py` says, money as `money.py` does, gift cards as `cards.py`, coupons as
`couponing.py`, checkouts as `checking_out.py`, draws as `drawing.py`, the mall as `shopping.py`, birthdays
and memberships as `calendar.py`, tiers and tasks as `growing.py`, teams as `teaming.py`, and who
members are as `people.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import tallybook as tb

from tests.stories import events
from tests.stories.calendar import CALENDAR
from tests.stories.cards import CARDS
from tests.stories.checking_out import CHECKING_OUT
from tests.stories.couponing import COUPONING
from tests.stories.drawing import DRAWING
from tests.stories.growing import GROWING
from tests.stories.money import MONEY
from tests.stories.people import PEOPLE
from tests.stories.referring import REFERRING
from tests.stories.shopping import SHOPPING
from tests.stories.teaming import TEAMING
from tests.stories.words import Words

SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class Memory:
    """What was asked for in a story, and which entries it made."""

    def __init__(self, program: str) -> None:
        self.program = program
        self._requests: dict[tuple[str, str], tb.Command[Any]] = {}
        self._entries: dict[tuple[str, str], int] = {}
        self._coupons: dict[str, str] = {}
        self._quotes: dict[str, str] = {}

    def asked(self, command: tb.Command[Any]) -> None:
        """Remember a request; the first of several with one id."""
        self._requests.setdefault((command.member, command.request_id), command)

    def answered(self, command: tb.Command[Any], outcome: Any) -> None:
        """Remember the entry that a request made, if it made one."""
        if isinstance(outcome, tb.Reply):
            self._entries[command.member, command.request_id] = outcome.entry
        if isinstance(outcome, tb.CouponsIssued) and not outcome.replayed:
            for coupon in outcome.coupons:
                number = sum(name.rpartition("-")[0] == coupon.template for name in self._coupons) + 1
                self._coupons[f"{coupon.template}-{number}"] = coupon.coupon

    def quoted(self, order: str, quote: str) -> None:
        """Remember the last quote of an order."""
        self._quotes[order] = quote

    def quote(self, order: str) -> str:
        """The last quote of an order."""
        return self._quotes[order]

    def coupon(self, name: str) -> str:
        """A coupon by the name that the story has for it."""
        return self._coupons[name]

    def fresh(self, member: str, wanted: str) -> str:
        """A request id that the member has not used: the one wanted, or the same with a number."""
        name, count = wanted, 1
        while (member, name) in self._requests:
            count += 1
            name = f"{wanted}-{count}"
        return name

    def request(self, member: str, request_id: str) -> tb.Command[Any]:
        """An earlier request."""
        return self._requests[member, request_id]

    def entry(self, member: str, request_id: str) -> int:
        """The entry that a request made; a number stands for itself."""
        found = self._entries.get((member, request_id))
        return int(request_id) if found is None else found


def _enroll(memory: Memory, words: Words) -> tb.Command[Any]:
    member = words.next()
    return tb.Enroll(program=memory.program, member=member, request_id=memory.fresh(member, "enroll"))


def _award(memory: Memory, words: Words) -> tb.Command[Any]:
    member, order, amount = words.next(), words.next(), int(words.next())
    given = _given(words)
    return tb.Award(
        program=memory.program, member=member, request_id=order, amount=amount, unit=words.unit(), **given
    )


def _given(words: Words) -> dict[str, Any]:
    given: dict[str, Any] = {"occurred_at": words.moment_after("happened")}
    for field, word in (("vests_on", "vests"), ("expires_on", "until")):
        day = words.after(word)
        given[field] = None if day is None else date.fromisoformat(day)
    fund = words.after("from")
    return given if fund is None else {**given, "fund": fund}


def _redeem(memory: Memory, words: Words) -> tb.Command[Any]:
    member, till, amount = words.next(), words.next(), int(words.next())
    partly = words.flag("partly")
    return tb.Redeem(
        program=memory.program,
        member=member,
        request_id=till,
        amount=amount,
        unit=words.unit(),
        allow_partial=partly,
    )


def _hold(memory: Memory, words: Words) -> tb.Command[Any]:
    member, hold, amount = words.next(), words.next(), int(words.next())
    lasting = words.after("for")
    seconds = None if lasting is None else int(lasting[:-1]) * SECONDS[lasting[-1]]
    return tb.Hold(
        program=memory.program,
        member=member,
        request_id=hold,
        amount=amount,
        unit=words.unit(),
        seconds=seconds,
    )


def _capture(memory: Memory, words: Words) -> tb.Command[Any]:
    member, hold = words.next(), words.next()
    request_id = memory.fresh(member, f"capture-{hold}")
    return tb.Capture(
        program=memory.program, member=member, request_id=request_id, hold_id=hold, amount=words.number()
    )


def _release(memory: Memory, words: Words) -> tb.Command[Any]:
    member, hold = words.next(), words.next()
    request_id = memory.fresh(member, f"release-{hold}")
    return tb.Release(program=memory.program, member=member, request_id=request_id, hold_id=hold)


def _reverse(memory: Memory, words: Words) -> tb.Command[Any]:
    member, undone = words.next(), words.next()
    policy = words.one_of([each.value for each in tb.Shortfall])
    return tb.Reverse(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"reverse-{undone}"),
        entry=memory.entry(member, undone),
        amount=words.number(),
        shortfall=None if policy is None else tb.Shortfall(policy),
    )


def _adjust(memory: Memory, words: Words) -> tb.Command[Any]:
    member, fix, amount = words.next(), words.next(), int(words.next())
    reason = words.all_after("because")
    owing = words.flag("owing")
    return tb.Adjust(
        program=memory.program,
        member=member,
        request_id=fix,
        amount=amount,
        reason=reason,
        unit=words.unit(),
        allow_arrears=owing,
    )


def _gift(memory: Memory, words: Words) -> tb.Command[Any]:
    member, gift, amount = words.next(), words.next(), int(words.next())
    receiver = words.after("to") or ""
    return tb.Gift(
        program=memory.program,
        member=member,
        request_id=gift,
        to_member=receiver,
        amount=amount,
        unit=words.unit(),
    )


def _freeze(memory: Memory, words: Words) -> tb.Command[Any]:
    member, reason = words.next(), words.all_after("because")
    scope = words.one_of([each.value for each in tb.Scope]) or "all"
    request_id = memory.fresh(member, "freeze")
    return tb.Freeze(
        program=memory.program, member=member, request_id=request_id, scope=tb.Scope(scope), reason=reason
    )


def _unfreeze(memory: Memory, words: Words) -> tb.Command[Any]:
    member, reason = words.next(), words.all_after("because")
    request_id = memory.fresh(member, "unfreeze")
    return tb.Unfreeze(program=memory.program, member=member, request_id=request_id, reason=reason)


def _again(memory: Memory, words: Words) -> tb.Command[Any]:
    return memory.request(words.next(), words.next())


COMMANDS: Final[dict[str, Callable[[Memory, Words], tb.Command[Any]]]] = {
    "enroll": _enroll,
    "purchase": events.purchase,
    "refund": events.refund,
    "tell": events.tell,
    "award": _award,
    "redeem": _redeem,
    "hold": _hold,
    "capture": _capture,
    "release": _release,
    "reverse": _reverse,
    "adjust": _adjust,
    "gift": _gift,
    "freeze": _freeze,
    "unfreeze": _unfreeze,
    "again": _again,
    **MONEY,
    **REFERRING,
    **CARDS,
    **COUPONING,
    **CALENDAR,
    **PEOPLE,
    **GROWING,
    **TEAMING,
    **DRAWING,
    **SHOPPING,
    **CHECKING_OUT,
}
