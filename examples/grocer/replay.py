"""The replay: households, baskets and redemptions, sent through the client in the order of time.

Knows the client and the clock that it sets; knows no file and no database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from tallybook_client import Command, Money, Outcome, TallybookClient, TallybookError, requests
from tallybook_client.errors import NothingEarned

from examples.grocer.baskets import Basket, side_by_side
from examples.grocer.expected import THRESHOLD

UNIT = "points"
CURRENCY = "USD"
COMMANDS_PER_CALL = 100

SetClock = Callable[[datetime], None]
Advance = Callable[[int], None]
"""Told how many more baskets are done."""

T = TypeVar("T")


@dataclass(slots=True)
class Tally:
    """What a replay sent, and what became of it."""

    enrolled: int = 0
    awarded: int = 0
    too_small: int = 0
    """Baskets that earned nothing: the refusal NOTHING_EARNED."""
    free: int = 0
    """Baskets in which the store received nothing. They are not sent: there is no money to award for."""
    redeemed: int = 0
    recorded_now: int = 0
    """Commands that wrote an entry, and were not answered with the reply of an earlier time."""

    @property
    def baskets(self) -> int:
        """All baskets gone through."""
        return self.awarded + self.too_small + self.free


def replay(
    client: TallybookClient, baskets: Sequence[Basket], set_clock: SetClock, advance: Advance
) -> Tally:
    """Enroll everybody, then award every basket, and redeem 500 points each time a household holds them.

    Every request id is made of the basket, and what is sent depends on the replies alone. So a second replay
    sends the same requests and gets the same replies. Raises what a command was refused with, unless that is
    a basket too small to earn.
    """
    tally = Tally()
    set_clock(baskets[0].occurred_at)
    for some in _portions(sorted({basket.household for basket in baskets}), COMMANDS_PER_CALL):
        for reply in _replies(client, [requests.enroll_member(each, request_id="enroll") for each in some]):
            tally.enrolled += _was_carried_out(reply, tally)
    due: list[Command] = []
    for run in side_by_side(baskets, COMMANDS_PER_CALL):
        set_clock(run[-1].occurred_at)
        paid = [basket for basket in run if basket.cents]
        # What the run before led to goes first, so it comes before those households' next baskets.
        replies = _replies(client, [*due, *map(_award, paid)])
        tally.redeemed += sum(_was_carried_out(reply, tally) for reply in islice(replies, len(due)))
        due = [
            each for basket, reply in zip(paid, replies, strict=True) for each in _after(basket, reply, tally)
        ]
        tally.free += len(run) - len(paid)
        advance(len(run))
    tally.redeemed += sum(_was_carried_out(reply, tally) for reply in _replies(client, due))
    return tally


def _portions(things: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(things)
    while portion := list(islice(rest, size)):
        yield portion


def _replies(client: TallybookClient, commands: Sequence[Command]) -> Iterator[Outcome]:
    return iter(client.batch_post(commands) if commands else ())


def _award(basket: Basket) -> Command:
    return requests.award(
        basket.household,
        spend=Money(currency=CURRENCY, minor_units=basket.cents),
        request_id=basket.basket,
        occurred_at=basket.occurred_at,
    )


def _after(basket: Basket, outcome: Any, tally: Tally) -> Iterator[Command]:
    """What an award leads to: a redemption for each full 500 points, named after the basket."""
    if isinstance(outcome, NothingEarned):
        tally.too_small += 1
        return
    tally.awarded += _was_carried_out(outcome, tally)
    for number in range(1, outcome.balance.available // THRESHOLD + 1):
        yield requests.redeem(
            basket.household,
            amount=THRESHOLD,
            unit=UNIT,
            request_id=f"{basket.basket}-redeem-{number}",
            occurred_at=basket.occurred_at,
        )


def _was_carried_out(outcome: Outcome, tally: Tally) -> bool:
    """True, unless it was refused: then it raises why."""
    if isinstance(outcome, TallybookError):
        raise outcome
    tally.recorded_now += not outcome.replayed
    return True
