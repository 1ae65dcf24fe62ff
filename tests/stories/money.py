"""The commands of stories about money, in minor units, of USD unless named. Pure: no clock, no database.

top-up M T1 10000 [UNIT] [by PLAN]        spend M TILL 9000 [UNIT] [partly]
confirm M T1 10000                        refund-spend M TILL|capture-HOLD [30]
cancel M T1                               reactivate M R1 [100] [UNIT] because ...
pay-back M T1 P1 [100]                    name M because ...
withdraw M P1 100 [UNIT]                  call-off M P1
paid M P1                                 transfer M X1 100 [UNIT] to M
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import tallybook as tb

from tests.stories.words import Words

if TYPE_CHECKING:
    from tests.stories.commands import Memory

Teller = Callable[["Memory", Words], tb.Command[Any]]


def _amount(words: Words) -> Any:
    """An amount as it stands: what is no whole number is for the book to refuse."""
    text = words.next()
    return Decimal(text) if "." in text else int(text)


def _top_up(memory: Memory, words: Words) -> tb.Command[Any]:
    member, top_up, amount = words.next(), words.next(), _amount(words)
    plan = words.after("by") or ""
    return tb.TopUp(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"top-up-{top_up}"),
        top_up_id=top_up,
        amount=amount,
        plan=plan,
        unit=words.unit("USD"),
    )


def _confirm(memory: Memory, words: Words) -> tb.Command[Any]:
    member, top_up, amount = words.next(), words.next(), _amount(words)
    request_id = memory.fresh(member, f"confirm-{top_up}")
    return tb.ConfirmTopUp(
        program=memory.program, member=member, request_id=request_id, top_up_id=top_up, amount=amount
    )


def _cancel(memory: Memory, words: Words) -> tb.Command[Any]:
    member, top_up = words.next(), words.next()
    request_id = memory.fresh(member, f"cancel-{top_up}")
    return tb.CancelTopUp(program=memory.program, member=member, request_id=request_id, top_up_id=top_up)


def _spend(memory: Memory, words: Words) -> tb.Command[Any]:
    member, till, amount = words.next(), words.next(), _amount(words)
    partly = words.flag("partly")
    return tb.SpendValue(
        program=memory.program,
        member=member,
        request_id=till,
        amount=amount,
        unit=words.unit("USD"),
        allow_partial=partly,
    )


def _refund_spend(memory: Memory, words: Words) -> tb.Command[Any]:
    member, undone = words.next(), words.next()
    return tb.RefundSpend(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"refund-{undone}"),
        entry=memory.entry(member, undone),
        amount=words.number(),
    )


def _pay_back(memory: Memory, words: Words) -> tb.Command[Any]:
    member, top_up, payout = words.next(), words.next(), words.next()
    return tb.RequestTopUpRefund(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, payout),
        top_up_id=top_up,
        payout_id=payout,
        amount=words.number(),
    )


def _withdraw(memory: Memory, words: Words) -> tb.Command[Any]:
    member, payout, amount = words.next(), words.next(), _amount(words)
    return tb.RequestWithdrawal(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, payout),
        payout_id=payout,
        amount=amount,
        unit=words.unit("USD"),
    )


def _paid(memory: Memory, words: Words) -> tb.Command[Any]:
    member, payout = words.next(), words.next()
    request_id = memory.fresh(member, f"paid-{payout}")
    return tb.ConfirmPayout(program=memory.program, member=member, request_id=request_id, payout_id=payout)


def _call_off(memory: Memory, words: Words) -> tb.Command[Any]:
    member, payout = words.next(), words.next()
    request_id = memory.fresh(member, f"call-off-{payout}")
    return tb.CancelPayout(program=memory.program, member=member, request_id=request_id, payout_id=payout)


def _reactivate(memory: Memory, words: Words) -> tb.Command[Any]:
    member, request_id = words.next(), words.next()
    reason = words.all_after("because")
    return tb.Reactivate(
        program=memory.program,
        member=member,
        request_id=request_id,
        amount=words.number(),
        unit=words.unit("USD"),
        reason=reason,
    )


def _transfer(memory: Memory, words: Words) -> tb.Command[Any]:
    member, transfer, amount = words.next(), words.next(), _amount(words)
    receiver = words.after("to") or ""
    return tb.TransferValue(
        program=memory.program,
        member=member,
        request_id=transfer,
        to_member=receiver,
        amount=amount,
        unit=words.unit("USD"),
    )


def _name(memory: Memory, words: Words) -> tb.Command[Any]:
    member, reason = words.next(), words.all_after("because")
    request_id = memory.fresh(member, "name")
    return tb.NameHolder(program=memory.program, member=member, request_id=request_id, reason=reason)


MONEY: Final[dict[str, Teller]] = {
    "top-up": _top_up,
    "confirm": _confirm,
    "cancel": _cancel,
    "spend": _spend,
    "refund-spend": _refund_spend,
    "pay-back": _pay_back,
    "withdraw": _withdraw,
    "paid": _paid,
    "call-off": _call_off,
    "reactivate": _reactivate,
    "name": _name,
    "transfer": _transfer,
}
