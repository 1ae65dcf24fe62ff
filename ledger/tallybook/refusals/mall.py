"""The refusals about the mall, one class a reason. Pure: no clock, no database.

They are refusals like those in `errors`. Money is in minor units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tallybook.errors import NotDeclared, Refusal, refusal


@refusal
@dataclass(eq=False)
class UnknownItem(NotDeclared):
    """Program {program!r} has no item {item!r}."""

    code: ClassVar[str] = "UNKNOWN_ITEM"
    program: str
    item: str


@refusal
@dataclass(eq=False)
class ItemNotOffered(Refusal):
    """Item {item!r} is not offered to the member: {why} {detail} ({asked} asked, {there} there)."""

    code: ClassVar[str] = "ITEM_NOT_OFFERED"
    item: str
    why: str
    detail: str
    asked: int
    there: int


@refusal
@dataclass(eq=False)
class ItemOutOfStock(Refusal):
    """{asked} pieces of {item!r} were asked for, {left} are left."""

    code: ClassVar[str] = "ITEM_OUT_OF_STOCK"
    item: str
    asked: int
    left: int


@refusal
@dataclass(eq=False)
class ItemLimitReached(Refusal):
    """A member gets {most} pieces of {item!r} each {period}: {asked} were asked for, {left} are left."""

    code: ClassVar[str] = "ITEM_LIMIT_REACHED"
    item: str
    period: str
    most: int
    asked: int
    left: int


@refusal
@dataclass(eq=False)
class ItemNotStocked(Refusal):
    """Item {item!r} has no stock: there is as much of it as members order."""

    code: ClassVar[str] = "ITEM_NOT_STOCKED"
    item: str


@refusal
@dataclass(eq=False)
class UnknownOrder(Refusal):
    """Member {member!r} has no order {order!r} in the mall."""

    code: ClassVar[str] = "UNKNOWN_ORDER"
    member: str
    order: str


@refusal
@dataclass(eq=False)
class OrderExists(Refusal):
    """Member {member!r} has placed an order {order!r} before."""

    code: ClassVar[str] = "ORDER_EXISTS"
    member: str
    order: str


@refusal
@dataclass(eq=False)
class OrderState(Refusal):
    """Order {order!r} is {state}: {problem}."""

    code: ClassVar[str] = "ORDER_STATE"
    order: str
    state: str
    problem: str


@refusal
@dataclass(eq=False)
class OrderPaymentDiffers(Refusal):
    """{paid} minor units of {currency} came in for order {order!r}, and {expected} were expected."""

    code: ClassVar[str] = "ORDER_PAYMENT_DIFFERS"
    order: str
    currency: str
    paid: int
    expected: int


@refusal
@dataclass(eq=False)
class OrderNotReturnable(Refusal):
    """Order {order!r} cannot be returned: {problem}."""

    code: ClassVar[str] = "ORDER_NOT_RETURNABLE"
    order: str
    problem: str
