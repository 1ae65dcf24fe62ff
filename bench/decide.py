"""purchase_decide: what a purchase of five lines earns, under 5 rules and under 50. Knows no database."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Any, Final, NamedTuple

from tallybook.earning.evaluate import evaluate
from tallybook.earning.events import Discount, Line, Purchase, Tender, check_event, total_of
from tallybook.earning.spend import basket_of
from tallybook.earning.state import EarningState, MemberFacts
from tallybook.earning.variables import VARIABLES, Seen
from tallybook.programs import Program, compiled, parse
from tallybook.programs.conditions import activation
from tallybook.programs.rules import EventRules
from tallybook.programs.variables import variables_of

from bench.figures import Figure, in_turn, side
from bench.stage import Length, Stage

MICROSECONDS: Final = "us"
AT: Final = datetime(2026, 3, 3, 12, tzinfo=UTC)
FEW: Final = 1
MANY: Final = 10
"""How many times over the program has its five rules."""

_SHARED: Final = """
program: shop
timezone: Europe/Berlin
units:
  points:
    kind: redeemable
    expiry: {kind: end_of_month, plus_months: 12}
spend: {excluded_tenders: [points]}
calendars:
  working_days: {weekdays: [mon, tue, wed, thu, fri]}
caps:
  points: [{period: day, most: 1000000}]
budgets:
  spring: {unit: points, most: 1000000}
rules:
"""

_FIVE_RULES: Final = """
  base{n}:
    unit: points
    formula: {{kind: rate, units: 1, per: "1.00", currency: USD}}
    condition: 'order.total > {n}'
  dairy{n}:
    unit: points
    formula: {{kind: rate, units: 2, per: "1.00", currency: USD}}
    lines: {{categories: [dairy]}}
    condition: 'order.spend >= 1000 && member.tier == "gold"'
    caps: [{{period: month, most: 5000}}]
  pieces{n}:
    unit: points
    formula: {{kind: quantity, units: 5, per: 3}}
    lines: {{skus: [A1, A2]}}
    when: {{calendars: [working_days], from: "2026-01-01", until: "2026-12-31"}}
    condition: 'channel == "app" || store == "s{n}"'
  welcome{n}:
    unit: points
    formula: {{kind: fixed, units: 100}}
    condition: 'order.ordinal == 1 && lines.exists(l, l.category == "dairy")'
    caps: [{{period: life, times: 1}}]
    budget: spring
  double{n}:
    unit: points
    formula: {{kind: multiplier, times: 2, of: [base{n}]}}
    lines: {{brands: [b1]}}
    condition: '"vip" in member.tags && local.hour < 23'
"""

MEMBER: Final = MemberFacts(
    tier="gold", tags=("vip",), enrolled_at=datetime(2025, 1, 1, tzinfo=UTC), birthday_month=3, frozen=False
)
NEW: Final = EarningState()
ROOM: Final = {"spring": 1_000_000}


class Size(NamedTuple):
    """How often a purchase is decided in each round."""

    decisions: int
    rounds: int


SIZES: Final = {
    Length.QUICK: Size(20, 2),
    Length.DEFAULT: Size(500, 31),
    Length.LONG: Size(2_000, 31),
}


def run(stage: Stage) -> Figure:
    """Decide the purchase under both programs in turn; beside it, the part that conditions take."""
    size = SIZES[stage.length]
    event = purchase()
    few, many = program(FEW), program(MANY)
    with stage.bar("purchase_decide", 4 * size.rounds) as bar:

        def timed(action: Callable[[], object]) -> float:
            bar.advance()
            return _median_us(action, size.decisions)

        turns = in_turn(
            size.rounds,
            lambda: timed(lambda: evaluate(event, AT, few, MEMBER, NEW, ROOM)),
            lambda: timed(lambda: evaluate(event, AT, many, MEMBER, NEW, ROOM)),
        )
        asked = in_turn(size.rounds, lambda: timed(_asking(event, few)), lambda: timed(_asking(event, many)))
    return Figure(
        ratio=median(turns.first),
        sides={"rules_5": side(turns.first, MICROSECONDS), "rules_50": side(turns.second, MICROSECONDS)},
        parameters=size._asdict()
        | {"lines": len(event.lines), "rewards": {5: rewards(few), 50: rewards(many)}},
        beside={
            "conditions_us": {"rules_5": median(asked.first), "rules_50": median(asked.second)},
            "conditions_share": {
                "rules_5": median(asked.first) / median(turns.first),
                "rules_50": median(asked.second) / median(turns.second),
            },
        },
    )


def program(times: int) -> Program:
    """The five rules, so many times over."""
    return compiled(parse(_SHARED + "".join(_FIVE_RULES.format(n=n) for n in range(times))), 1)


def purchase() -> Purchase:
    """Five lines, a discount, and a part that was paid with points."""
    lines = tuple(
        Line(
            sku=f"A{number}",
            category=("dairy", "meat")[number % 2],
            brand=f"b{number % 3}",
            quantity=1 + number,
            amount=399 + 137 * number,
        )
        for number in range(5)
    )
    off = (Discount(code="spring", amount=200),)
    unpaid = Purchase(order_id="o1", currency="USD", lines=lines, discounts=off)
    tenders = (Tender(kind="points", amount=300), Tender(kind="card", amount=total_of(unpaid) - 300))
    event = Purchase(
        order_id="o1", currency="USD", lines=lines, discounts=off, tenders=tenders, store="s1", channel="app"
    )
    check_event(event)
    return event


def rewards(of: Program) -> int:
    """How many rules give something for the purchase: all of them, or the figure is not about them."""
    found = evaluate(purchase(), AT, of, MEMBER, NEW, ROOM)
    assert len(found.rewards) == len(of.rules.rules)
    return len(found.rewards)


def _asking(event: Purchase, of: Program) -> Callable[[], object]:
    """What conditions take: to look up the variables that they read, and to ask them as `evaluate` does."""
    kind: EventRules = of.rules.by_event["purchase"]
    together = {name for each in kind.together for name in each.names}
    rules = [each.rule for each in kind.rules]
    alone = [rule.condition for rule in rules if rule.condition and rule.code not in together]
    basket = basket_of(event, of.rules.spend)
    local = AT.astimezone(of.zone)

    def ask() -> Any:
        variables = activation(variables_of(kind.reads, Seen(event, local, basket, MEMBER, NEW), VARIABLES))
        return [each.answers(variables) for each in kind.together], [each.holds(variables) for each in alone]

    return ask


def _median_us(action: Callable[[], object], times: int) -> float:
    """The median of so many runs, each timed by itself: what interrupts one of them counts once."""
    took = []
    for _ in range(times):
        start = time.perf_counter_ns()
        action()
        took.append(time.perf_counter_ns() - start)
    return median(took) / 1_000
