"""Purchases and refunds together, in the order in which they happened. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from examples.grocer.baskets import Basket
from examples.grocer.refunds import Refund

Event = Basket | Refund


def in_order(events: Iterable[Event]) -> list[Event]:
    """Events in the order of time; those of one moment by their keys, as the book has them."""
    return sorted(events, key=lambda event: (event.occurred_at, event.key))


def side_by_side(events: Iterable[Event], most: int) -> Iterator[list[Event]]:
    """Runs of events that can be sent together: up to `most`, in their order, no household twice.

    So whatever an event leads to can be done before the household's next one.
    """
    run: list[Event] = []
    households: set[str] = set()
    for event in events:
        if event.household in households or len(run) == most:
            yield run
            run, households = [], set()
        run.append(event)
        households.add(event.household)
    if run:
        yield run
