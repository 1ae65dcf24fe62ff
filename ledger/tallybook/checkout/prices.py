"""What an order costs, line by line, and what parts of it do. Pure: no clock, no database.

All money is in minor units. Discounts are worked out once an order and shared out to its lines; what a part
of a line costs is rounded down, so parts come to no more than the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from tallybook.coupons.basket import SHIPPING, Basket, line_ids, spend_of
from tallybook.coupons.facts import Combination
from tallybook.earning.events import Line, Purchase, Tender
from tallybook.journal.shares import share_out
from tallybook.programs.checkout import BASIS_POINTS, Checkout, MemberDiscount
from tallybook.programs.line_order import LineOrder
from tallybook.programs.rounding import rounded
from tallybook.programs.rules import Spend
from tallybook.refusals.checkout import CaptureExceedsCheckout


class PricedLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of an order, or its shipping: `amount` for all of its `quantity`, and what is off that.

    `discount` is what the member has by tiers and memberships, `coupons` what coupons take off; `tax` comes
    on top, with the line's share of the order's.
    """

    line: str
    quantity: int
    amount: int
    discount: int = 0
    coupons: int = 0
    tax: int = 0


class Part(msgspec.Struct, frozen=True, array_like=True):
    """What is bought of a line: so many pieces, what they cost after all discounts, and the tax on that."""

    quantity: int
    net: int
    tax: int

    @property
    def worth(self) -> int:
        """What is paid for it."""
        return self.net + self.tax


Parts = Mapping[str, Part]
"""What is bought of an order, by line; the shipping is one of them, also where coupons make it free."""


class Priced(msgspec.Struct, frozen=True):
    """An order with its prices, and the basket that its coupons saw."""

    lines: tuple[PricedLine, ...]
    coupons: Combination
    seen: Basket


def price(
    basket: Basket, basis_points: int, terms: Checkout, combine: Callable[[Basket], Combination]
) -> Priced:
    """The prices of a basket for a member with a discount of so many basis points.

    `combine` tells what coupons take off a basket: of the prices after that discount, or before it.
    """
    places, amounts = LineOrder(basket.lines), [line.amount for line in basket.lines]
    is_first = terms.member_discount is MemberDiscount.BEFORE_COUPONS

    def off(prices: Sequence[int]) -> list[int]:
        if terms.member_discount is MemberDiscount.NONE:
            return [0] * len(prices)
        whole = rounded(sum(prices) * basis_points, BASIS_POINTS, terms.rounding)
        return share_out(whole, prices, places)

    discounts = off(amounts) if is_first else [0] * len(amounts)
    seen = _with_amounts(basket, [each - less for each, less in zip(amounts, discounts, strict=True)])
    combination = combine(seen)
    shares: dict[str, int] = {}
    for each in combination.discounts:
        for line, share in each.shares.items():
            shares[line] = shares.get(line, 0) + share
    ids = line_ids(basket.lines)
    if not is_first:
        discounts = off([each - shares.get(name, 0) for each, name in zip(amounts, ids, strict=True)])
    taxed = spend_of(basket, Spend(tax=True))
    lines = [
        PricedLine(
            line=name,
            quantity=line.quantity,
            amount=line.amount,
            discount=less,
            coupons=shares.get(name, 0),
            tax=with_tax - line.amount,
        )
        for name, line, less, with_tax in zip(ids, basket.lines, discounts, taxed, strict=True)
    ]
    if basket.shipping:
        by_coupons = shares.get(SHIPPING, 0)
        lines.append(PricedLine(line=SHIPPING, quantity=1, amount=basket.shipping, coupons=by_coupons))
    return Priced(tuple(lines), combination, seen)


def _with_amounts(basket: Basket, amounts: Sequence[int]) -> Basket:
    lines = (
        msgspec.structs.replace(line, amount=amount)
        for line, amount in zip(basket.lines, amounts, strict=True)
    )
    return msgspec.structs.replace(basket, lines=tuple(lines))


def whole_of(lines: Sequence[PricedLine]) -> dict[str, Part]:
    """All of an order, also what of it costs nothing."""
    return {
        each.line: Part(each.quantity, each.amount - each.discount - each.coupons, each.tax) for each in lines
    }


def some_of(order: str, parts: Parts, pieces: Mapping[str, int]) -> dict[str, Part]:
    """So many pieces of an order's lines; raises `CaptureExceedsCheckout` for more than there are."""
    for line, number in pieces.items():
        held = parts[line].quantity if line in parts else 0
        if number > held:
            raise CaptureExceedsCheckout(order=order, what=f"line {line}", asked=number, held=held)
    return {
        line: Part(pieces[line], *(each * pieces[line] // part.quantity for each in (part.net, part.tax)))
        for line, part in parts.items()
        if line in pieces
    }


def scaled_to(order: str, parts: Parts, amount: int) -> dict[str, Part]:
    """All lines of an order for `amount` in all; raises `CaptureExceedsCheckout` for more than it costs."""
    whole = worth_of(parts)
    if amount > whole:
        raise CaptureExceedsCheckout(order=order, what="amount", asked=amount, held=whole)
    shares = iter(share_out(amount, [each for part in parts.values() for each in (part.net, part.tax)]))
    return {line: Part(part.quantity, next(shares), next(shares)) for line, part in parts.items()}


def worth_of(parts: Parts) -> int:
    """What is paid for parts of an order."""
    return sum(part.worth for part in parts.values())


def back_of(parts: Parts, returned: Mapping[str, int]) -> int:
    """What goes back for all pieces that went back so far, in however many steps they did."""
    return sum(parts[line].worth * number // parts[line].quantity for line, number in returned.items())


def is_all_back(parts: Parts, returned: Mapping[str, int]) -> bool:
    """Whether all of an order went back. Shipping that cost nothing need not be among it."""
    return all(
        returned.get(line, 0) == part.quantity
        for line, part in parts.items()
        if line != SHIPPING or part.worth
    )


def purchase_of(order: str, basket: Basket, parts: Parts, tenders: Sequence[Tender] = ()) -> Purchase:
    """The event that parts of an order are: at prices after all discounts, as each line bears them."""
    lines = tuple(
        Line(
            line_id=name,
            sku=line.sku,
            category=line.category,
            brand=line.brand,
            quantity=parts[name].quantity,
            amount=parts[name].net,
            tax=parts[name].tax,
            attributes=line.attributes,
        )
        for name, line in zip(line_ids(basket.lines), basket.lines, strict=True)
        if name in parts
    )
    return Purchase(
        order_id=order,
        currency=basket.currency,
        lines=lines,
        shipping=parts[SHIPPING].net if SHIPPING in parts else 0,
        tenders=tuple(tenders),
        store=basket.store,
        channel=basket.channel,
        attributes=basket.attributes,
    )
