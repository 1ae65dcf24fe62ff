"""What conditions see of an event, its order, the member and local time. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from tallybook.earning.events import CUSTOM, PURCHASE, Purchase, total_of
from tallybook.earning.spend import Basket
from tallybook.earning.state import EarningState, MemberFacts


class Seen(NamedTuple):
    """All that conditions can ask about; `local` is the event's moment in the program's time zone."""

    event: Any  # a Purchase or a Custom: conditions were checked for the one or the other
    local: datetime
    basket: Basket
    member: MemberFacts
    before: EarningState


def variables_of(names: Iterable[str], seen: Seen) -> dict[str, object]:
    """The named variables. Conditions on custom events name none of an order."""
    return {name: VARIABLES[name](seen) for name in names}


def _days_since(moment: datetime, seen: Seen) -> int:
    """Days are counted from local date to local date."""
    return (seen.local.date() - moment.astimezone(seen.local.tzinfo).date()).days


def _days_since_last(seen: Seen) -> int:
    last = seen.before.last_purchase_at
    return -1 if last is None else _days_since(last, seen)


def _lines(seen: Seen) -> list[dict[str, object]]:
    """Shipping is none of them, and stands last in the basket."""
    return [
        {
            "sku": line.sku,
            "category": line.category,
            "brand": line.brand,
            "quantity": line.quantity,
            "amount": line.amount,
            "spend": spend,
            "attributes": line.attributes,
        }
        for line, spend in zip(seen.event.lines, seen.basket.spend, strict=False)
    ]


VARIABLES: Final[Mapping[str, Callable[[Seen], object]]] = {
    "event.type": lambda seen: PURCHASE if isinstance(seen.event, Purchase) else CUSTOM,
    "event.name": lambda seen: PURCHASE if isinstance(seen.event, Purchase) else seen.event.name,
    "event.id": lambda seen: seen.event.order_id if isinstance(seen.event, Purchase) else seen.event.event_id,
    "event.store": lambda seen: seen.event.store,
    "event.channel": lambda seen: seen.event.channel,
    "event.attributes": lambda seen: seen.event.attributes,
    "store": lambda seen: seen.event.store,
    "channel": lambda seen: seen.event.channel,
    "order.ordinal": lambda seen: seen.before.orders + 1,
    "order.days_since_last": _days_since_last,
    "order.total": lambda seen: total_of(seen.event),
    "order.spend": lambda seen: sum(seen.basket.spend),
    "order.quantity": lambda seen: sum(seen.basket.quantities),
    "order.currency": lambda seen: seen.event.currency,
    "lines": _lines,
    "member.tier": lambda seen: seen.member.tier,
    "member.tags": lambda seen: list(seen.member.tags),
    "member.enrolled": lambda seen: seen.member.enrolled_at,
    "member.days_enrolled": lambda seen: max(0, _days_since(seen.member.enrolled_at, seen)),
    "member.birthday_month": lambda seen: seen.member.birthday_month,
    "local.year": lambda seen: seen.local.year,
    "local.month": lambda seen: seen.local.month,
    "local.day": lambda seen: seen.local.day,
    "local.weekday": lambda seen: seen.local.isoweekday(),
    "local.hour": lambda seen: seen.local.hour,
    "local.minute": lambda seen: seen.local.minute,
    "local.date": lambda seen: seen.local.date().isoformat(),
}
"""Each variable that a condition may name, and how it is found."""
