"""An oracle of the refund algebra, in fractions, and orders and refunds of all sorts to ask it of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from fractions import Fraction
from math import floor

import msgspec
from hypothesis import strategies as st
from tallybook.earning.events import SHIPPING_LINE, Purchase, Refund, check_event
from tallybook.earning.spend import goods_of

from tests.slices.earning.refunding import line, order, points_paid, refund

History = tuple[Purchase, list[Refund]]


class Paper:
    """An order's refunds on paper: what they say is added up as it is, and valued in the end."""

    def __init__(self, purchase: Purchase) -> None:
        goods = goods_of(purchase)
        self.price = {str(place): each for place, each in enumerate(goods, 1)}
        self.quantity = {str(place): each.quantity for place, each in enumerate(purchase.lines, 1)}
        self.weight = self.price if any(goods) else self.quantity
        self.paid = {tender.entry: tender.amount for tender in purchase.tenders}
        self.pieces = dict.fromkeys(self.price, Fraction(0))
        self.money = dict.fromkeys(self.price, 0)
        self.unnamed = 0
        self.told = dict.fromkeys(self.paid, 0)

    def add(self, refund: Refund) -> None:
        everything = not refund.lines and refund.amount is None
        for each in [line(line_id) for line_id in self.price] if everything else refund.lines:
            if each.quantity is not None:
                self.pieces[each.line_id] += Fraction(each.quantity, self.quantity[each.line_id])
            elif each.amount is not None:
                self.money[each.line_id] += each.amount
            else:
                self.pieces[each.line_id], self.money[each.line_id] = Fraction(1), 0
        self.unnamed = 0 if everything else self.unnamed + (refund.amount or 0)
        for tender in refund.tenders:
            self.told[tender.entry] += tender.amount

    def then(self, refund: Refund) -> Paper:
        added = deepcopy(self)
        added.add(refund)
        return added

    def allows(self, refund: Refund) -> bool:
        """Are so many pieces left, and is what is left of the money less than a minor unit too little?"""
        then = self.then(refund)
        of_money = [each.line_id for each in refund.lines if each.amount is not None]
        return (
            all(pieces <= 1 for pieces in then.pieces.values())
            and all(then.fits(each) for each in of_money)
            and (then.unnamed_fits() or not (of_money or refund.amount))
            and all(then.told[each] <= self.paid[each] for each in self.paid)
        )

    def overlaps(self) -> bool:
        """Did pieces come back whose money had gone back before?"""
        return not (self.unnamed_fits() and all(self.fits(each) for each in self.price))

    def fits(self, line_id: str) -> bool:
        return self.money[line_id] < self.price[line_id] * (1 - self.pieces[line_id]) + 1

    def unnamed_fits(self) -> bool:
        return self.unnamed < self.price_left() + 1

    def price_left(self) -> Fraction:
        return sum((price * self.left(each) for each, price in self.price.items()), Fraction(0))

    def left(self, line_id: str) -> Fraction:
        """The fraction of a line that is left, but for money without lines."""
        left = 1 - self.pieces[line_id]
        if not self.money[line_id]:
            return left
        price_left = self.price[line_id] * left - self.money[line_id]
        return price_left / self.price[line_id] if price_left >= 1 else Fraction(0)

    def kept(self, line_id: str) -> Fraction:
        """The fraction of a line that is left in the end."""
        if not self.unnamed:
            return self.left(line_id)
        price_left = self.price_left()
        if price_left - self.unnamed < 1:
            return Fraction(0)
        return self.left(line_id) * (1 - self.unnamed / price_left)

    def gone(self) -> Fraction:
        """The fraction of all goods that went back."""
        kept = sum(weight * self.kept(each) for each, weight in self.weight.items())
        return 1 - Fraction(kept) / sum(self.weight.values())

    def taken(self, shares: dict[str, int]) -> int:
        exact = Fraction(0)
        for each, share in shares.items():
            exact += share * (self.gone() if each == SHIPPING_LINE else 1 - self.kept(each))
        return floor(exact)


@st.composite
def purchases(draw: st.DrawFn) -> Purchase:
    """Up to 8 lines, some free, some of pieces below a minor unit; a discount; two redemptions pay."""
    amounts = st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 5000))
    lines = draw(st.lists(st.tuples(st.integers(1, 6), amounts), min_size=1, max_size=8))
    goods = sum(amount for _, amount in lines)
    discount = draw(st.one_of(st.just(0), st.integers(0, goods)))
    paid = draw(st.integers(0, goods - discount))
    tenders = [points_paid(paid), points_paid(goods - discount - paid, entry=8)]
    purchase = order(*lines, discount=discount, tenders=tenders)
    check_event(purchase)
    return purchase


def up_to(most: int) -> st.SearchStrategy[int]:
    """From 1 to `most`, or a bit beyond, and often little."""
    return st.one_of(st.integers(1, most // 4 + 1), st.integers(1, most + 1))


@st.composite
def refunds_of(draw: st.DrawFn, purchase: Purchase, tell: bool, rests: bool) -> Refund:
    """Whatever a shop might ask; with `tell` it tells of tenders, with `rests` asks for all that is left."""
    amount = draw(st.none() | up_to(sum(goods_of(purchase))))
    names = [str(place) for place in range(1, len(purchase.lines) + 1)]
    fewest = 1 if amount is None and not rests else 0
    lines = []
    for line_id in draw(st.lists(st.sampled_from(names), unique=True, min_size=fewest, max_size=3)):
        bought = purchase.lines[int(line_id) - 1]
        by_pieces = st.builds(line, st.just(line_id), up_to(bought.quantity))
        by_money = st.builds(line, st.just(line_id), st.none(), up_to(bought.amount))
        whole = [st.just(line(line_id))] if rests else []
        lines.append(draw(st.one_of(by_pieces, by_money, *whole)))
    named = draw(st.lists(st.sampled_from(purchase.tenders), unique=True)) if tell else []
    told = [points_paid(draw(st.integers(0, each.amount)), entry=each.entry or 0) for each in named]
    return refund(*lines, amount=amount, tenders=told)


@st.composite
def histories(draw: st.DrawFn, tell: bool = True, adding_up: bool = False) -> History:
    """An order, and refunds that it allows one after the other.

    With `adding_up` each says what it is, not that it is the rest, and they come to no more than the order.
    """
    purchase = draw(purchases())
    paper = Paper(purchase)
    allowed: list[Refund] = []
    for each in draw(st.lists(refunds_of(purchase, tell, rests=not adding_up), max_size=8)):
        if paper.allows(each) and not (adding_up and paper.then(each).overlaps()):
            paper.add(each)
            allowed.append(msgspec.structs.replace(each, refund_id=f"r{len(allowed)}"))
    return purchase, allowed


def combined(refunds: Iterable[Refund]) -> list[Refund]:
    """The same in one refund, or in two where a line goes back by pieces and by money: one cannot say so."""
    pieces: Counter[str] = Counter()
    money: Counter[str] = Counter()
    for each in refunds:
        pieces.update({asked.line_id: asked.quantity for asked in each.lines if asked.quantity})
        money.update({asked.line_id: asked.amount for asked in each.lines if asked.amount})
    by_pieces = [line(line_id, quantity=quantity) for line_id, quantity in pieces.items()]
    by_money = [line(line_id, amount=amount) for line_id, amount in money.items() if line_id not in pieces]
    others = [line(line_id, amount=amount) for line_id, amount in money.items() if line_id in pieces]
    amount = sum(each.amount or 0 for each in refunds) or None
    both = [refund(*by_pieces, *by_money, amount=amount), refund(*others)]
    return [each for each in both if each.lines or each.amount]


def shares_of(purchase: Purchase) -> st.SearchStrategy[dict[str, int]]:
    names = [SHIPPING_LINE, *(str(place) for place in range(1, len(purchase.lines) + 1))]
    return st.dictionaries(st.sampled_from(names), st.integers(0, 60))
