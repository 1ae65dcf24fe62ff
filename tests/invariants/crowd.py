"""Many callers at once, and what must be left when they are gone. Knows books and threads; no pytest."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any, TypeVar

import tallybook as tb
from sqlalchemy import create_engine, text

from tests.invariants.policy import Policy, UnitPolicy

T = TypeVar("T")

PROGRAM = "shop"
PAGE = 1000
# What a caller among many may be told. Anything else is a fault: that the database was busy is our business.
EXPECTED = (
    tb.NotEnoughPoints,
    tb.UnknownHold,
    tb.HoldResolved,
    tb.HoldExists,
    tb.NotReversible,
    tb.ReversalExceedsEntry,
    tb.MemberExists,
)


def lasting_program(zone: str = "UTC") -> str:
    """A program whose points neither lapse nor wait, so that what was given and not spent is there."""
    unit = UnitPolicy("redeemable", ("never", 0))
    return Policy(zone, {"points": unit}, "arrears", "keep_expired").document(PROGRAM)


def all_at_once(works: Iterable[Callable[[], T]]) -> list[T]:
    """Run each in a thread of its own, all beginning at the same moment; what they return, in order."""
    works = list(works)
    start = Barrier(len(works))

    def begin(work: Callable[[], T]) -> T:
        start.wait(60)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [running.result() for running in [pool.submit(begin, work) for work in works]]


def outcome_of(book: tb.Book, command: tb.Command[Any]) -> tb.Outcome:
    """What a command comes to by itself: its reply, or the error that it raised."""
    return book.do([command])[0]


def enrolled(book: tb.Book, members: Sequence[str], amount: int = 0) -> None:
    """Members of the program, with something to begin with."""
    about = [{"program": PROGRAM, "member": member} for member in members]
    commands: list[tb.Command[Any]] = [tb.Enroll(**each, request_id="signup") for each in about]
    if amount:
        gift: dict[str, Any] = {"request_id": "welcome", "unit": "points", "amount": amount}
        commands += [tb.Award(**each, **gift) for each in about]
    for outcome in book.do(commands):
        assert not isinstance(outcome, tb.TallybookError), outcome


@dataclass
class Trades:
    """What callers were told: by how much each member's points changed, and which entries say so."""

    changes: Counter[str] = field(default_factory=Counter)
    entries: dict[tuple[str, int], str] = field(default_factory=dict)
    unexpected: list[str] = field(default_factory=list)
    takes_replays: bool = False

    def note(self, command: Any, outcome: tb.Outcome) -> None:
        """Count one command's effect."""
        if isinstance(outcome, tb.TallybookError):
            if not isinstance(outcome, EXPECTED):
                self.unexpected.append(repr(outcome))
            return
        assert self.takes_replays or not outcome.replayed, f"nobody sent this before: {command}"
        assert (
            self.entries.setdefault((command.member, outcome.entry), command.request_id) == command.request_id
        )
        for member, change in _changes(command, outcome):
            self.changes[member] += change

    def add(self, other: Trades) -> None:
        """Take in what other callers were told."""
        assert not self.entries.keys() & other.entries.keys(), "one entry was given to two requests"
        self.changes.update(other.changes)
        self.entries |= other.entries
        self.unexpected += other.unexpected


def _changes(command: Any, reply: Any) -> list[tuple[str, int]]:
    """How much more, or less, members have in all, held points counted and debts deducted."""
    amount = getattr(reply, "amount", 0)
    match command:
        case tb.Award() | tb.Adjust():
            return [(command.member, amount)]
        case tb.Redeem() | tb.Capture() | tb.Reverse():  # only awards are reversed here
            return [(command.member, -amount)]
        case tb.Gift():
            return [(command.member, -amount), (command.to_member, amount)]
    return []


@dataclass
class Caller:
    """One of many who trade on the same members: single commands, batches, gifts in every direction."""

    book: tb.Book
    members: Sequence[str]
    name: str
    random: random.Random
    trades: Trades = field(default_factory=Trades)
    sent: int = 0
    held: list[tuple[str, str]] = field(default_factory=list)
    awarded: list[tuple[str, int]] = field(default_factory=list)

    def trade(self, rounds: int) -> Trades:
        """So many rounds of one command or a batch."""
        for _ in range(rounds):
            commands = [self._command() for _ in range(self.random.choice([1, 1, 1, 7]))]
            for command, outcome in zip(commands, self.book.do(commands), strict=True):
                self.trades.note(command, outcome)
                self._remember(command, outcome)
        return self.trades

    def _command(self) -> tb.Command[Any]:
        about = self._about(self.random.choice(self.members))
        amount: dict[str, Any] = {"unit": "points", "amount": self.random.randint(1, 30)}
        kind = self.random.choice(
            ["award", "award", "redeem", "gift", "gift", "hold", "resolve", "undo", "adjust"]
        )
        if kind == "resolve" and self.held:
            member, hold_id = self.held.pop()
            resolving = self.random.choice([tb.Capture, tb.Release])
            return resolving(**about | {"member": member}, hold_id=hold_id)
        if kind == "undo" and self.awarded:
            member, entry = self.random.choice(self.awarded)
            return tb.Reverse(**about | {"member": member}, entry=entry, amount=amount["amount"] // 2 + 1)
        if kind == "gift" and len(self.members) > 1:
            to_member = self.random.choice([each for each in self.members if each != about["member"]])
            return tb.Gift(**about, **amount, to_member=to_member)
        if kind == "adjust":
            return tb.Adjust(
                **about, unit="points", amount=-amount["amount"], allow_arrears=True, reason="test"
            )
        making = {"redeem": tb.Redeem, "hold": tb.Hold}
        return making.get(kind, tb.Award)(**about, **amount)

    def _about(self, member: str) -> dict[str, Any]:
        self.sent += 1
        return {"program": PROGRAM, "member": member, "request_id": f"{self.name}-{self.sent}"}

    def _remember(self, command: Any, outcome: Any) -> None:
        if isinstance(outcome, tb.TallybookError):
            return
        if isinstance(command, tb.Hold):
            self.held.append((command.member, outcome.hold_id))
        if isinstance(command, tb.Award):
            self.awarded.append((command.member, outcome.entry))


def check_left(book: tb.Book, members: Sequence[str], started_with: int, trades: Trades) -> None:
    """Nothing lost, nothing spent twice: the book holds exactly what the callers were told."""
    assert trades.unexpected == []
    for member in members:
        balance = book.ask(tb.Balances(program=PROGRAM, member=member)).of("points")
        has = balance.available + balance.pending + balance.held - balance.arrears
        assert has == started_with + trades.changes[member], member
        asked = _requests(book, member)
        told = {version: request for (whose, version), request in trades.entries.items() if whose == member}
        assert {request for request in asked.values() if "-" in request} == set(told.values())
        assert told.items() <= asked.items()
    check_sound(book)


def _requests(book: tb.Book, member: str) -> dict[int, str]:
    """The request behind each entry of a member's that has one, by version."""
    asked: dict[int, str] = {}
    token = ""
    while True:
        page = book.ask(tb.Statement(program=PROGRAM, member=member, page_size=PAGE, page_token=token))
        asked |= {entry.version: entry.request_id for entry in page.entries if entry.request_id}
        token = page.next_page_token
        if not token:
            return asked


def check_sound(book: tb.Book) -> None:
    """Every unit sums to zero, and `verify` finds nothing."""
    sheet = book.ask(tb.TrialBalance(program=PROGRAM))
    assert [sheet.difference(unit) for unit in sheet.units()] == [0] * len(sheet.units())
    assert [each.disagreement for each in book.verify(PROGRAM) if each.disagreement] == []


def check_no_deadlocks(book: tb.Book, url: str) -> None:
    """Not only did nobody hear of a deadlock: locks are taken in one order, so there was none."""
    book.close()  # backends report what they have counted when they end
    engine = create_engine(url)
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            counted = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
            assert connection.execute(counted).scalar_one() == 0
    engine.dispose()
