"""A member's page in memory, on which commands are decided. Pure: no clock, no database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import tallybook as tb
from msgspec.structs import replace
from tallybook.engine.batch import Batch
from tallybook.engine.decide import carry_out, settle_folio
from tallybook.journal.accounts import LotKey, Posting
from tallybook.journal.entries import Entry
from tallybook.journal.folio import Folio, Standing
from tallybook.journal.settle import NO_EFFECTS, next_due
from tallybook.programs.compile import compiled
from tallybook.programs.parse import parse
from tallybook.programs.program import Program

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
DOCUMENT = """
program: shop
timezone: {timezone}
units:
  points: {{kind: redeemable, expiry: {expiry}, vesting: {vesting}}}
  stars: {{kind: redeemable}}
funds: [partner]
refunds: {{shortfall: {shortfall}, lapsed: {lapsed}}}
"""


def program(
    *,
    timezone: str = "UTC",
    expiry: str = "{kind: never}",
    vesting: str = "{kind: at_once}",
    shortfall: str = "arrears",
    lapsed: str = "{kind: keep_expired}",
) -> Program:
    """A program that says so, and the defaults for the rest."""
    text = DOCUMENT.format(
        timezone=timezone, expiry=expiry, vesting=vesting, shortfall=shortfall, lapsed=lapsed
    )
    return compiled(parse(text), revision=1)


class Page:
    """A member that is enrolled, and commands that are carried out on their folio as the engine would."""

    def __init__(self, rules: Program, member: str = "m1", now: datetime = START) -> None:
        self.program = rules
        self.now = now
        self.folio = Folio(rules.code, member, Standing(), exists=False)
        self._requests = 0
        self.enroll()

    def enroll(self) -> None:
        """The member's first entry."""
        self.do(tb.Enroll, {})

    def do(self, kind: type[tb.Command[Any]], fields: dict[str, Any]) -> Any:
        """Carry out a command that is made of these fields; returns its reply or raises."""
        self._requests += 1
        command = kind(program="shop", member=self.folio.member, request_id=f"r{self._requests}", **fields)
        batch = Batch([command], self.now)
        reply = carry_out(command, command.fingerprint(), self.folio, None, self.program, batch, NO_EFFECTS)
        self._plan()
        return reply

    def award(self, amount: int, unit: str = "points", **fields: Any) -> Any:
        """Give points."""
        return self.do(tb.Award, {"unit": unit, "amount": amount, **fields})

    def redeem(self, amount: int, **fields: Any) -> Any:
        """Spend points."""
        return self.do(tb.Redeem, {"unit": "points", "amount": amount, **fields})

    def hold(self, amount: int, hold_id: str = "H1", **fields: Any) -> Any:
        """Set points aside."""
        return self.do(tb.Hold, {"unit": "points", "amount": amount, "hold_id": hold_id, **fields})

    def capture(self, hold_id: str = "H1", amount: int | None = None) -> Any:
        """Spend what was set aside."""
        return self.do(tb.Capture, {"hold_id": hold_id, "amount": amount})

    def release(self, hold_id: str = "H1") -> Any:
        """Give back what was set aside."""
        return self.do(tb.Release, {"hold_id": hold_id})

    def adjust(self, amount: int, *, owing: bool = True) -> Any:
        """Correct the balance."""
        return self.do(
            tb.Adjust, {"unit": "points", "amount": amount, "reason": "test", "allow_arrears": owing}
        )

    def reverse(self, entry: int, amount: int | None = None, shortfall: tb.Shortfall | None = None) -> Any:
        """Undo an entry."""
        return self.do(tb.Reverse, {"entry": entry, "amount": amount, "shortfall": shortfall})

    def settle(self, now: datetime) -> None:
        """Let time pass until a moment."""
        self.now = now
        settle_folio(self.folio, self.program, now, NO_EFFECTS)

    def pass_days(self, days: int) -> None:
        """Let time pass."""
        self.settle(self.now + timedelta(days=days))

    def _plan(self) -> None:
        """What recording a batch does: say when the folio is next due."""
        due = next_due(self.folio, self.program)
        self.folio.standing = replace(self.folio.standing, next_due_at=due.at if due else None)

    # --- what the page shows ---------------------------------------------------------------------------

    @property
    def lots(self) -> dict[LotKey, int]:
        """A copy of the lots."""
        return dict(self.folio.lots)

    @property
    def balance(self) -> tb.Balance:
        """The balance in points."""
        return self.folio.balance("points")

    @property
    def entries(self) -> list[Entry]:
        """All entries."""
        return [sealed.entry for sealed in self.folio.sealed]

    @property
    def postings(self) -> list[Posting]:
        """All postings."""
        return [posting for sealed in self.folio.sealed for posting in sealed.postings]

    def house(self) -> dict[str, int]:
        """What the house's accounts come to; zeros are left out."""
        sums: dict[str, int] = {}
        for posting in self.postings:
            sums[posting.to_account] = sums.get(posting.to_account, 0) + posting.amount
            sums[posting.from_account] = sums.get(posting.from_account, 0) - posting.amount
        members = {"available", "pending", "held", "arrears"}
        return {account: amount for account, amount in sums.items() if account not in members and amount}


def day(text: str) -> date:
    """A day, from its ISO form."""
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """A moment in UTC, from its ISO form."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
