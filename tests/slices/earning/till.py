"""A till for tests of earning: short ways to write rules and orders, and a member who keeps buying."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from tallybook.earning.evaluate import Evaluation, evaluate
from tallybook.earning.events import Custom, Discount, Line, Purchase, Tender, check_event
from tallybook.earning.state import EarningState, MemberFacts
from tallybook.programs.conditions import compile_condition
from tallybook.programs.program import Unit
from tallybook.programs.rules import Formula, PerMoney, Rule, Rules

from tests.programs import documents

TUESDAY = datetime(2026, 3, 3, 12, tzinfo=UTC)
PER_UNIT = PerMoney(1, 100, "USD")
"""A point for every dollar."""
GOLD = MemberFacts(
    tier="gold", tags=("vip",), enrolled_at=datetime(2026, 1, 1, tzinfo=UTC), birthday_month=3, frozen=False
)
UNITS = documents.program(
    units={
        "points": {"kind": "redeemable", "expiry": {"kind": "after_days", "days": 365}},
        "growth": {"kind": "redeemable", "vesting": {"kind": "after_days", "days": 7}},
    }
).units


@dataclass(frozen=True)
class EarningOnly:
    """As much of a program as earning needs."""

    rules: Rules
    units: Mapping[str, Unit]
    zone: ZoneInfo


def program(*rules: Rule, zone: str = "UTC", **shared: Any) -> EarningOnly:
    """A program of these rules; `shared` are further fields of `Rules`."""
    return EarningOnly(Rules(rules, **shared), UNITS, ZoneInfo(zone))


def rule(code: str = "base", formula: Formula = PER_UNIT, condition: str = "", **changes: Any) -> Rule:
    """A rule on purchases, in points of the house, unless otherwise said."""
    attributes = frozenset[tuple[str, str]]() if changes.get("event", "purchase") != "purchase" else None
    checked = compile_condition(condition, attributes) if condition else None
    given = {"unit": "points", "fund": "house", "event": "purchase", "condition": checked, **changes}
    return Rule(code=code, formula=formula, **given)


def line(amount: int, category: str = "", **changes: Any) -> Line:
    return Line(amount=amount, category=category, **changes)


def order(*lines: Line | int, off: int = 0, paid: Mapping[str, int] = {}, **changes: Any) -> Purchase:
    """A purchase in dollars; `off` is a discount on all of it, `paid` the tenders by kind."""
    event = Purchase(
        order_id=changes.pop("order_id", "o1"),
        currency=changes.pop("currency", "USD"),
        lines=tuple(Line(amount=each) if isinstance(each, int) else each for each in lines),
        discounts=(Discount(code="c", amount=off),) if off else (),
        tenders=tuple(Tender(kind=kind, amount=amount) for kind, amount in paid.items()),
        **changes,
    )
    check_event(event)
    return event


class Till:
    """A member who buys under one program: each event is put to the state that those before have left."""

    def __init__(self, *rules: Rule, room: Mapping[str, int] = {}, **shared: Any) -> None:
        self.program = program(*rules, **shared)
        self.room = dict(room)
        self.state = EarningState()

    def ring(
        self, *event: Purchase | Custom | int, at: datetime = TUESDAY, member: MemberFacts = GOLD
    ) -> Evaluation:
        """What an event earns, or an order of lines that cost so much."""
        amounts = [each for each in event if isinstance(each, int)]
        (told,) = [order(*amounts)] if amounts else [each for each in event if not isinstance(each, int)]
        found = evaluate(told, at, self.program, member, self.state, self.room)
        self.state = found.state
        for code, amount in found.draws.items():
            self.room[code] -= amount
        return found


def amounts(found: Evaluation) -> dict[str, int]:
    """What each rule gave."""
    return {reward.rule: reward.amount for reward in found.rewards}


def cuts(found: Evaluation) -> Iterator[tuple[str, str, int]]:
    """Each rule that was cut: by what, and by how much."""
    for reward in found.rewards:
        for cut in reward.cuts:
            yield reward.rule, cut.what, cut.by


def skips(found: Evaluation) -> list[tuple[str, str, str]]:
    """Each rule that was skipped: why, and the detail."""
    return [(each.rule, each.why, each.detail) for each in found.skipped]


def written(state: EarningState) -> bytes:
    """A state as it is kept."""
    return msgspec.json.encode(state)


def day(text: str, hour: int = 12) -> datetime:
    """An hour of a day, in UTC."""
    given = date.fromisoformat(text)
    return datetime(given.year, given.month, given.day, hour, tzinfo=UTC)
