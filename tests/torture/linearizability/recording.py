"""Lets clients loose on a few members all at once, and records what each did, when, and what it was told.

Knows drivers and threads; nothing of what is right.
"""

import random
import threading
import time
from collections.abc import Callable, Sequence

from tests.torture.linearizability.drivers import Driver
from tests.torture.linearizability.operations import (
    AWARD,
    CAPTURE,
    HOLD,
    READ,
    REDEEM,
    RELEASE,
    Call,
    Operation,
)

WEIGHTS = {AWARD: 20, REDEEM: 30, HOLD: 15, CAPTURE: 10, RELEASE: 5, READ: 20}
HOLD_NAMES = ("h1", "h2", "h3")
AMOUNT_MAX = 40
SENT_AGAIN_ONE_IN = 8
PATIENCE_S = 120


def record(
    drivers: Sequence[Driver], members: Sequence[str], calls: int, rng: random.Random
) -> list[Operation]:
    """What each client, one for each driver, did in so many calls."""
    together = threading.Barrier(len(drivers))
    clients = [
        _Client(number, driver, members, random.Random(rng.random()), together)
        for number, driver in enumerate(drivers)
    ]
    others = [clients[number - 1] for number in range(len(clients))]
    threads = [
        threading.Thread(target=client.run, args=(calls, other))
        for client, other in zip(clients, others, strict=True)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join(PATIENCE_S)
    for client in clients:
        if client.failure is not None:
            raise client.failure
    assert not any(each.is_alive() for each in threads), "a client hangs"
    return [operation for client in clients for operation in client.operations]


class _Client:
    """One client: draws what it does from its own randomness, and sometimes sends again what another sent."""

    def __init__(
        self,
        number: int,
        driver: Driver,
        members: Sequence[str],
        rng: random.Random,
        together: threading.Barrier,
    ) -> None:
        self._number = number
        self._driver = driver
        self._members = members
        self._rng = rng
        self._together = together
        self.sent: list[tuple[str, Call]] = []
        self.operations: list[Operation] = []
        self.failure: BaseException | None = None

    def run(self, calls: int, other: "_Client") -> None:
        """Make so many calls, beginning when all clients do."""
        try:
            self._together.wait(PATIENCE_S)
            for _ in range(calls):
                self._perform(*self._draw(other))
        except BaseException as error:
            self.failure = error
            raise

    def _perform(self, member: str, call: Call) -> None:
        self.sent.append((member, call))
        invoked = time.monotonic_ns()
        outcome = self._driver.perform(member, call)
        returned = None if outcome is None else time.monotonic_ns()
        self.operations.append(Operation(self._number, member, call, invoked, returned, outcome))

    def _draw(self, other: "_Client") -> tuple[str, Call]:
        if other.sent and not self._rng.randrange(SENT_AGAIN_ONE_IN):
            return other.sent[-1]
        (what,) = self._rng.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))
        request_id = "" if what == READ else f"c{self._number}-{len(self.sent)}"
        return self._rng.choice(self._members), _DRAWN[what](self._rng, request_id)


def _of_amount(what: str) -> Callable[[random.Random, str], Call]:
    return lambda rng, request_id: Call(what, request_id, rng.randint(1, AMOUNT_MAX))


def _of_hold(what: str, *amounts: int) -> Callable[[random.Random, str], Call]:
    """About one of few holds; an amount of 0 is all of it."""

    def draw(rng: random.Random, request_id: str) -> Call:
        amount = rng.choice(amounts) if amounts else 0
        return Call(what, request_id, amount, rng.choice(HOLD_NAMES))

    return draw


_DRAWN: dict[str, Callable[[random.Random, str], Call]] = {
    AWARD: _of_amount(AWARD),
    REDEEM: _of_amount(REDEEM),
    HOLD: _of_hold(HOLD, 5, 15, 30),
    CAPTURE: _of_hold(CAPTURE, 0, 5, 20),
    RELEASE: _of_hold(RELEASE),
    READ: lambda _rng, _request_id: Call(READ),
}
