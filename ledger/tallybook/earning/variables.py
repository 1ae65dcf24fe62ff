"""What conditions see of an event, its order, the member and local time. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from tallybook.earning.events import CUSTOM, PURCHASE, Purchase, total_of
from tallybook.earning.spend import Basket
from tallybook.earning.state import EarningState, MemberFacts
from tallybook.programs.variables import SHARED


class Seen(NamedTuple):
    """All that conditions can ask about; `local` is the event's moment in the program's time zone."""

    event: Any  # a Purchase or a Custom: conditions were checked for the one or the other
    local: datetime
    basket: Basket
    member: MemberFacts
    before: EarningState


VARIABLES: Final[Mapping[str, Callable[[Seen], object]]] = {
    **SHARED,
    "event.type": lambda seen: PURCHASE if isinstance(seen.event, Purchase) else CUSTOM,
    "event.name": lambda seen: PURCHASE if isinstance(seen.event, Purchase) else seen.event.name,
    "event.id": lambda seen: seen.event.order_id if isinstance(seen.event, Purchase) else seen.event.event_id,
    "order.total": lambda seen: total_of(seen.event),
}
"""Each variable that a condition may name, and how it is found. On custom events there is no order."""
