"""A command being decided on paper, and what several commands ask. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tests.invariants.page import AVAILABLE, Credited, Lot, Page, PaperHold, Part, Refused, give, give_back
from tests.invariants.policy import PARTNER, Policy

Facts = dict[str, Any]


@dataclass
class Decision:
    """A command, and pages that are thrown away if it is refused."""

    program: str
    policy: Policy
    revision: int
    command: Any
    pages: dict[str, Page]
    now: datetime

    @property
    def page(self) -> Page:
        return self.pages[self.command.member]

    @property
    def occurred_at(self) -> datetime:
        return self.command.occurred_at or self.now

    @property
    def today(self) -> date:
        return self.policy.today(self.now)

    def refuse_frozen(self, page: Page, what: str) -> None:
        if page.frozen in (what, "all"):
            raise Refused("MEMBER_FROZEN", member=page.member, scope=page.frozen, reason=page.frozen_reason)

    def check_unit(self, unit: str) -> None:
        if unit not in self.policy.units:
            raise Refused("UNKNOWN_UNIT", program=self.program, unit=unit)

    def check_fund(self, fund: str) -> None:
        if fund not in ("house", PARTNER):
            raise Refused("UNKNOWN_FUND", program=self.program, fund=fund)

    def give(
        self, lot: tuple[str, str, date], source: str, amount: int, vests_on: date | None = None
    ) -> Credited:
        """Points come to the command's member, or to another."""
        return give(self.page, self.policy, self.today, lot, source, amount, vests_on or date.min)

    def spending(self, unit: str, amount: int) -> list[Part]:
        """Parts of available lots that an amount comes from, in the program's order, as far as they go."""
        order = self.policy.units[unit].funds_first

        def place(part: Part) -> Any:
            return order.index(part.fund) if part.fund in order else len(order), part.expires_on, part.fund

        lots = [(lot, held) for lot, held in self.page.lots.items() if lot[:2] == (unit, AVAILABLE)]
        there = [Part(lot.fund, lot.expires_on, held) for lot, held in lots]
        return cut(sorted(there, key=place), amount)[0]

    def spend(self, unit: str, amount: int, target: str, allow_partial: bool = False) -> list[Part]:
        """Move points that a member spends, or refuse."""
        self.check_unit(unit)
        if self.policy.units[unit].kind == "qualifying":
            raise Refused("NOT_REDEEMABLE", unit=unit, kind="qualifying")
        parts = self.spending(unit, amount)
        found = sum(part.amount for part in parts)
        if found < amount and not (allow_partial and found):
            raise Refused("NOT_ENOUGH_POINTS", unit=unit, asked=amount, available=found)
        self.take(unit, parts, target)
        return parts

    def take(self, unit: str, parts: Sequence[Part], target: str) -> None:
        for fund, expires_on, amount in parts:
            self.page.move(unit, fund, expires_on, AVAILABLE, target, amount)

    def take_lot(self, lot: Lot, amount: int, target: str) -> int:
        """Take what one lot still has, up to an amount."""
        part = min(amount, self.page.lots.get(lot, 0))
        self.page.move(lot.unit, lot.fund, lot.expires_on, lot.account, target, part, lot.vests_on)
        return part

    def open_hold(self) -> PaperHold:
        hold = self.page.holds.get(self.command.hold_id)
        if hold is None:
            raise Refused("UNKNOWN_HOLD", member=self.command.member, hold=self.command.hold_id)
        if hold.state != "open":
            raise Refused("HOLD_RESOLVED", hold=hold.hold_id, state=hold.state, entry=hold.resolved)
        return hold

    def resolve(self, hold: PaperHold, state: str, captured: int) -> Facts:
        """Close a hold; what was not captured goes back."""
        _, rest = cut(hold.lots, captured)
        lapsed = give_back(self.page, self.policy, self.today, hold.unit, rest)
        entry = self.page.version + 1
        self.page.holds[hold.hold_id] = replace(hold, state=state, captured=captured, resolved=entry)
        return {
            "unit": hold.unit,
            "amount": captured,
            "hold_id": hold.hold_id,
            "released": sum(part.amount for part in rest) - lapsed,
            "lapsed": lapsed,
        }


def cut(parts: Sequence[Part], amount: int) -> tuple[list[Part], list[Part]]:
    """The first so many points of some parts, and the rest."""
    first, rest = [], []
    for part in parts:
        taken = min(amount, part.amount)
        amount -= taken
        first.append(part._replace(amount=taken))
        rest.append(part._replace(amount=part.amount - taken))
    return [part for part in first if part.amount], [part for part in rest if part.amount]
