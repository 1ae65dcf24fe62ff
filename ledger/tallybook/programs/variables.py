"""What every condition sees of an occasion, order, member and local time. Pure: no clock, no database.

A slice adds those that it keeps in a way of its own, and then has all that `conditions` declares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Protocol


class Counted(Protocol):
    """What counts of an order: by line, and shipping last where it counts."""

    @property
    def spend(self) -> Sequence[int]: ...
    @property
    def quantities(self) -> Sequence[int]: ...


class Occasion(Protocol):
    """All that conditions can ask about; `local` is its moment in the program's time zone.

    `event` is what happened, such as a purchase. `member` are facts about its member, and `before` what was
    before it: how many orders, and when the last one was.
    """

    @property
    def event(self) -> Any: ...
    @property
    def local(self) -> datetime: ...
    @property
    def basket(self) -> Counted: ...
    @property
    def member(self) -> Any: ...
    @property
    def before(self) -> Any: ...


def _days_since(moment: datetime, seen: Occasion) -> int:
    """Days are counted from local date to local date."""
    return (seen.local.date() - moment.astimezone(seen.local.tzinfo).date()).days


def _days_since_last(seen: Occasion) -> int:
    last = seen.before.last_purchase_at
    return -1 if last is None else _days_since(last, seen)


def _lines(seen: Occasion) -> list[dict[str, object]]:
    """Shipping is none of them, and stands last in what counts."""
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


SHARED: Final[Mapping[str, Callable[[Occasion], object]]] = {
    "event.store": lambda seen: seen.event.store,
    "event.channel": lambda seen: seen.event.channel,
    "event.attributes": lambda seen: seen.event.attributes,
    "store": lambda seen: seen.event.store,
    "channel": lambda seen: seen.event.channel,
    "order.ordinal": lambda seen: seen.before.orders + 1,
    "order.days_since_last": _days_since_last,
    "order.spend": lambda seen: sum(seen.basket.spend),
    "order.quantity": lambda seen: sum(seen.basket.quantities),
    "order.currency": lambda seen: seen.event.currency,
    "lines": _lines,
    "member.tier": lambda seen: seen.member.tier,
    "member.tiers": lambda seen: list(seen.member.tiers),
    "member.memberships": lambda seen: list(seen.member.memberships),
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
"""How each of them is found."""
