"""A member's page on paper: lots, holds and lines, and what time does to them. Pure: no clock, no database.

The oracle's own idea of the journal, kept as plain as it can be. Nothing here is imported from the library.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from tests.invariants.policy import DAY, GRACE_DAYS, NEVER, Policy

PENDING, AVAILABLE, HELD, ARREARS = "pending", "available", "held", "arrears"
MEMBER_ACCOUNTS = (PENDING, AVAILABLE, HELD, ARREARS)
VESTED = date(1, 1, 1)
AMOUNT_MAX = 2**63 - 1


class Refused(Exception):
    """The oracle refuses a command: the reason's code and the facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class Lot(NamedTuple):
    """Points that are counted together."""

    unit: str
    account: str
    fund: str
    vests_on: date
    expires_on: date


class Move(NamedTuple):
    """A posting: so much from here to there."""

    unit: str
    fund: str
    vests_on: date
    expires_on: date
    source: str
    target: str
    amount: int


class Part(NamedTuple):
    """What a hold took out of one lot."""

    fund: str
    expires_on: date
    amount: int


@dataclass(frozen=True)
class PaperHold:
    """Points set aside."""

    hold_id: str
    unit: str
    amount: int
    deadline: datetime
    opened: int
    lots: tuple[Part, ...]
    state: str = "open"
    captured: int = 0
    resolved: int | None = None


@dataclass(frozen=True)
class Line:
    """An entry of a member's history."""

    version: int
    kind: str
    revision: int
    recorded_at: datetime
    occurred_at: datetime
    postings: tuple[Move, ...] = ()
    request_id: str | None = None
    source: str = ""
    reason: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    subject: str = ""
    reverses: int | None = None
    counterpart_member: str | None = None
    counterpart_version: int | None = None


@dataclass
class Page:
    """One member. `copied` makes another page that can be tried out and thrown away."""

    member: str
    enrolled_at: datetime
    recorded_at: datetime
    lots: dict[Lot, int] = field(default_factory=dict)
    holds: dict[str, PaperHold] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    undone: dict[int, int] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    active_at: datetime | None = None
    spared: date = date.min
    frozen: str = ""
    frozen_reason: str = ""
    birthday: None = None
    tags: tuple[str, ...] = ()
    erased_on: None = None
    merged_into: str = ""

    def copied(self) -> Page:
        """A page like this one, which can change without it."""
        other = copy(self)
        other.lots, other.holds, other.undone = dict(self.lots), dict(self.holds), dict(self.undone)
        other.lines, other.moves = list(self.lines), list(self.moves)
        return other

    @property
    def version(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    def total(self, unit: str, account: str) -> int:
        """What an account holds; arrears as what is owed."""
        found = sum(amount for lot, amount in self.lots.items() if lot[:2] == (unit, account))
        return -found if account == ARREARS else found

    def balance(self, unit: str) -> tuple[int, int, int, int]:
        """Available, pending, held, arrears."""
        return tuple(self.total(unit, account) for account in (AVAILABLE, PENDING, HELD, ARREARS))

    def move(
        self,
        unit: str,
        fund: str,
        expires_on: date,
        source: str,
        target: str,
        amount: int,
        vests_on: date = VESTED,
    ) -> None:
        """Move points, if there are any to move."""
        if not amount:
            return
        self.moves.append(Move(unit, fund, vests_on, expires_on, source, target, amount))
        for account, change in ((source, -amount), (target, amount)):
            if account in MEMBER_ACCOUNTS:
                self._add(lot_of(unit, account, fund, vests_on, expires_on), change)

    def _add(self, lot: Lot, change: int) -> None:
        self.lots[lot] = self.lots.get(lot, 0) + change
        assert self.lots[lot] <= 0 if lot.account == ARREARS else self.lots[lot] >= 0, (lot, self.lots[lot])
        if not self.lots[lot]:
            del self.lots[lot]
        available, pending, held, arrears = self.balance(lot.unit)
        if max(available + pending + held, arrears) > AMOUNT_MAX:
            raise Refused("AMOUNT_OVERFLOW", unit=lot.unit)

    def write(self, line: Line) -> None:
        """Close a line over the moves since the last one."""
        assert line.version == self.version + 1
        self.lines.append(replace(line, postings=tuple(self.moves)))
        self.moves = []
        self.recorded_at = line.recorded_at

    def note_activity(self, occurred_at: datetime) -> None:
        """The member did something; what comes in late does not count against what is known already."""
        self.active_at = max(self.active_at or occurred_at, occurred_at)

    def last_day(self, policy: Policy, unit: str, expires_on: date) -> date:
        """The last day points can be spent on: their own, or the one inactivity sets."""
        return min(expires_on, max(self.spared, policy.idle_day(unit, self.active_at)))

    def spare(self, policy: Policy, unit: str, now: datetime) -> None:
        """Where inactivity would take at once what is given back now, let it wait as the program says."""
        today = policy.today(now)
        if self.last_day(policy, unit, NEVER) < today and policy.lapsed != "keep_expired":
            is_grace = policy.lapsed == "grace_days"
            self.spared = today + GRACE_DAYS * DAY if is_grace else policy.idle_day(unit, now)


def lot_of(unit: str, account: str, fund: str, vests_on: date, expires_on: date) -> Lot:
    """Which lot a side of a posting falls in: only pending points have a vesting day, debts have nothing."""
    if account == ARREARS:
        return Lot(unit, ARREARS, "house", VESTED, NEVER)
    return Lot(unit, account, fund, vests_on if account == PENDING else VESTED, expires_on)


class Credited(NamedTuple):
    """Where a credit went."""

    available: int = 0
    pending: int = 0
    repaid: int = 0
    lapsed: int = 0


def give(
    page: Page,
    policy: Policy,
    today: date,
    lot: tuple[str, str, date],
    source: str,
    amount: int,
    vests_on: date = VESTED,
) -> Credited:
    """Points come to a member: to wait, to pay debts, to be there, or to lapse at once, past their day."""
    unit, fund, expires_on = lot
    if vests_on > today:
        page.move(unit, fund, expires_on, source, PENDING, amount, vests_on)
        return Credited(pending=amount)
    repaid = min(amount, page.total(unit, ARREARS))
    page.move(unit, fund, expires_on, source, ARREARS, repaid)
    rest = amount - repaid
    page.move(unit, fund, expires_on, source, AVAILABLE, rest)
    if page.last_day(policy, unit, expires_on) >= today:
        return Credited(available=rest, repaid=repaid)
    page.move(unit, fund, expires_on, AVAILABLE, "expired", rest)
    return Credited(repaid=repaid, lapsed=rest)


def give_back(page: Page, policy: Policy, today: date, unit: str, parts: list[Part]) -> int:
    """What a hold set aside returns, or lapses if its day has passed. Returns what lapsed."""
    lapsed = 0
    for fund, expires_on, amount in parts:
        if page.last_day(policy, unit, expires_on) < today:
            page.move(unit, fund, expires_on, HELD, "expired", amount)
            lapsed += amount
        else:
            give(page, policy, today, (unit, fund, expires_on), HELD, amount)
    return lapsed


# --- what time does ---------------------------------------------------------------------------------------


class Due(NamedTuple):
    """Something that time does at a moment; of several at one moment, points lapse before holds end."""

    at: datetime
    kind: str
    hold_id: str = ""


def lot_due(page: Page, policy: Policy, lot: Lot) -> Due | None:
    """When a lot vests or lapses."""
    if lot.account == PENDING:
        return Due(policy.midnight(lot.vests_on), "vest")
    last_day = page.last_day(policy, lot.unit, lot.expires_on)
    if lot.account != AVAILABLE or last_day >= NEVER:
        return None
    return Due(policy.midnight(last_day + DAY), "expire")


def dues(page: Page, policy: Policy) -> list[Due]:
    """Everything that time will do to a page as it is."""
    lots = [due for lot in page.lots if (due := lot_due(page, policy, lot)) is not None]
    holds = [Due(hold.deadline, "time_out", hold.hold_id) for hold in page.holds.values() if is_open(hold)]
    return sorted(lots + holds)


def is_open(hold: PaperHold) -> bool:
    """Whether a hold waits to be resolved."""
    return hold.state == "open"


def settle(
    page: Page, policy: Policy, revision: int, now: datetime, revision_at: Callable[[datetime], int]
) -> None:
    """Do what fell due, a line for each moment, dated then, by the revision of then, and recorded now."""
    reached = page.recorded_at
    while due := next((due for due in dues(page, policy) if due.at <= now), None):
        today = policy.today(due.at)
        if due.kind == "time_out":
            hold = page.holds[due.hold_id]
            give_back(page, policy, today, hold.unit, list(hold.lots))
            page.holds[due.hold_id] = replace(hold, state="timed_out", resolved=page.version + 1)
        else:
            _let_lots_pass(page, policy, due, today)
        reached = max(reached, due.at)
        then = revision if reached >= now else revision_at(reached)
        page.write(Line(page.version + 1, due.kind, then, now, due.at, subject=due.hold_id))


def _let_lots_pass(page: Page, policy: Policy, due: Due, today: date) -> None:
    """Vest or expire all lots that do so at one moment."""
    for lot in [lot for lot in sorted(page.lots) if lot_due(page, policy, lot) == due]:
        unit, _, fund, vests_on, expires_on = lot
        amount = page.lots[lot]
        if due.kind == "expire":
            page.move(unit, fund, expires_on, AVAILABLE, "expired", amount)
            continue
        repaid = min(amount, page.total(unit, ARREARS))
        page.move(unit, fund, expires_on, PENDING, ARREARS, repaid, vests_on)
        usable = page.last_day(policy, unit, expires_on) >= today
        target = AVAILABLE if usable else "expired"
        page.move(unit, fund, expires_on, PENDING, target, amount - repaid, vests_on)
