"""The commands of stories about gift cards. C is a serial, and its code is known to whoever knows that name.

issue C [UNIT] [PIN 1234] [at 5000]       present CALLER C [PIN 1234]
activate C 5000                           claim M C [2000]
void C because ...                        replace C because ...: its code is C+ then, and C++

Pure: no clock, no database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import tallybook as tb

from tests.stories.words import Words

if TYPE_CHECKING:
    from tests.stories.commands import Memory

Teller = Callable[["Memory", Words], tb.Command[Any]]


def _hash(memory: Memory, text: str) -> str:
    return hashlib.sha256(f"{memory.program} {text}".encode()).hexdigest()


def _name(code: str) -> str:
    """The card that a code belongs to, or once did."""
    return "card:" + code.rstrip("+")


def _pin(memory: Memory, words: Words) -> str:
    pin = words.after("PIN")
    return "" if pin is None else _hash(memory, f"PIN {pin}")


def _issue(memory: Memory, words: Words) -> tb.Command[Any]:
    card = words.next()
    amount, pin = words.after("at"), _pin(memory, words)
    return tb.IssueCard(
        program=memory.program,
        member=_name(card),
        request_id=memory.fresh(_name(card), "issue"),
        batch="story",
        code_hash=_hash(memory, card),
        pin_hash=pin,
        amount=None if amount is None else int(amount),
        unit=words.unit("USD"),
    )


def _activate(memory: Memory, words: Words) -> tb.Command[Any]:
    card, amount = _name(words.next()), int(words.next())
    request_id = memory.fresh(card, "activate")
    return tb.ActivateCard(program=memory.program, member=card, request_id=request_id, amount=amount)


def _present(memory: Memory, words: Words) -> tb.Command[Any]:
    caller, code = f"caller:{words.next()}", words.next()
    return tb.PresentCard(
        program=memory.program,
        member=caller,
        request_id=memory.fresh(caller, "present"),
        code_hash=_hash(memory, code),
        pin_hash=_pin(memory, words),
    )


def _claim(memory: Memory, words: Words) -> tb.Command[Any]:
    member, card = words.next(), _name(words.next())
    return tb.ClaimCard(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"claim-{card}"),
        card=card,
        amount=words.number(),
    )


def _replace(memory: Memory, words: Words) -> tb.Command[Any]:
    code, reason = words.next(), words.all_after("because")
    return tb.ReplaceCard(
        program=memory.program,
        member=_name(code),
        request_id=memory.fresh(_name(code), "replace"),
        code_hash=_hash(memory, f"{code}+"),
        reason=reason,
    )


def _void(memory: Memory, words: Words) -> tb.Command[Any]:
    card, reason = _name(words.next()), words.all_after("because")
    request_id = memory.fresh(card, "void")
    return tb.VoidCard(program=memory.program, member=card, request_id=request_id, reason=reason)


CARDS: Final[dict[str, Teller]] = {
    "issue": _issue,
    "activate": _activate,
    "present": _present,
    "claim": _claim,
    "replace": _replace,
    "void": _void,
}
