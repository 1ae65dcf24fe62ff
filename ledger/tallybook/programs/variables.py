"""What every condition sees of an occasion, order, member and local time. Pure: no clock, no database.

A slice adds those that it keeps in a way of its own, and then has all that `conditions` declares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, Final, Protocol

from tallybook.programs.conditions import LINE_FIELDS


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


def _attributes_of_lines(name: str) -> Callable[[Occasion], Iterable[object]]:
    found = attrgetter(name)
    return lambda seen: map(found, seen.event.lines)


_FIELDS_OF_LINES: Final[Mapping[str, tuple[str, Callable[[Occasion], Iterable[object]]]]] = {
    **{f"lines.{name}": (name, _attributes_of_lines(name)) for name in LINE_FIELDS},
    "lines.spend": ("spend", lambda seen: seen.basket.spend),  # shipping stands last in it, and is no line
}
"""Each field of lines, by how conditions read it: its name, and how those of all lines are found."""


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
    "lines": lambda seen: [{} for _ in seen.event.lines],
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
"""How each of them is found; lines are still without their fields."""


def variables_of(
    reads: Iterable[str], seen: Occasion, finders: Mapping[str, Callable[[Any], object]] = SHARED
) -> dict[str, object]:
    """The variables that conditions read, and of lines the fields that they read and no others."""
    found: dict[str, Any] = {}
    fields = []
    for name in reads:
        field = _FIELDS_OF_LINES.get(name)
        if field is None:
            found[name] = finders[name](seen)
        else:
            fields.append(field)
    for name, values in fields:
        for line, value in zip(found["lines"], values(seen), strict=False):
            line[name] = value
    return found
