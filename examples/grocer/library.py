"""The ledger as a library: a book that this process opens itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import tallybook as tb

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


@contextmanager
def opened(url: str, program: str, beginning: datetime) -> Iterator[Library]:
    """The book at `url`, with a program in force, and a clock that stands at `beginning`."""
    clock = _Clock(beginning)
    with tb.Book.open(url, clock=clock) as book:
        yield Library(book, book.apply(program).program, clock)


class _Clock:
    """Stands until it is set."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


class Library:
    """A `Ledger` over a book."""

    def __init__(self, book: tb.Book, program: str, clock: _Clock) -> None:
        self._book = book
        self._program = program
        self._clock = clock

    def set_clock(self, moment: datetime) -> None:
        self._clock.moment = moment

    def do(self, requests: Sequence[Request]) -> list[Answer]:
        commands = [self._command(request) for request in requests]
        return [_answer(outcome) for outcome in self._book.do(commands)]

    def holding(self, household: str) -> tuple[Holding, int]:
        sheet = self._book.ask(tb.Balances(program=self._program, member=household))
        (unit,) = (unit for unit in sheet.units if unit.unit == UNIT)
        lots = {lot.expires_on: lot.amount for lot in unit.lots if lot.expires_on is not None}
        return Holding(unit.balance.available, lots, unit.balance.arrears), sheet.version

    def standing(self, household: str) -> Standing:
        where = {"program": self._program, "member": household}
        (ladder,) = self._book.ask(tb.GetTiers(**where)).ladders
        times = {task.task: task.times for task in self._book.ask(tb.GetTasks(**where))}
        return Standing(ladder.tier, ladder.counts[GROWTH], times[DEPARTMENTS], times[WEEKS])

    def tier_at(self, household: str, moment: datetime) -> str | None:
        query = tb.TierAt(program=self._program, member=household, ladder=LADDER, at=moment)
        return self._book.ask(query).tier

    def accounts(self, unit: str) -> dict[str, int]:
        sums: dict[str, int] = {}
        for row in self._book.ask(tb.TrialBalance(program=self._program, unit=unit)).accounts:
            sums[row.account] = sums.get(row.account, 0) + row.amount
        return {account: amount for account, amount in sums.items() if amount}

    def sweep(self) -> None:
        while self._book.sweep():
            pass

    def verify(self) -> Verified:
        checked = list(self._book.verify(self._program))
        told = [each.disagreement for each in checked if each.disagreement]
        disagreements = [f"{each.member} entry {each.entry}: {each.problem}" for each in told]
        return Verified(
            sum(bool(each.member) for each in checked), sum(each.entries for each in checked), disagreements
        )

    def _command(self, request: Request) -> tb.Command[Any]:
        where: dict[str, Any] = {"program": self._program, "member": request.household}
        match request:
            case Enrollment():
                return tb.Enroll(**where, request_id="enroll")
            case Redemption():
                return tb.Redeem(
                    **where,
                    request_id=request.request,
                    unit=UNIT,
                    amount=request.points,
                    occurred_at=request.occurred_at,
                )
            case Basket():
                return tb.RecordEvent(**where, event=_purchase(request), occurred_at=request.occurred_at)
            case Refund():
                return tb.RecordEvent(**where, event=_refund(request), occurred_at=request.occurred_at)


def _purchase(basket: Basket) -> tb.Purchase:
    lines = tuple(
        tb.Line(sku=line.product, category=line.department, quantity=line.quantity, amount=line.cents)
        for line in basket.lines
    )
    return tb.Purchase(
        order_id=basket.basket,
        currency=CURRENCY,
        lines=lines,
        store=basket.store,
        attributes={attribute(number): True for number in basket.campaigns},
    )


def _refund(refund: Refund) -> tb.Refund:
    line = tb.RefundedLine(line_id=str(refund.line), quantity=refund.quantity, amount=refund.cents)
    return tb.Refund(refund_id=refund.refund, order_id=refund.basket, lines=(line,))


def _answer(outcome: tb.Outcome) -> Answer:
    """What came of a command; raises what it was refused with."""
    match outcome:
        case tb.TallybookError():
            raise outcome
        case tb.EventRecorded():
            balance = outcome.balances.get(UNIT)
            return Answer(
                outcome.replayed,
                balance.available if balance else 0,
                {reward.rule: reward.amount for reward in outcome.rewards},
                {taken.rule: taken.amount for taken in outcome.taken},
                summed((given.source, given.amount) for given in outcome.given),
            )
        case _:
            return Answer(outcome.replayed)
