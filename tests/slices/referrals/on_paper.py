"""An oracle of referrals: what members get, from scratch, of the facts that survive.

It knows no library code, and the refund algebra by an oracle of its own.

Facts are told one after another, each at a moment of the book's clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from math import floor

import tallybook as tb

from tests.slices.earning.refunds_on_paper import Paper

WINDOW = timedelta(days=7)
MINIMUM = 2_000
RATES = (5, 1)
"""In percent, by level."""
MONTH_MOST, LIFE_MOST = 1, 2


@dataclass(frozen=True)
class Bound:
    """A newcomer was bound."""

    told_at: datetime
    newcomer: str
    referrer: str


@dataclass(frozen=True)
class Bought:
    """A purchase that occurred at a moment."""

    told_at: datetime
    member: str
    at: datetime
    order: tb.Purchase


@dataclass(frozen=True)
class GaveBack:
    """A refund."""

    told_at: datetime
    member: str
    refund: tb.Refund


Fact = Bound | Bought | GaveBack


@dataclass
class Order:
    """A purchase with its refunds."""

    at: datetime
    paper: Paper
    spend: int
    since: int
    refunds: list[tb.Refund] = field(default_factory=list)

    def back(self, shares: dict[str, int]) -> int:
        return self.paper.taken(shares)


def orders_of(facts: Iterable[Fact], member: str) -> dict[str, Order]:
    """A member's orders as they stand, by id; refunds that came first are applied as far as they fit."""
    found: dict[str, Order] = {}
    waiting: dict[str, list[tb.Refund]] = {}
    for place, fact in enumerate(facts):
        if isinstance(fact, Bought) and fact.member == member:
            spend = sum(line.amount for line in fact.order.lines)
            order = found[fact.order.order_id] = Order(fact.at, Paper(fact.order), spend, place)
            for refund in waiting.pop(fact.order.order_id, []):
                if order.paper.allows(refund):
                    order.paper.add(refund)
        elif isinstance(fact, GaveBack) and fact.member == member:
            if fact.refund.order_id in found:
                found[fact.refund.order_id].paper.add(fact.refund)
            else:
                waiting.setdefault(fact.refund.order_id, []).append(fact.refund)
    return found


def shares(order: Order, steps: int) -> dict[str, int]:
    """Steps by line, in proportion to what it costs, the largest remainders first; of equal ones, by what was
    bought, wherever it stands: what costs less, of what costs the same fewer pieces.
    """
    price, pieces = order.paper.price, order.paper.quantity
    exact = {each: Fraction(steps * price[each], order.spend) for each in price} if steps else {}
    found = {each: floor(share) for each, share in exact.items()}
    by_rest = sorted(
        exact, key=lambda each: (found[each] - exact[each], price[each], pieces[each], int(each))
    )
    for each in by_rest[: steps - sum(found.values())]:
        found[each] += 1
    return found


def kept(order: Order, steps: int) -> int:
    """What refunds leave of steps."""
    return steps - order.back(shares(order, steps)) if steps else 0


# --- commission ------------------------------------------------------------------------------------------


def commissions(facts: list[Fact]) -> Counter[str]:
    """What each member has by commission."""
    bound = {fact.newcomer: (place, fact) for place, fact in enumerate(facts) if isinstance(fact, Bound)}
    found: Counter[str] = Counter()
    for newcomer, (place, binding) in bound.items():
        for order in orders_of(facts, newcomer).values():
            if order.since < place or order.at < binding.told_at:
                continue
            above = [binding.referrer]
            second = bound.get(binding.referrer)
            if second is not None and second[0] < order.since:
                above.append(second[1].referrer)
            for referrer, percent in zip(above, RATES, strict=False):
                found[referrer] += kept(order, order.spend * percent // 100)
    return found


# --- first purchases -------------------------------------------------------------------------------------


def counted_at(facts: list[Fact], binding: Bound, now: datetime) -> tuple[datetime, bool] | None:
    """When a newcomer's first purchase counted, and whether it did so as soon as it was told."""
    place = facts.index(binding)
    known = facts[: place + 1]
    for fact in facts[place + 1 :]:
        over = first_over(known, place, binding)
        if over is not None and over <= fact.told_at:
            return over, False
        known = [*known, fact]
        over = first_over(known, place, binding)
        if over is not None and over <= fact.told_at:
            return fact.told_at, True
    over = first_over(known, place, binding)
    return None if over is None or over > now else (over, False)


def first_over(known: list[Fact], place: int, binding: Bound) -> datetime | None:
    """When the return window of the first order that stands is over."""
    standing = [
        (order.at, name)
        for name, order in orders_of(known, binding.newcomer).items()
        if order.since > place
        and order.at >= binding.told_at
        and order.paper.gone() < 1
        and kept(order, order.spend) >= MINIMUM
    ]
    if not standing:
        return None
    at = min(standing)[0]
    return max(at, at.replace(hour=0, minute=0, second=0) + WINDOW)


def rewards(facts: list[Fact], now: datetime) -> Counter[str]:
    """What each member has for first purchases."""
    found: Counter[str] = Counter()
    months: Counter[tuple[str, int, int]] = Counter()
    lives: Counter[str] = Counter()
    for at, referrer, newcomer in _counted(facts, now):
        found[newcomer] += 50
        month = referrer, at.year, at.month
        if months[month] < MONTH_MOST and lives[referrer] < LIFE_MOST:
            found[referrer] += 100
            months[month] += 1
            lives[referrer] += 1
    return found


def _counted(facts: list[Fact], now: datetime) -> Iterator[tuple[datetime, str, str]]:
    """First purchases that counted, in the order in which they did."""
    found = []
    for place, fact in enumerate(facts):
        if isinstance(fact, Bound) and (counted := counted_at(facts, fact, now)):
            at, at_once = counted
            told = _told_last(facts, fact.newcomer, at) if at_once else place
            found.append((at, at_once, told if at_once else 0, fact.newcomer, fact.referrer))
    for at, _, _, newcomer, referrer in sorted(found):
        yield at, referrer, newcomer


def _told_last(facts: list[Fact], newcomer: str, at: datetime) -> int:
    """The place of the first purchase that was told at a moment: what counts at once counts with it."""
    return next(
        place
        for place, fact in enumerate(facts)
        if isinstance(fact, Bought) and fact.member == newcomer and fact.told_at == at
    )
