"""What conditions see, as they see it. Knows no database."""

from datetime import UTC, datetime

import pytest
from tallybook.earning.events import Custom
from tallybook.earning.state import EarningState
from tallybook.earning.variables import VARIABLES
from tallybook.programs.conditions import EVENT_VARIABLES, PURCHASE_VARIABLES
from tallybook.programs.rules import Fixed, Spend

from tests.slices.earning.till import GOLD, Till, amounts, day, line, order, rule

EVENING = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
ORDER = order(
    line(1200, "dairy", sku="A1", brand="b", quantity=2, attributes={"origin": "alps"}),
    line(800, "meat"),
    off=200,
    tax=50,
    shipping=300,
    paid={"points": 215, "card": 1935},
    store="s1",
    channel="app",
    attributes={"gift": True, "minutes": 7},
)
REVIEW = Custom(name="review", event_id="r1", store="s2", attributes={"stars": 5})


def holds(condition: str, state: EarningState | None = None) -> bool:
    """Whether a condition holds for the order, after midnight in Berlin and before it in UTC."""
    till = Till(
        rule(formula=Fixed(1), condition=condition),
        spend=Spend(shipping=True, excluded_tenders=frozenset({"points"})),
        zone="Europe/Berlin",
    )
    till.state = state or till.state
    found = till.ring(ORDER, at=EVENING)
    assert found.skipped == ()
    return bool(found.rewards)


def test_every_declared_variable_can_be_found_and_no_other() -> None:
    assert VARIABLES.keys() == EVENT_VARIABLES.keys() | PURCHASE_VARIABLES.keys()


@pytest.mark.parametrize(
    "condition",
    [
        'event.type == "purchase" && event.name == "purchase" && event.id == "o1"',
        'event.store == "s1" && store == "s1" && event.channel == "app" && channel == "app"',
        "event.attributes.gift && event.attributes.minutes == 7",
        "order.total == 2150 && order.quantity == 3",
        "order.spend == 1890",
        'order.currency == "USD"',
        "size(lines) == 2",
        'lines.exists(l, l.sku == "A1" && l.category == "dairy" && l.brand == "b" && l.quantity == 2)',
        'lines.exists(l, l.amount == 1200 && l.spend == 972 && l.attributes.origin == "alps")',
        'lines.exists(l, l.sku == "A1")',
        'lines.exists(l, l.category == "meat")',
        'lines.exists(l, l.brand == "b")',
        "lines.exists(l, l.quantity == 2) && lines.exists_one(other, other.quantity == 1)",
        "lines.all(l, l.amount == 1200 || l.amount == 800)",
        "lines.all(l, l.spend == 972 || l.spend == 648)",
        "lines.exists(l, has(l.attributes.origin)) && !lines.all(l, has(l.attributes.origin))",
        "lines.exists(l, size(l.attributes) == 1)",
        """lines.exists(l, 'origin' in l.attributes && l.attributes["origin"] == "alps")""",
        'member.tier == "gold" && "vip" in member.tags && member.birthday_month == 3',
        'member.enrolled == timestamp("2026-01-01T00:00:00Z") && member.days_enrolled == 62',
        "local.year == 2026 && local.month == 3 && local.day == 4 && local.weekday == 3",
        'local.hour == 0 && local.minute == 30 && local.date == "2026-03-04"',
    ],
)
def test_conditions_see_the_order_the_member_and_local_time(condition: str) -> None:
    assert holds(condition)
    assert not holds(f"!({condition})")


def test_the_first_purchase_has_ordinal_1_and_none_before_it() -> None:
    assert holds("order.ordinal == 1 && order.days_since_last == -1")


def test_days_since_the_last_purchase_are_counted_from_local_date_to_local_date() -> None:
    assert holds(
        "order.ordinal == 8 && order.days_since_last == 3",
        EarningState(7, datetime(2026, 3, 1, 22, tzinfo=UTC)),
    )
    assert holds("order.days_since_last == 2", EarningState(7, datetime(2026, 3, 1, 23, tzinfo=UTC)))


def test_an_event_before_the_enrollment_is_on_its_first_day() -> None:
    till = Till(rule(formula=Fixed(1), condition="member.days_enrolled == 0"))
    assert GOLD.enrolled_at > day("2025-12-01")
    assert amounts(till.ring(ORDER, at=day("2025-12-01"))) == {"base": 1}


def test_conditions_on_custom_events_see_what_every_event_has() -> None:
    condition = 'event.type == "custom" && event.name == "review" && event.id == "r1" && store == "s2"'
    till = Till(
        rule(formula=Fixed(1), event="review", condition=condition),
        rule("gold", Fixed(2), event="review", condition='member.tier == "gold" && local.hour == 12'),
        rule("purchase", Fixed(4), condition="order.ordinal == 1"),
    )
    assert amounts(till.ring(REVIEW)) == {"base": 1, "gold": 2}
