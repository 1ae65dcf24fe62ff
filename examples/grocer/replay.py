"""The replay: households, purchases, refunds, redemptions, in the order of time. Knows no database."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TypeVar

from examples.grocer.baskets import Basket
from examples.grocer.events import Event, side_by_side
from examples.grocer.expected import THRESHOLD
from examples.grocer.ledger import Answer, Enrollment, Ledger, Redemption

REQUESTS_PER_CALL = 100

Advance = Callable[[int], None]
"""Told how many more events are done."""

T = TypeVar("T")


@dataclass(slots=True)
class Tally:
    """What a replay sent, and what became of it: points by event and rule, none of them zero."""

    enrolled: int = 0
    purchases: int = 0
    refunds: int = 0
    redeemed: int = 0
    recorded_now: int = 0
    """Requests that wrote an entry, and were not answered with the reply of an earlier time."""
    rewards: dict[tuple[str, str], int] = field(default_factory=dict)
    taken: dict[tuple[str, str], int] = field(default_factory=dict)
    gifts: dict[tuple[str, str], int] = field(default_factory=dict)


def replay(
    ledger: Ledger,
    events: Sequence[Event],
    advance: Advance,
    stops: Sequence[datetime] = (),
    stopped: Callable[[datetime], None] | None = None,
) -> Tally:
    """Enroll everybody, then tell every event, and redeem 500 points each time a household holds them.

    Every request is named after its event, and what is sent depends on the answers alone: so to do it again
    sends the same requests and gets the same answers. The ledger's clock goes with the events, and at each of
    the `stops`, which are in order, the replay has `stopped`. Without them the clock stays where it is.
    """
    tally = Tally()
    for some in _portions(sorted({event.household for event in events}), REQUESTS_PER_CALL):
        answers = ledger.do([Enrollment(household) for household in some])
        tally.enrolled += len(answers)
        tally.recorded_now += _recorded_now(answers)
    begin = 0
    for stop in stops:
        end = bisect_right(events, stop, key=lambda event: event.occurred_at)
        _tell(ledger, events[begin:end], advance, tally, with_clock=True)
        ledger.set_clock(stop)
        if stopped is not None:
            stopped(stop)
        begin = end
    _tell(ledger, events[begin:], advance, tally, with_clock=bool(stops))
    return tally


def _tell(
    ledger: Ledger, events: Sequence[Event], advance: Advance, tally: Tally, *, with_clock: bool
) -> None:
    """Tell some of the events, and do all that they lead to."""
    due: list[Redemption] = []
    for run in side_by_side(events, REQUESTS_PER_CALL):
        if with_clock:
            ledger.set_clock(run[-1].occurred_at)
        # What the run before led to goes first, so it comes before those households' next events.
        answers = ledger.do([*due, *run])
        tally.redeemed += len(due)
        tally.recorded_now += _recorded_now(answers)
        told = zip(run, answers[len(due) :], strict=True)
        due = [redemption for event, answer in told for redemption in _after(event, answer, tally)]
        advance(len(run))
    tally.redeemed += len(due)
    tally.recorded_now += _recorded_now(ledger.do(due))


def _portions(things: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(things)
    while portion := list(islice(rest, size)):
        yield portion


def _recorded_now(answers: Iterable[Answer]) -> int:
    return sum(not answer.replayed for answer in answers)


def _after(event: Event, answer: Answer, tally: Tally) -> Iterator[Redemption]:
    """What an event leads to: a redemption for each full 500 points, named after it."""
    if isinstance(event, Basket):
        name = event.basket
        tally.purchases += 1
        tally.rewards |= {(name, rule): points for rule, points in answer.rewards.items()}
    else:
        name = event.refund
        tally.refunds += 1
        tally.taken |= {(name, rule): points for rule, points in answer.taken.items()}
    tally.gifts |= {(name, source): points for source, points in answer.gifts.items()}
    for number in range(1, answer.available // THRESHOLD + 1):
        yield Redemption(event.household, f"redeem/{event.key}/{number}", THRESHOLD, event.occurred_at)
