"""The ledger as a service: a server in a process of its own, asked through the client."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from google.type.date_pb2 import Date
from tallybook import Book
from tallybook_client import (
    Command,
    CouponSheet,
    Outcome,
    PurchaseLine,
    RecordEventResponse,
    RefundLine,
    TallybookClient,
    TallybookError,
    requests,
)

from examples.grocer.baskets import Basket
from examples.grocer.campaigns import attribute
from examples.grocer.expected import Holding
from examples.grocer.grown import DEPARTMENTS, WEEKS, Standing
from examples.grocer.ledger import (
    CURRENCY,
    GROWTH,
    LADDER,
    UNIT,
    Answer,
    Enrollment,
    Redemption,
    Request,
    Verified,
    summed,
)
from examples.grocer.refunds import Refund
from examples.grocer.server import server

CALL_LIMIT_S = 60
"""Behind a sweep that lets a hundred thousand coupons expire, a call may wait on a slow machine."""


@contextmanager
def served(url: str, program: str, beginning: datetime) -> Iterator[Service]:
    """Serve the database at `url`, with a program in force, and a clock that stands at `beginning`.

    Raises `ServerFailed` where the server does not start, or does not end well.
    """
    with tempfile.TemporaryDirectory(prefix="grocer-server-") as folder:
        clock = Clock(Path(folder) / "clock", beginning)
        with server(url, clock.file, log=Path(folder) / "log") as address:
            with TallybookClient(address, timeout=CALL_LIMIT_S) as stranger:
                code = stranger.apply_program(program).program.program
            with TallybookClient(address, program=code, timeout=CALL_LIMIT_S) as client:
                yield Service(client, url, clock)


class Clock:
    """Stands until it is set. The server reads it from a file."""

    def __init__(self, file: Path, moment: datetime) -> None:
        self.file = file
        self.set(moment)

    def set(self, moment: datetime) -> None:
        """Let it stand at another moment."""
        self.moment = moment
        unfinished = self.file.with_suffix(".unfinished")
        unfinished.write_text(moment.isoformat())
        os.replace(unfinished, self.file)


class Service:
    """A `Ledger` behind a client. Sweeping is a chore of the server's keeper, done here beside it."""

    def __init__(self, client: TallybookClient, url: str, clock: Clock) -> None:
        self.client = client
        self.clock = clock
        self._url = url

    def set_clock(self, moment: datetime) -> None:
        self.clock.set(moment)

    def do(self, asked: Sequence[Request]) -> list[Answer]:
        outcomes = self.client.batch_post([_command(each) for each in asked]) if asked else ()
        return [_answer(outcome) for outcome in outcomes]

    def holding(self, household: str) -> tuple[Holding, int]:
        reply = self.client.get_balances(household, units=[UNIT])
        (unit,) = reply.balances
        lots = {_day(lot.expires_on): lot.amount for lot in unit.lots}
        return Holding(unit.balance.available, lots, unit.balance.arrears), reply.version

    def standing(self, household: str) -> Standing:
        (ladder,) = self.client.get_tiers(household).ladders
        times = {task.task: task.times for task in self.client.get_tasks(household).tasks}
        return Standing(ladder.tier, ladder.counts[GROWTH], times[DEPARTMENTS], times[WEEKS])

    def tier_at(self, household: str, moment: datetime) -> str | None:
        reply = self.client.get_tier_at(household, LADDER, moment)
        return reply.tier if reply.HasField("tier") else None

    def accounts(self, unit: str) -> dict[str, int]:
        sums: dict[str, int] = {}
        for row in self.client.get_trial_balance(unit=unit).rows:
            sums[row.account] = sums.get(row.account, 0) + int(row.amount)
        return {account: amount for account, amount in sums.items() if amount}

    def coupon_sheets(self) -> dict[str, CouponSheet]:
        """What became of coupons, by template."""
        return {sheet.template: sheet for sheet in self.client.get_coupon_report().sheets}

    def sweep(self) -> None:
        with Book.open(self._url, clock=lambda: self.clock.moment) as book:
            while book.sweep():
                pass

    def verify(self) -> Verified:
        members = entries = 0
        disagreements = []
        for message in self.client.verify():
            if message.HasField("disagreement"):
                told = message.disagreement
                disagreements.append(f"{told.member} entry {told.entry}: {told.problem}")
            elif message.HasField("summary"):
                members, entries = message.summary.members, message.summary.entries
        return Verified(members, entries, disagreements)


def _day(message: Date) -> date:
    return date(message.year, message.month, message.day)


def _command(request: Request) -> Command:
    match request:
        case Enrollment(household):
            return requests.enroll_member(household, request_id="enroll")
        case Redemption():
            return requests.redeem(
                request.household,
                amount=request.points,
                unit=UNIT,
                request_id=request.request,
                occurred_at=request.occurred_at,
            )
        case Basket():
            return requests.record_purchase(
                request.household,
                order_id=request.basket,
                currency=CURRENCY,
                lines=[
                    PurchaseLine(
                        sku=line.product, category=line.department, quantity=line.quantity, amount=line.cents
                    )
                    for line in request.lines
                ],
                store=request.store,
                attributes={attribute(number): True for number in request.campaigns},
                occurred_at=request.occurred_at,
            )
        case Refund():
            line = RefundLine(line_id=str(request.line), quantity=request.quantity, amount=request.cents)
            return requests.record_refund(
                request.household,
                refund_id=request.refund,
                order_id=request.basket,
                lines=[line],
                occurred_at=request.occurred_at,
            )


def _answer(outcome: Outcome) -> Answer:
    """What came of a command; raises what it was refused with."""
    match outcome:
        case TallybookError():
            raise outcome
        case RecordEventResponse():
            available = sum(balance.available for balance in outcome.balances if balance.unit == UNIT)
            return Answer(
                outcome.replayed,
                available,
                {reward.rule: reward.amount for reward in outcome.rewards},
                {taken.rule: taken.amount for taken in outcome.taken},
                summed((given.source, given.amount) for given in outcome.given),
            )
        case _:
            return Answer(outcome.replayed)
