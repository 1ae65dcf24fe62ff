"""award_unary and others: 64 calls in flight, against empty ones of the same server."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Final

import tallybook as tb

from bench import load
from bench.awards import LARGE_BATCH, Crowd, admit
from bench.figures import Figure, in_turn, side
from bench.server import Served, server
from bench.stage import Bar, Length, Stage

UNIT: Final = "calls_per_second"
PROGRAM: Final = "shop0"
RULES: Final = """
calendars:
  weekend: {weekdays: [fri, sat, sun]}
rules:
  base: {unit: points, formula: {kind: rate, units: 1, per: "1.00", currency: USD}}
  dairy: {unit: points, formula: {kind: multiplier, times: 2, of: [base]}, lines: {categories: [dairy]}}
  weekend: {unit: points, formula: {kind: multiplier, times: "1.5", of: [base]}, when: {calendars: [weekend]}}
  first: {unit: points, formula: {kind: fixed, units: 100}, condition: order.ordinal == 1}
  large:
    unit: points
    formula: {kind: fixed, units: 20}
    condition: order.spend >= 5000 && channel == "web"
    caps: [{period: month, times: 5}]
"""
"""What a purchase is decided by in record_event_unary."""
MONEY: Final = """
  USD: {kind: money, scale: 2}
stored_value:
  USD:
    currency: USD
    plans: {big: {steps: [{pay: "100000.00", bonus: "20000.00"}]}}
"""
"""How money is kept in spend_unary: bonus is spent before principal, as it is by default."""
COUPONS: Final = """
coupons:
  spring:
    currency: USD
    offer: {kind: amount_off, amount: "5.00"}
    validity: {kind: after_issue, days: 30}
    claims: {}
    stock: 1000000000
    limits: [{period: life, most: 1000000}]
"""
"""What is claimed in claim_unary: all calls draw on one stock, and each counts towards its member's limit."""
MALL: Final = """
mall:
  mug:
    gives: {kind: goods}
    price: {kind: units, unit: points, units: 3}
    stocked: true
    limits: [{period: life, most: 1000000}]
"""
"""What is ordered in flash_sale: all calls draw on one stock, and each counts towards its member's limit."""
IN_STOCK: Final = 1_000_000_000
PAID_IN: Final = 10_000_000
SQLITE_ROUNDS_SHARE: Final = 3
"""SQLite gets a third of the rounds: it stands beside the ratio."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: in each round each rpc is called for `seconds`, after warming up."""

    members: int
    in_flight: int
    warm_up_seconds: float
    seconds: float
    rounds: int
    rounds_alone: int


SIZES: Final = {
    Length.QUICK: Size(members=200, in_flight=16, warm_up_seconds=0.1, seconds=0.3, rounds=1, rounds_alone=1),
    Length.DEFAULT: Size(
        members=20_000, in_flight=64, warm_up_seconds=1.0, seconds=3.0, rounds=9, rounds_alone=3
    ),
    Length.LONG: Size(
        members=20_000, in_flight=64, warm_up_seconds=1.0, seconds=10.0, rounds=21, rounds_alone=9
    ),
}


class Caller:
    """Load generators in processes of their own, all aimed at one server."""

    def __init__(self, served: Served, size: Size, clients: int, bar: Bar) -> None:
        self._address = served.address
        self._size = size
        self._clients = clients
        self._bar = bar
        self._processes = ProcessPoolExecutor(clients, multiprocessing.get_context("spawn"))
        self.figures: dict[str, list[dict[str, Any]]] = {}

    def close(self) -> None:
        """End the processes."""
        self._processes.shutdown()

    def rate(self, rpc: str, in_flight: int) -> float:
        """Calls a second that were answered with OK, to all clients together. Other answers are errors."""
        clients = min(self._clients, in_flight)
        order = load.Load(
            address=self._address,
            rpc=rpc,
            in_flight=in_flight // clients,
            seconds=self._size.seconds,
            warm_up_seconds=self._size.warm_up_seconds,
            program=PROGRAM,
            members=self._size.members,
        )
        answers = list(self._processes.map(load.run, [order] * clients))
        for answer in answers:
            if answer["failures"] or not answer["answered"]:
                raise AssertionError(f"not every {rpc} was answered: {answer}")
        self.figures.setdefault(f"{rpc}_{in_flight}", []).extend(answers)
        self._bar.advance()
        rate: float = sum(answer["per_second"] for answer in answers)
        return rate

    def latencies(self, rpc: str, in_flight: int) -> dict[str, float]:
        """Medians of the rounds' latencies."""
        answers = self.figures[f"{rpc}_{in_flight}"]
        return {name: median(answer[name] for answer in answers) for name in ("p50_ms", "p99_ms")}


def run_awards(stage: Stage) -> Figure:
    """Measure awards against empty calls; one call at a time, and SQLite, stand beside it."""
    return _against_empty(stage, "award")


def run_events(stage: Stage) -> Figure:
    """Measure purchases, decided by five rules, the same way."""
    return _against_empty(stage, "record_event")


def run_spends(stage: Stage) -> Figure:
    """Measure spendings of stored value the same way."""
    return _against_empty(stage, "spend")


def run_claims(stage: Stage) -> Figure:
    """Measure claims of coupons of one stock the same way."""
    return _against_empty(stage, "claim")


def run_orders(stage: Stage) -> Figure:
    """Measure orders of pieces of one stock, paid with points, the same way."""
    return _against_empty(stage, "order")


def _open_mall(book: tb.Book, members: int) -> None:
    """Put pieces in stock, and give every member points."""
    stock = tb.AdjustStock(
        program=PROGRAM, member="item:mug", request_id="stock", change=IN_STOCK, reason="the sale"
    )
    book.do(stock)
    for start in range(0, members, LARGE_BATCH):
        numbers = range(start, min(start + LARGE_BATCH, members))
        for outcome in book.do([_award(f"m{number}") for number in numbers]):
            if not isinstance(outcome, tb.Reply):
                raise AssertionError(f"nothing was given: {outcome!r}")


def _award(member: str) -> tb.Award:
    return tb.Award(program=PROGRAM, member=member, request_id="for the sale", unit="points", amount=PAID_IN)


def _pay_in(book: tb.Book, members: int) -> None:
    """Give every member money to spend, principal and bonus."""
    for start in range(0, members, LARGE_BATCH):
        for kind in (_top_up, _confirm):
            numbers = range(start, min(start + LARGE_BATCH, members))
            for outcome in book.do([kind(f"m{number}") for number in numbers]):
                if not isinstance(outcome, tb.Reply):
                    raise AssertionError(f"nothing was paid in: {outcome!r}")


def _top_up(member: str) -> tb.TopUp:
    return tb.TopUp(program=PROGRAM, member=member, request_id="T1", unit="USD", amount=PAID_IN)


def _confirm(member: str) -> tb.ConfirmTopUp:
    return tb.ConfirmTopUp(program=PROGRAM, member=member, request_id="paid", top_up_id="T1", amount=PAID_IN)


def _against_empty(stage: Stage, rpc: str) -> Figure:
    size = SIZES[stage.length]
    many, steps = size.in_flight, 2 * (size.rounds + size.rounds_alone)
    with stage.database() as url, _calling(stage, rpc, url, size, steps) as caller:
        turns = in_turn(size.rounds, lambda: caller.rate(rpc, many), lambda: caller.rate("empty", many))
        alone = in_turn(size.rounds_alone, lambda: caller.rate(rpc, 1), lambda: caller.rate("empty", 1))
    return Figure(
        ratio=turns.ratio,
        sides={
            rpc: side(turns.first, UNIT) | caller.latencies(rpc, many),
            "empty": side(turns.second, UNIT) | caller.latencies("empty", many),
        },
        parameters=asdict(size) | {"workers": stage.workers, "clients": stage.clients},
        beside={
            "ratios": turns.ratios,
            f"{rpc}_one_in_flight": side(alone.first, UNIT) | caller.latencies(rpc, 1),
            "empty_one_in_flight": side(alone.second, UNIT) | caller.latencies("empty", 1),
            "sqlite": _on_sqlite(stage, rpc, size),
        },
    )


def _on_sqlite(stage: Stage, rpc: str, size: Size) -> dict[str, Any]:
    rounds = -(-size.rounds // SQLITE_ROUNDS_SHARE)
    many = size.in_flight
    url = f"sqlite:///{stage.folder}/{rpc}.db"
    with _calling(stage, rpc, url, size, 2 * rounds, workers=1) as caller:
        turns = in_turn(rounds, lambda: caller.rate(rpc, many), lambda: caller.rate("empty", many))
    return {
        "ratio": turns.ratio,
        rpc: side(turns.first, UNIT) | caller.latencies(rpc, many),
        "empty": side(turns.second, UNIT) | caller.latencies("empty", many),
    }


@contextmanager
def _calling(
    stage: Stage, rpc: str, url: str, size: Size, steps: int, workers: int | None = None
) -> Iterator[Caller]:
    """A server on a book in which everybody is enrolled, and clients aimed at it."""
    crowd = Crowd(size.members)
    with tb.Book.open(url) as book:
        admit(book, crowd)
        if rpc == "record_event":
            (document,) = crowd.documents()
            book.apply(document + RULES)
        if rpc == "spend":
            (document,) = crowd.documents()
            book.apply(document + MONEY)
            _pay_in(book, size.members)
        if rpc == "claim":
            (document,) = crowd.documents()
            book.apply(document + COUPONS)
        if rpc == "order":
            (document,) = crowd.documents()
            book.apply(document + MALL)
            _open_mall(book, size.members)
    with ExitStack() as running:
        bar = running.enter_context(stage.bar(f"{rpc}_unary", steps))
        served = running.enter_context(server(url, workers or stage.workers))
        caller = Caller(served, size, stage.clients, bar)
        running.callback(caller.close)
        yield caller
