"""Orders, rewards and refunds for tests of the refund algebra. Knows no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from tallybook.earning.events import Discount, Line, Purchase, Refund, RefundedLine, Tender, check_event
from tallybook.earning.refunds import Refunded, after_refund, bought_by, taken
from tallybook.earning.results import Reward

UNTOUCHED = Refunded()


def order(*lines: tuple[int, int], discount: int = 0, tenders: Sequence[Tender] = ()) -> Purchase:
    """An order of lines of (quantity, amount); their ids are 1, 2, 3."""
    return Purchase(
        order_id="o",
        currency="USD",
        lines=tuple(Line(quantity=quantity, amount=amount) for quantity, amount in lines),
        discounts=(Discount(code="c", amount=discount),) if discount else (),
        tenders=tuple(tenders),
    )


def reward(shares: dict[str, int], rule: str = "base") -> Reward:
    amount = sum(shares.values())
    return Reward(
        rule=rule, unit="points", fund="house", amount=amount, expires_on=date.max, vests_on=date.min,
        base=amount, numerator=1, denominator=1, exact=str(amount), rounded=amount, shares=shares,
    )  # fmt: skip


def line(line_id: str, quantity: int | None = None, amount: int | None = None) -> RefundedLine:
    return RefundedLine(line_id=line_id, quantity=quantity, amount=amount)


def refund(*lines: RefundedLine, amount: int | None = None, tenders: Sequence[Tender] = ()) -> Refund:
    return Refund(refund_id="", order_id="o", lines=lines, amount=amount, tenders=tuple(tenders))


ALL = refund()


def states(purchase: Purchase, refunds: Iterable[Refund]) -> list[Refunded]:
    """The states of an order from untouched to the end; refunds without an id are named by their place."""
    bought = bought_by(purchase)
    found = [UNTOUCHED]
    for place, each in enumerate(refunds, 1):
        named = msgspec.structs.replace(each, refund_id=each.refund_id or f"r{place}")
        check_event(named)
        found.append(after_refund(bought, found[-1], named))
    return found


def after(purchase: Purchase, *refunds: Refund) -> Refunded:
    return states(purchase, refunds)[-1]


def taken_by(purchase: Purchase, state: Refunded, shares: dict[str, int]) -> int:
    return taken(bought_by(purchase), state, [reward(shares)]).get("base", 0)


def points_paid(amount: int, entry: int = 7) -> Tender:
    return Tender(kind="points", amount=amount, entry=entry)
