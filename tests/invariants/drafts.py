"""Commands for the machine to try: mostly sensible, often on an edge, at times senseless. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import tallybook as tb
from hypothesis import strategies as st

from tests.invariants.oracle import Oracle
from tests.invariants.page import AVAILABLE, Page, is_open
from tests.invariants.policy import DAY, HOLD_SECONDS_MAX, PARTNER
from tests.invariants.verdicts import REVERSIBLE

# Names and texts that are hard on whoever writes them into a statement.
MEMBERS = ["amy", 'b"o\\b{,}', "NULL"]
TEXTS = ["", "why", 'a "b" \\ {c}, \N{LATIN SMALL LETTER E WITH ACUTE}\n\N{OK HAND SIGN}']
HUGE = 2**62

Draw = Callable[[st.SearchStrategy[Any]], Any]


class Drafts:
    """Drafts commands on what the oracle knows."""

    def __init__(self, draw: Draw, oracle: Oracle, new_id: Callable[[], str]) -> None:
        self._draw = draw
        self._oracle = oracle
        self._new_id = new_id

    def any(self) -> tb.Command:
        """A command of any kind."""
        kinds = [self.award, self.spend, self.set_aside, self.reverse, self.adjust] * 3
        return self._one_of([*kinds, self.about_member, self.again])()

    def several(self, most: int) -> list[tb.Command]:
        """A batch: each command drafted on what those before it do, some of them sent twice."""
        drafted: list[tb.Command] = []
        for _ in range(self._draw(st.integers(1, most))):
            drafted.append(self.any())
            self._oracle = self._oracle.copied()
            self._oracle.do(drafted[-1])
        if self._one_of([False, False, True]):
            drafted.append(self._sent_again(self._one_of(drafted)))
        return drafted

    def spend(self) -> tb.Command:
        return self._one_of([self.redeem, self.redeem, self.gift])()

    def set_aside(self) -> tb.Command:
        """A hold, or what becomes of one."""
        some = any(page.holds for page in self._oracle.pages.values())
        return self._one_of(
            [self.hold, self.capture, self.release] if some else [self.hold] * 9 + [self.capture]
        )()

    def about_member(self) -> tb.Command:
        return self._one_of([self.freeze, self.unfreeze, self.unfreeze, self.enroll])()

    def enroll(self) -> tb.Command:
        return tb.Enroll(**self._about(self._one_of(MEMBERS)))

    def award(self) -> tb.Command:
        today = self._oracle.policy.today(self._oracle.now)
        return tb.Award(
            **self._about(self._member()),
            unit=self._unit(),
            amount=self._amount(),
            fund=self._one_of(["house"] * 8 + [PARTNER] * 5 + ["nobody"]),
            vests_on=self._day(today, [None] * 4 + [-1, 0, 1, 1, 2, 3]),
            expires_on=self._day(today, [None] * 5 + [-2, -1, 0, 1, 2, 4]),
        )

    def redeem(self) -> tb.Command:
        member, unit = self._spender()
        partly = self._draw(st.booleans())
        amount = self._spending(member, unit)
        return tb.Redeem(**self._about(member), unit=unit, amount=amount, allow_partial=partly)

    def gift(self) -> tb.Command:
        member, unit = self._spender()
        other = self._one_of([each for each in MEMBERS if each != member])
        amount = self._spending(member, unit)
        return tb.Gift(**self._about(member), to_member=other, unit=unit, amount=amount)

    def adjust(self) -> tb.Command:
        member, unit = self._member(), self._unit()
        there = self._page(member).total(unit, AVAILABLE)
        beyond = st.integers(-there - 30, -there - 1).filter(lambda amount: amount > -(2**63))
        return tb.Adjust(
            **self._about(member, reasons=TEXTS[1:]),
            unit=unit,
            amount=self._draw(st.one_of(beyond, st.integers(-60, -1), st.integers(1, 60))),
            fund=self._one_of(["house", "house", PARTNER]),
            allow_arrears=self._one_of([True, True, False]),
        )

    def hold(self) -> tb.Command:
        member, unit = self._spender()
        return tb.Hold(
            **self._about(member),
            unit=unit,
            amount=self._spending(member, unit),
            hold_id=self._one_of(["", "", "h1", "h2"]),
            seconds=self._one_of([None, 1, 60] + [86_400, 3 * 86_400, HOLD_SECONDS_MAX] * 4 + [2**31]),
        )

    def capture(self) -> tb.Command:
        member, hold_id = self._named_hold()
        hold = self._page(member).holds.get(hold_id)
        whole = hold.amount if hold else 1
        amount = self._draw(st.one_of(st.none(), st.integers(1, whole), st.just(whole + 1)))
        return tb.Capture(**self._about(member), hold_id=hold_id, amount=amount)

    def release(self) -> tb.Command:
        member, hold_id = self._named_hold()
        return tb.Release(**self._about(member), hold_id=hold_id)

    def reverse(self) -> tb.Command:
        member = self._member()
        page = self._page(member)
        likely = [line.version for line in page.lines if line.kind in REVERSIBLE]
        entry = self._one_of(likely) if likely else self._draw(st.integers(1, page.version + 1))
        moved = sum(move.amount for move in page.lines[entry - 1].postings) if entry <= page.version else 0
        return tb.Reverse(
            **self._about(member),
            entry=entry,
            amount=self._draw(st.one_of(st.none(), st.integers(1, moved + 1))),
            shortfall=self._one_of([None, None, *tb.Shortfall]),
        )

    def freeze(self) -> tb.Command:
        return tb.Freeze(**self._about(self._member(), reasons=TEXTS[1:]), scope=self._one_of(list(tb.Scope)))

    def unfreeze(self) -> tb.Command:
        return tb.Unfreeze(**self._about(self._member(), reasons=TEXTS[1:]))

    def again(self) -> tb.Command:
        """An old request, word for word or with another body."""
        old = [request.command for request in self._oracle.requests.values()]
        return self._sent_again(self._one_of(old)) if old else self.enroll()

    def _sent_again(self, command: tb.Command) -> tb.Command:
        if self._one_of([True, True, False]):
            return command
        fields = {name: getattr(command, name) for name in command.__struct_fields__}
        return type(command)(**fields | {"source": command.source + "!"})

    # --- parts of commands --------------------------------------------------------------------------------

    def _one_of(self, choices: list[Any]) -> Any:
        return self._draw(st.sampled_from(choices))

    def _member(self) -> str:
        known = [member for member in MEMBERS if member in self._oracle.pages]
        return self._one_of(known * 4 + MEMBERS)

    def _page(self, member: str) -> Page:
        if member in self._oracle.pages:
            return self._oracle.settled(member)
        return Page(member, self._oracle.now, self._oracle.now)

    def _unit(self) -> str:
        return self._one_of(["points"] * 16 + ["growth", "growth", "stars"])

    def _amount(self) -> int:
        return self._draw(st.one_of(st.integers(1, 60), st.integers(1, 60), st.sampled_from([1, 1000, HUGE])))

    def _spender(self) -> tuple[str, str]:
        """A member and a unit, of which the member mostly has something."""
        rich = [member for member in self._oracle.pages if self._page(member).total("points", AVAILABLE)]
        if rich and self._one_of([True] * 9 + [False]):
            return self._one_of(rich), "points"
        return self._member(), self._unit()

    def _spending(self, member: str, unit: str) -> int:
        """An amount up to what is there, or a little more."""
        there = self._page(member).total(unit, AVAILABLE)
        some = st.integers(1, max(1, min(there, 60)))
        edge = st.sampled_from([max(1, there // 2), max(1, there), min(there + 1, 2**63 - 1)])
        return self._draw(st.one_of(some, some, edge))

    def _named_hold(self) -> tuple[str, str]:
        """A member and a hold, which mostly is open still."""
        pages = [self._page(member) for member in self._oracle.pages]
        waiting = [
            (page.member, hold.hold_id) for page in pages for hold in page.holds.values() if is_open(hold)
        ]
        if waiting and self._one_of([True] * 9 + [False]):
            return self._one_of(waiting)
        member = self._member()
        return member, self._one_of([*self._page(member).holds, "h1"])

    def _day(self, today: date, offsets: list[int | None]) -> date | None:
        offset = self._one_of(offsets)
        return None if offset is None else today + offset * DAY

    def _about(self, member: str, reasons: list[str] = TEXTS) -> dict[str, Any]:
        return {
            "program": self._oracle.program,
            "member": member,
            "request_id": self._new_id(),
            "occurred_at": self._occurred_at(),
            "source": self._one_of([*TEXTS, "till", ""]),
            "reason": self._one_of(reasons),
            "metadata": self._one_of([{}, {}, {"order": TEXTS[-1], "b": ""}]),
        }

    def _occurred_at(self) -> datetime | None:
        """When it happened: mostly now, else a while before, or a little ahead by the caller's clock."""
        hours = self._one_of([None, None, None, None, -1, -24, -72, -24 * 40, 24])
        return None if hours is None else self._oracle.now + timedelta(hours=hours)
