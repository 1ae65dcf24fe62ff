"""The commands and questions of stories about coupons. Knows the book's public queries only.

Coupons are named by their template and a number, in the order in which a story has them issued: five-1.
A basket is `for` what its lines cost, of one piece each. A unique code is its batch and a number: b1-2.

issue-coupons M TEMPLATE [3] because ...       claim-coupon M TEMPLATE | by CODE
reserve-coupons M ORDER five-1 ... [within 15m] [for 20.00 10.00]
use-coupons M ORDER [five-1 ...] [for 20.00 10.00]
release-coupons M ORDER                        return-coupons M ORDER [cancelled | of LINE ...]
void-coupon M five-1 because ...               give-coupon M five-1 to M
scan M five-1 RECEIPT at STORE for 20.00       take-back M RECEIPT because ...
codes BATCH TEMPLATE 3                         show-code CALLER CODE [with M]       claim-code M CODE

coupons M [STATE]      their templates and states      coupon-order M ORDER      coupon-report TEMPLATE
worth M for 20.00: what the best of a member's coupons take off together
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import msgspec
import tallybook as tb

from tests.stories.words import Words

if TYPE_CHECKING:
    from tests.stories.commands import Memory

Teller = Callable[["Memory", Words], tb.Command[Any]]
SECONDS: Final = {"s": 1, "m": 60, "h": 3600}


class Worth(msgspec.Struct):
    """What a question about an order, or about many coupons, comes to."""

    state: str = ""
    off: int = 0
    coupons: int = 0


def _basket(words: Words) -> tb.Basket | None:
    amounts = words.all_words_after("for")
    lines = tuple(tb.BasketLine(amount=int(Decimal(amount) * 100)) for amount in amounts)
    return tb.Basket(currency="USD", lines=lines) if lines else None


def _issue(memory: Memory, words: Words) -> tb.Command[Any]:
    reason, member, template = words.all_after("because"), words.next(), words.next()
    return tb.IssueCoupons(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"issue-{template}"),
        template=template,
        count=words.number() or 1,
        reason=reason,
    )


def _claim(memory: Memory, words: Words) -> tb.Command[Any]:
    code, member = words.after("by") or "", words.next()
    template = "" if code else words.next()
    request_id = memory.fresh(member, f"claim-{template or code}")
    return tb.ClaimCoupon(
        program=memory.program, member=member, request_id=request_id, template=template, code=code
    )


def _reserve(memory: Memory, words: Words) -> tb.Command[Any]:
    basket, lasting = _basket(words), words.after("within")
    member, order = words.next(), words.next()
    return tb.ReserveCoupons(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"reserve-{order}"),
        order_id=order,
        coupons=tuple(map(memory.coupon, words.rest())),
        basket=basket,
        seconds=None if lasting is None else int(lasting[:-1]) * SECONDS[lasting[-1]],
    )


def _use(memory: Memory, words: Words) -> tb.Command[Any]:
    basket, member, order = _basket(words), words.next(), words.next()
    return tb.UseCoupons(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"use-{order}"),
        order_id=order,
        coupons=tuple(map(memory.coupon, words.rest())),
        basket=basket,
    )


def _release(memory: Memory, words: Words) -> tb.Command[Any]:
    member, order = words.next(), words.next()
    request_id = memory.fresh(member, f"release-{order}")
    return tb.ReleaseCoupons(program=memory.program, member=member, request_id=request_id, order_id=order)


def _return(memory: Memory, words: Words) -> tb.Command[Any]:
    lines, cancelled = words.all_words_after("of"), words.flag("cancelled")
    member, order = words.next(), words.next()
    return tb.ReturnCoupons(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"return-{order}"),
        order_id=order,
        cancelled=cancelled,
        lines=dict.fromkeys(lines, 1) or None,
    )


def _void(memory: Memory, words: Words) -> tb.Command[Any]:
    reason, member, coupon = words.all_after("because"), words.next(), memory.coupon(words.next())
    request_id = memory.fresh(member, "void-coupon")
    return tb.VoidCoupon(
        program=memory.program, member=member, request_id=request_id, coupon=coupon, reason=reason
    )


def _give(memory: Memory, words: Words) -> tb.Command[Any]:
    to, member, coupon = words.after("to") or "", words.next(), memory.coupon(words.next())
    return tb.TransferCoupon(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, "give-coupon"),
        coupon=coupon,
        to_member=to,
    )


def _scan(memory: Memory, words: Words) -> tb.Command[Any]:
    basket, store = _basket(words), words.after("at") or ""
    member, coupon, receipt = words.next(), memory.coupon(words.next()), words.next()
    assert basket is not None, "a receipt has lines"
    return tb.RedeemInStore(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"scan-{receipt}"),
        coupon=coupon,
        store=store,
        operator="till",
        basket=basket,
        order_id=receipt,
    )


def _take_back(memory: Memory, words: Words) -> tb.Command[Any]:
    reason, member, receipt = words.all_after("because"), words.next(), words.next()
    return tb.RevokeRedemption(
        program=memory.program,
        member=member,
        request_id=memory.fresh(member, f"take-back-{receipt}"),
        order_id=receipt,
        operator="till",
        reason=reason,
    )


# --- codes ------------------------------------------------------------------------------------------------


def _hash(memory: Memory, code: str) -> str:
    return hashlib.sha256(f"{memory.program} {code}".encode()).hexdigest()


def _codes(memory: Memory, words: Words) -> tb.Command[Any]:
    batch, template, count = words.next(), words.next(), int(words.next())
    sheet = f"codes:{batch}-00001"
    return tb.IssueCodes(
        program=memory.program,
        member=sheet,
        request_id=memory.fresh(sheet, "codes"),
        template=template,
        batch=batch,
        first=1,
        code_hashes=tuple(_hash(memory, f"{batch}-{number}") for number in range(1, count + 1)),
    )


def _show(memory: Memory, words: Words) -> tb.Command[Any]:
    claimant, caller, code = words.after("with") or "", f"caller:{words.next()}", words.next()
    return tb.PresentCoupon(
        program=memory.program,
        member=caller,
        request_id=memory.fresh(caller, "show-code"),
        code_hash=_hash(memory, code),
        claimant=claimant,
    )


def _claim_code(memory: Memory, words: Words) -> tb.Command[Any]:
    member, code = words.next(), words.next()
    request_id = memory.fresh(member, f"claim-{code}")
    return tb.ClaimCode(
        program=memory.program, member=member, request_id=request_id, code_hash=_hash(memory, code)
    )


# --- questions --------------------------------------------------------------------------------------------


def _coupons(book: tb.Book, program: str, words: Words) -> Any:
    member, state = words.next(), words.one_of([each.value for each in tb.CouponStanding])
    standing = None if state is None else tb.CouponStanding(state)
    page = book.ask(tb.MyCoupons(program=program, member=member, state=standing))
    return " ".join(sorted(f"{each.template}:{each.state}" for each in page.coupons)) or "none"


def _order(book: tb.Book, program: str, words: Words) -> Any:
    order = book.ask(tb.GetCouponOrder(program=program, member=words.next(), order_id=words.next()))
    return Worth(order.state, sum(each.amount for each in order.discounts), len(order.coupons))


def _worth(book: tb.Book, program: str, words: Words) -> Any:
    basket, member = _basket(words), words.next()
    assert basket is not None, "a basket has lines"
    found = book.ask(tb.EvaluateBasket(program=program, member=member, basket=basket)).evaluation
    return Worth("proven" if found.is_proven else "cut", found.best.amount, len(found.best.discounts))


def _report(book: tb.Book, program: str, words: Words) -> Any:
    template = words.next()
    book.sweep()
    sheets = book.ask(tb.CouponReport(program=program))
    sheet = next(each for each in sheets if each.template == template)
    counts = ("issued", "open", "used", "returned", "expired", "voided")
    costs = [f"{each.fund} {each.amount}" for each in sheet.costs]
    return " ".join([*(f"{name} {getattr(sheet, name)}" for name in counts), *costs])


COUPONING: Final[dict[str, Teller]] = {
    "issue-coupons": _issue,
    "claim-coupon": _claim,
    "reserve-coupons": _reserve,
    "use-coupons": _use,
    "release-coupons": _release,
    "return-coupons": _return,
    "void-coupon": _void,
    "give-coupon": _give,
    "scan": _scan,
    "take-back": _take_back,
    "codes": _codes,
    "show-code": _show,
    "claim-code": _claim_code,
}
COUPONING_QUESTIONS: Final[dict[str, Callable[[tb.Book, str, Words], Any]]] = {
    "coupons": _coupons,
    "coupon-order": _order,
    "worth": _worth,
    "coupon-report": _report,
}
