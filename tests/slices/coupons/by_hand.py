"""The best combination by trying all, with pieces counted one by one: slow, and on its own."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations

from tallybook.coupons.basket import Basket
from tallybook.coupons.facts import Coupon
from tallybook.programs.coupon_kinds.amount_off import AmountOff
from tallybook.programs.coupon_kinds.fixed_price import FixedPrice
from tallybook.programs.coupon_kinds.free_item import FreeItem
from tallybook.programs.coupon_kinds.free_shipping import FreeShipping
from tallybook.programs.coupon_kinds.nth_item import NthItem
from tallybook.programs.coupon_kinds.offer import Offer
from tallybook.programs.coupon_kinds.percentage import Percentage
from tallybook.programs.coupons import CouponTemplate, Stacking

from tests.slices.coupons.counter import ORDER_OF_KINDS

Applied = list[tuple[str, dict[str, int]]]
"""Coupons in the order in which they were applied, and what each took off which line."""


def best(basket: Basket, coupons: Sequence[Coupon], templates: dict[str, CouponTemplate]) -> Applied:
    """The best of all sets of coupons. Every one of them can be used as far as time and member go."""
    found: list[tuple[object, Applied]] = [((0, 0, [], []), [])]
    for count in range(1, len(coupons) + 1):
        for chosen in combinations(coupons, count):
            if not _may(chosen, templates):
                continue
            applied = _applied(basket, chosen, templates)
            if applied is not None:
                off = sum(sum(shares.values()) for _, shares in applied)
                ends = sorted(each.ends_at for each in chosen)
                found.append(((-off, count, ends, sorted(each.coupon for each in chosen)), applied))
    return min(found, key=lambda each: each[0])[1]  # type: ignore[arg-type,return-value]


def _may(chosen: Sequence[Coupon], templates: dict[str, CouponTemplate]) -> bool:
    """Whether an order may take all of these."""
    for one, other in combinations([templates[each.template] for each in chosen], 2):
        a, b = one.stacking, other.stacking
        if one.code == other.code:
            if sum(each.template == one.code for each in chosen) > a.most_per_order:
                return False
        elif not (_accepts(a, b) and _accepts(b, a)):
            return False
    return True


def _accepts(one: Stacking, other: Stacking) -> bool:
    if one.exclusive_group and one.exclusive_group == other.exclusive_group:
        return False
    return one.stacks_with is None or other.group in one.stacks_with


def _applied(
    basket: Basket, chosen: Sequence[Coupon], templates: dict[str, CouponTemplate]
) -> Applied | None:
    """What each takes off, or None where one of them takes nothing."""
    names = [line.line_id or str(place) for place, line in enumerate(basket.lines, 1)]
    left = dict(zip(names, (line.amount for line in basket.lines), strict=True)) | {
        "shipping": basket.shipping
    }
    whole = dict(left)
    applied = []
    for each in sorted(chosen, key=lambda each: _turn(each, templates[each.template])):
        template = templates[each.template]
        counted = template.counted_lines or template.lines
        before = left if template.spend_after_coupons else whole
        there = [line for line in basket.lines if counted is None or line.category in counted.categories]
        spent = sum(
            before[name]
            for name, line in zip(names, basket.lines, strict=True)
            if counted is None or line.category in counted.categories
        )
        pieces = sum(line.quantity for line in there)
        if not there or spent < template.min_spend or pieces < template.min_quantity:
            return None
        shares = _shares(template, basket, names, left)
        if not any(shares.values()):
            return None
        left = {name: amount - shares.get(name, 0) for name, amount in left.items()}
        applied.append((each.coupon, {name: share for name, share in shares.items() if share}))
    return applied


def _turn(coupon: Coupon, template: CouponTemplate) -> tuple[object, ...]:
    kind = type(template.offer)
    if kind is FreeShipping:
        scope = 2
    elif kind in (FixedPrice, FreeItem, NthItem) or template.lines is not None:
        scope = 0
    else:
        scope = 1
    return (
        scope,
        ORDER_OF_KINDS.index(kind),
        -template.priority,
        template.code,
        coupon.ends_at,
        coupon.coupon,
    )


def _shares(
    template: CouponTemplate, basket: Basket, names: Sequence[str], left: dict[str, int]
) -> dict[str, int]:
    known = [
        (line.sku, line.category, line.brand, line.amount, line.quantity, line.tax, name)
        for line, name in zip(basket.lines, names, strict=True)
        if template.lines is None or line.category in template.lines.categories
    ]
    pieces = [
        (name, left[name] // quantity + (number >= quantity - left[name] % quantity))
        for _, _, _, _, quantity, _, name in sorted(known)
        for number in range(quantity)
    ]
    lines = {each[-1]: left[each[-1]] for each in sorted(known)}
    return _off(template.offer, pieces, lines, left["shipping"])


def _off(offer: Offer, pieces: list[tuple[str, int]], lines: dict[str, int], shipping: int) -> dict[str, int]:
    whole = sum(lines.values())
    match offer:
        case FreeShipping(most=most):
            return {"shipping": shipping if most is None else min(shipping, most)}
        case AmountOff(amount=amount):
            return _shared(min(amount, whole), lines)
        case Percentage(basis_points=points, most=most):
            off = int(Fraction(whole * points, 10_000))
            return _shared(off if most is None else min(off, most), lines)
        case FreeItem(pieces=count, price=price, which=which):
            return _added((name, max(0, cost - price)) for name, cost in _ordered(pieces, which)[:count])
        case FixedPrice(price=price, pieces=count, which=which):
            costs = _added(_ordered(pieces, which)[:count])
            return _shared(max(0, sum(costs.values()) - price), costs) if len(pieces) >= count else {}
        case NthItem(nth=nth, price=price, basis_points=points, times=times, which=which):
            count = len(pieces) // nth
            found = _ordered(pieces, which)[: count if times is None else min(count, times)]
            if price is not None:
                return _added((name, max(0, cost - price)) for name, cost in found)
            costs = _added(found)
            return _shared(
                sum(costs.values()) * points // 10_000, {name: costs.get(name, 0) for name in lines}
            )
        case _:
            raise AssertionError(offer)


def _ordered(pieces: list[tuple[str, int]], which: str) -> list[tuple[str, int]]:
    return sorted(pieces, key=lambda piece: piece[1] if which == "cheapest" else -piece[1])


def _added(pieces: Iterable[tuple[str, int]]) -> dict[str, int]:
    costs: dict[str, int] = {}
    for name, cost in pieces:
        costs[name] = costs.get(name, 0) + cost
    return costs


def _shared(off: int, weights: dict[str, int]) -> dict[str, int]:
    """Largest remainders, one minor unit at a time."""
    whole = sum(weights.values())
    if not off:
        return {}
    exact = {name: Fraction(off * weight, whole) for name, weight in weights.items()}
    shares = {name: int(part) for name, part in exact.items()}
    rest = sorted(exact, key=lambda name: shares[name] - exact[name])
    for name in rest[: off - sum(shares.values())]:
        shares[name] += 1
    return shares
