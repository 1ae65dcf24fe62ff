"""Ways to ask a book: the library, the service, and doctored ones that a checker must see through.

A driver makes one call at a time and tells what became of it; each client has its own. None stands for an
unknown outcome: the call may take effect later, or never.
"""

import random
import time
from concurrent.futures import Executor
from typing import Any, Protocol

import tallybook as tb
from tallybook_client import Failed, TallybookClient, errors
from tallybook_client import Refused as RefusedCall

from tests.torture.linearizability import operations
from tests.torture.linearizability.operations import READ, REDEEM, Call, Done, Outcome, Refused

PROGRAM, UNIT = "demo", "points"


class Driver(Protocol):
    """Makes a call about a member."""

    def perform(self, member: str, call: Call) -> Outcome | None: ...


# --- the library -----------------------------------------------------------------------------------------


class BookDriver:
    """Asks a book in this process, which many clients share."""

    def __init__(self, book: tb.Book) -> None:
        self._book = book

    def perform(self, member: str, call: Call) -> Outcome | None:
        try:
            if call.what == READ:
                sheet = self._book.ask(tb.Balances(program=PROGRAM, member=member))
                return _done(sheet.version, sheet.of(UNIT))
            reply = self._book.do(_command(member, call))
            return _done(reply.entry, reply.balance)
        except tb.Refusal as refused:
            return _refused(refused.code, refused)
        except (tb.DatabaseUnavailable, tb.OutcomeUnknown):
            return None


def _command(member: str, call: Call) -> Any:
    own = {"program": PROGRAM, "member": member, "request_id": call.request_id}
    match call.what:
        case operations.AWARD:
            return tb.Award(**own, unit=UNIT, amount=call.amount)
        case operations.REDEEM:
            return tb.Redeem(**own, unit=UNIT, amount=call.amount)
        case operations.HOLD:
            return tb.Hold(**own, unit=UNIT, amount=call.amount, hold_id=call.hold)
        case operations.CAPTURE:
            return tb.Capture(**own, hold_id=call.hold, amount=call.amount or None)
        case operations.RELEASE:
            return tb.Release(**own, hold_id=call.hold)
    raise AssertionError(call)


def _done(entries: int, balance: Any) -> Done:
    return Done(entries, balance.available, balance.held)


def _refused(code: str, facts: Any) -> Refused:
    """A refusal of the library's, or the client's, whose facts have the same names."""
    match code:
        case "NOT_ENOUGH_POINTS":
            return Refused(code, (facts.available,))
        case "HOLD_RESOLVED":
            return Refused(code, (facts.state, facts.entry))
        case "CAPTURE_EXCEEDS_HOLD":
            return Refused(code, (facts.held,))
    return Refused(code, ())


# --- the service -----------------------------------------------------------------------------------------


class ServiceDriver:
    """Asks a server, through a connection of its own; a failed call has an unknown outcome."""

    def __init__(self, client: TallybookClient) -> None:
        self._client = client

    def perform(self, member: str, call: Call) -> Outcome | None:
        try:
            if call.what == READ:
                found = self._client.get_balances(member, units=[UNIT])
                return _done(found.version, found.balances[0].balance)
            reply = self._post(member, call)
            return _done(reply.entry, reply.balance)
        except RefusedCall as refused:
            return _refused(refused.reason, refused)
        except errors.Internal:
            raise
        except Failed:
            return None

    def _post(self, member: str, call: Call) -> Any:
        own: dict[str, Any] = {"request_id": call.request_id}
        match call.what:
            case operations.AWARD:
                return self._client.award(member, amount=call.amount, unit=UNIT, **own)
            case operations.REDEEM:
                return self._client.redeem(member, amount=call.amount, unit=UNIT, **own)
            case operations.HOLD:
                return self._client.hold(member, amount=call.amount, unit=UNIT, hold_id=call.hold, **own)
            case operations.CAPTURE:
                return self._client.capture(member, call.hold, amount=call.amount or None, **own)
            case operations.RELEASE:
                return self._client.release(member, call.hold, **own)
        raise AssertionError(call)


# --- a network that loses things -------------------------------------------------------------------------


class Losing:
    """Gives up on one call in so many at once: it was not sent, arrives late, or its answer is lost."""

    def __init__(self, driver: Driver, rng: random.Random, one_in: int, late: Executor) -> None:
        self._driver = driver
        self._rng = rng
        self._one_in = one_in
        self._late = late

    def perform(self, member: str, call: Call) -> Outcome | None:
        if call.what == READ or self._rng.randrange(self._one_in):
            return self._driver.perform(member, call)
        match self._rng.choice(["never sent", "late", "answer lost"]):
            case "late":
                self._late.submit(self._arrive, self._rng.uniform(0, 0.05), member, call)
            case "answer lost":
                self._driver.perform(member, call)
        return None

    def _arrive(self, seconds: float, member: str, call: Call) -> None:
        time.sleep(seconds)
        self._driver.perform(member, call)


# --- what must be caught ---------------------------------------------------------------------------------


class StaleReads:
    """Shows a member's balances as they were a while ago, once in a while: a cache that nobody clears."""

    def __init__(self, driver: Driver, seen: dict[str, Outcome | None]) -> None:
        self._driver = driver
        self._seen = seen

    def perform(self, member: str, call: Call) -> Outcome | None:
        if call.what != READ:
            return self._driver.perform(member, call)
        fresh = self._driver.perform(member, call)
        return self._seen.setdefault(member, fresh)


class DoubleSpends:
    """Confirms redemptions from what it last saw and never tells the book: the points are there again.

    So does a cache that answers before it writes, and is then lost.
    """

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def perform(self, member: str, call: Call) -> Outcome | None:
        if call.what != REDEEM:
            return self._driver.perform(member, call)
        seen = self._driver.perform(member, Call(READ))
        assert isinstance(seen, Done)
        assert seen.available is not None
        assert seen.entries is not None
        if seen.available < call.amount:
            return Refused("NOT_ENOUGH_POINTS", (seen.available,))
        return Done(seen.entries + 1, seen.available - call.amount, seen.held)


class Nearsighted:
    """Tells of commands whether they were done, and of reads what is available, and nothing more."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    def perform(self, member: str, call: Call) -> Outcome | None:
        outcome = self._driver.perform(member, call)
        if isinstance(outcome, Refused):
            return Refused(outcome.code)
        if isinstance(outcome, Done) and call.what != READ:
            return Done()
        return outcome if outcome is None else Done(available=outcome.available)
