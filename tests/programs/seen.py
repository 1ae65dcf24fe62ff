"""What conditions see of one purchase: every variable that there is."""

from datetime import UTC, datetime
from typing import Any

LINE = {
    "sku": "A1",
    "category": "dairy",
    "brand": "Meadow",
    "quantity": 2,
    "amount": 400,
    "spend": 380,
    "attributes": {"size": "1l"},
}
VARIABLES: dict[str, Any] = {
    "event.type": "purchase",
    "event.name": "purchase",
    "event.id": "o1",
    "event.store": "s1",
    "event.channel": "web",
    "event.attributes": {"gift": True, "minutes": 45, "note": "hi", "é": "x"},
    "store": "s1",
    "channel": "web",
    "member.tier": "gold",
    "member.tiers": ["gold", "regular"],
    "member.memberships": ["plus"],
    "member.tags": ["vip", "dairy"],
    "member.enrolled": datetime(2026, 1, 1, 12, tzinfo=UTC),
    "member.days_enrolled": 10,
    "member.birthday_month": 0,
    "local.year": 2026,
    "local.month": 1,
    "local.day": 11,
    "local.weekday": 7,
    "local.hour": 17,
    "local.minute": 30,
    "local.date": "2026-01-11",
    "order.ordinal": 1,
    "order.days_since_last": -1,
    "order.total": 1_250,
    "order.spend": 1_200,
    "order.quantity": 5,
    "order.currency": "USD",
    "lines": [LINE, {**LINE, "sku": "B2", "category": "bakery", "quantity": 3, "attributes": {}}],
}
