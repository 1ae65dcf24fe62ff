"""The commands and questions of stories about the calendar and memberships. Pure: no clock, no database.

birthday M 02-29|none         buy M PLAN [paid 100] [by PAYMENT] [from PLAN]      the-grants M
tag M WORD                    renew M PLAN [paid 100] [by PAYMENT]                the-membership M PLAN
untag M WORD                  give-days M PLAN 7                                  memberships M
                              refund-plan M PLAN      call-plan-off M PLAN
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import tallybook as tb

from tests.stories.words import Words

if TYPE_CHECKING:
    from tests.stories.commands import Memory

Teller = Callable[["Memory", Words], tb.Command[Any]]


def _birthday(memory: Memory, words: Words) -> tb.Command[Any]:
    member, told = words.next(), words.next()
    month, day = (None, None) if told == "none" else map(int, told.split("-"))
    return tb.SetBirthday(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, "birthday"),
        month=month,
        day=day,
    )


def _tag(memory: Memory, words: Words) -> tb.Command[Any]:
    member, tag = words.next(), words.next()
    request_id = memory.fresh(member, f"tag-{tag}")
    return tb.TagMember(program=memory.program, member=member, request_id=request_id, tags=(tag,))


def _untag(memory: Memory, words: Words) -> tb.Command[Any]:
    member, tag = words.next(), words.next()
    request_id = memory.fresh(member, f"untag-{tag}")
    return tb.UntagMember(program=memory.program, member=member, request_id=request_id, tags=(tag,))


def _buy(memory: Memory, words: Words) -> tb.Command[Any]:
    member, plan, paid = words.next(), words.next(), words.after("paid")
    return tb.BuyMembership(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"buy-{plan}"),
        plan=plan,
        paid=None if paid is None else int(paid),
        payment=words.after("by") or "",
        upgrade_from=words.after("from") or "",
    )


def _renew(memory: Memory, words: Words) -> tb.Command[Any]:
    member, plan, paid = words.next(), words.next(), words.after("paid")
    return tb.RenewMembership(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"renew-{plan}"),
        plan=plan,
        paid=None if paid is None else int(paid),
        payment=words.after("by") or "",
    )


def _give_days(memory: Memory, words: Words) -> tb.Command[Any]:
    member, plan, days = words.next(), words.next(), int(words.next())
    return tb.GrantMembershipDays(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"give-{plan}"),
        plan=plan,
        days=days,
        reason="the shop is sorry",
    )


def _refund(memory: Memory, words: Words) -> tb.Command[Any]:
    member, plan = words.next(), words.next()
    request_id = memory.fresh(member, f"refund-{plan}")
    return tb.RefundMembership(program=memory.program, member=member, request_id=request_id, plan=plan)


def _call_off(memory: Memory, words: Words) -> tb.Command[Any]:
    member, plan = words.next(), words.next()
    request_id = memory.fresh(member, f"cancel-{plan}")
    return tb.CancelMembership(program=memory.program, member=member, request_id=request_id, plan=plan)


CALENDAR: Final[dict[str, Teller]] = {
    "birthday": _birthday,
    "tag": _tag,
    "untag": _untag,
    "buy": _buy,
    "renew": _renew,
    "give-days": _give_days,
    "refund-plan": _refund,
    "call-plan-off": _call_off,
}


def _grants(book: tb.Book, program: str, words: Words) -> Any:
    """What was had, the first first: `birth 2026-03-01, feast 2026-02-01 on 2026-02-05 frozen`."""
    page = book.ask(tb.PastGrants(program=program, member=words.next()))
    told = (
        f"{each.grant} {each.day}"
        + (f" on {each.on}" if each.on != each.day else "")
        + (f" {each.outcome}" if each.outcome != "given" else "")
        for each in reversed(page.had)
    )
    return ", ".join(told) or "none"


def _membership(book: tb.Book, program: str, words: Words) -> Any:
    view, plan = book.ask(tb.GetMemberships(program=program, member=words.next())), words.next()
    return next((each for each in view.held if each.plan == plan), "none")


def _memberships(book: tb.Book, program: str, words: Words) -> Any:
    """What is held, and then what is over, the newest first: `plus until 2026-03-01, was pro: refunded`."""
    view = book.ask(tb.GetMemberships(program=program, member=words.next()))
    held = [f"{each.plan} until {each.until}" for each in view.held]
    return ", ".join([*held, *(f"was {each.plan}: {each.why}" for each in view.over)]) or "none"


CALENDAR_QUESTIONS: Final[dict[str, Callable[[tb.Book, str, Words], Any]]] = {
    "the-grants": _grants,
    "the-membership": _membership,
    "memberships": _memberships,
}
