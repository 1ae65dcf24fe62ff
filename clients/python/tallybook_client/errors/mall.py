"""Refusals about the points mall. Money is in minor units."""

from .facts import Fact
from .families import Refused


class UnknownItem(Refused):
    """The program has no such item."""

    REASON = "UNKNOWN_ITEM"
    program = Fact(str)
    item = Fact(str)


class ItemNotOffered(Refused):
    """The member cannot order the item: the first reason why."""

    REASON = "ITEM_NOT_OFFERED"
    item = Fact(str)
    why = Fact(str)
    detail = Fact(str)
    asked = Fact(int)
    there = Fact(int)


class ItemOutOfStock(Refused):
    """There are not so many pieces of the item."""

    REASON = "ITEM_OUT_OF_STOCK"
    item = Fact(str)
    asked = Fact(int)
    left = Fact(int)


class ItemLimitReached(Refused):
    """The member has had as many pieces as a member gets in this period."""

    REASON = "ITEM_LIMIT_REACHED"
    item = Fact(str)
    period = Fact(str)
    most = Fact(int)
    asked = Fact(int)
    left = Fact(int)


class ItemNotStocked(Refused):
    """The item has no stock that could change."""

    REASON = "ITEM_NOT_STOCKED"
    item = Fact(str)


class UnknownOrder(Refused):
    """The member has no such order in the mall."""

    REASON = "UNKNOWN_ORDER"
    member = Fact(str)
    order = Fact(str)


class OrderExists(Refused):
    """The member has an order of this id."""

    REASON = "ORDER_EXISTS"
    member = Fact(str)
    order = Fact(str)


class OrderState(Refused):
    """The order is in a state that this cannot be done in."""

    REASON = "ORDER_STATE"
    order = Fact(str)
    state = Fact(str)
    problem = Fact(str)


class OrderPaymentDiffers(Refused):
    """Other money came in than the order costs."""

    REASON = "ORDER_PAYMENT_DIFFERS"
    order = Fact(str)
    currency = Fact(str)
    paid = Fact(int)
    expected = Fact(int)


class OrderNotReturnable(Refused):
    """What the order gave is not there any more."""

    REASON = "ORDER_NOT_RETURNABLE"
    order = Fact(str)
    problem = Fact(str)
