"""evaluate: what 50 coupons come to for 200 lines, and which are best together. Knows no database."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from typing import Any, Final, NamedTuple

from tallybook.coupons.basket import Basket, BasketLine
from tallybook.coupons.evaluation import Evaluation, evaluate
from tallybook.coupons.facts import Coupon, MemberFacts
from tallybook.programs import Program, compiled, parse

from bench.figures import Figure, in_turn, side
from bench.stage import Length, Stage

MILLISECONDS: Final = "ms"
AT: Final = datetime(2026, 3, 3, 12, tzinfo=UTC)
LINES: Final = 200
COUPONS: Final = 50
CATEGORIES: Final = 20
BRANDS: Final = 15
MEMBER: Final = MemberFacts(tier="gold", tags=("vip",), enrolled_at=datetime(2025, 1, 1, tzinfo=UTC))


class Size(NamedTuple):
    """How many programs of each sort there are, and how often each is evaluated."""

    programs: int
    rounds: int


SIZES: Final = {Length.QUICK: Size(2, 2), Length.DEFAULT: Size(12, 9), Length.LONG: Size(50, 21)}


class Case(NamedTuple):
    """A program, a basket and the coupons of a member."""

    program: Program
    basket: Basket
    coupons: Sequence[Coupon]

    def evaluated(self) -> Evaluation:
        """What the coupons come to."""
        return evaluate(self.basket, self.coupons, AT, self.program, MEMBER)


def run(stage: Stage) -> Figure:
    """Evaluate coupons as shops have them, and the hardest that could be thought of, in turn."""
    size = SIZES[stage.length]
    usual = [case(Random(number), _usual) for number in range(size.programs)]
    hard = [case(Random(number), _hard) for number in range(size.programs)]
    with stage.bar("evaluate", 2 * size.rounds) as bar:

        def timed(cases: Sequence[Case]) -> float:
            bar.advance()
            return median(_took_ms(each.evaluated) for each in cases)

        turns = in_turn(size.rounds, lambda: timed(usual), lambda: timed(hard))
    return Figure(
        ratio=median(turns.second),
        sides={"usual": side(turns.first, MILLISECONDS), "hard": side(turns.second, MILLISECONDS)},
        parameters=size._asdict() | {"lines": LINES, "coupons": COUPONS},
        beside={
            "proven": {"usual": _proven(usual), "hard": _proven(hard)},
            "slowest_ms": {"usual": _slowest_ms(usual), "hard": _slowest_ms(hard)},
        },
    )


def case(random: Random, template: Callable[[Random, int], dict[str, Any]]) -> Case:
    """A basket, and a coupon of each of so many templates."""
    content = {
        "program": "shop",
        "timezone": "Europe/Berlin",
        "units": {"points": {"kind": "redeemable"}},
        "coupons": {f"t{number}": template(random, number) for number in range(COUPONS)},
    }
    program = compiled(parse(json.dumps(content)), 1)
    lines = tuple(
        BasketLine(
            sku=f"s{number}",
            category=f"c{random.randrange(CATEGORIES)}",
            brand=f"b{random.randrange(BRANDS)}",
            quantity=random.randint(1, 4),
            amount=random.randint(99, 4_999),
        )
        for number in range(LINES)
    )
    coupons = [
        Coupon(
            coupon=f"k{number}",
            template=f"t{number}",
            starts_at=AT,
            ends_at=AT + timedelta(days=random.randint(1, 30)),
        )
        for number in range(COUPONS)
    ]
    return Case(program, Basket(currency="USD", lines=lines, shipping=990, channel="app"), coupons)


def _usual(random: Random, number: int) -> dict[str, Any]:
    """An order takes one for a category, a brand, itself and its shipping each; some are for use alone."""
    offer = _offer(random)
    if number < 20:
        lines = {"categories": [f"c{number % 8}", f"c{number % 8 + 8}"]}
        return _template(offer, "category", f"category{number % 4}", lines)
    if number < 30:
        return _template(offer, "brand", "brand", {"brands": [f"b{number % 8}"]})
    if number < 38:
        return _template(_on_sum(random), "order", "order") | {"min_spend": random.choice((10, 50))}
    if number < 41:
        return _template({"kind": "free_shipping"}, "shipping", "shipping")
    alone = _template(offer, "alone", "alone", {"brands": [f"b{number % BRANDS}"]})
    return alone | {"stacks_with": {"kind": "never"}, "condition": "order.total > 1000"}


def _hard(random: Random, number: int) -> dict[str, Any]:
    """For lines that overlap at random, all going together but those of a group: no two sums are alike."""
    lines = (
        {"categories": random.sample([f"c{each}" for each in range(CATEGORIES)], 3)},
        {"brands": random.sample([f"b{each}" for each in range(BRANDS)], 3)},
        {"skus": random.sample([f"s{each}" for each in range(LINES)], 30)},
    )[number % 3]
    return _template(_on_sum(random), "any", f"e{number % 12}", lines if number < 40 else None)


def _template(
    offer: dict[str, Any], group: str, exclusive: str, lines: dict[str, list[str]] | None = None
) -> dict[str, Any]:
    found = {
        "currency": "USD",
        "offer": offer,
        "validity": {"kind": "after_issue", "days": 30},
        "group": group,
        "exclusive_group": exclusive,
        "stacks_with": {"kind": "any"},
    }
    return found if lines is None else found | {"lines": lines}


def _offer(random: Random) -> dict[str, Any]:
    return random.choice(
        (
            _on_sum(random),
            {"kind": "nth_item", "nth": 2, "basis_points": 5000, "times": 1},
            {"kind": "free_item"},
            {"kind": "fixed_price", "price": 1},
        )
    )


def _on_sum(random: Random) -> dict[str, Any]:
    if random.random() < 0.5:
        return {"kind": "amount_off", "amount": random.choice((2, 3, 5, 10))}
    return {"kind": "percentage", "basis_points": random.choice((500, 1000, 1500, 2000))}


def _proven(cases: Sequence[Case]) -> str:
    """How many searches were not cut short."""
    return f"{sum(each.evaluated().is_proven for each in cases)} of {len(cases)}"


def _slowest_ms(cases: Sequence[Case]) -> float:
    return max(_took_ms(each.evaluated) for each in cases)


def _took_ms(action: Callable[[], object]) -> float:
    start = time.perf_counter_ns()
    action()
    return (time.perf_counter_ns() - start) / 1_000_000
