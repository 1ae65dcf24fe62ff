"""The story on one database: replay the year, check it, replay it again, let half a year pass.

Knows the service and what was computed without it; prints nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from examples.grocer.baskets import Basket
from examples.grocer.expected import Expected, account_differences, holding_differences
from examples.grocer.findings import Findings
from examples.grocer.found import Found, read_accounts, read_book, verify
from examples.grocer.replay import Advance, Tally, replay
from examples.grocer.service import Service

YEAR_OVER = date(2018, 1, 1)
# A noon, so that it is the same day in the program's time zone.
LATER = datetime(2018, 7, 1, 12, tzinfo=UTC)

FIRST_REPLAY = "first replay"
SECOND_REPLAY = "second replay"

Progress = Callable[[str, int], AbstractContextManager[Advance]]
"""Shows how far something of so many steps has come."""


@dataclass(slots=True)
class Story:
    """A story on one database, from the first basket on."""

    service: Service
    baskets: Sequence[Basket]
    expected: Expected
    progress: Progress
    findings: Findings = field(default_factory=Findings)

    def tell(self, *, again: bool) -> Findings:
        """All of it; the second replay only where it shall be done `again`."""
        self.findings.begin("the year")
        tally = self._replay(FIRST_REPLAY)
        self._check_tally(tally)
        found = self._read()
        self._check_holdings(found, YEAR_OVER)
        self._check_accounts(found.accounts, self.expected.accounts(YEAR_OVER))
        self._verify(self.expected.entries)
        if again:
            self.findings.begin("the same again")
            self._check_unchanged(tally, self._replay(SECOND_REPLAY), found)
        self.findings.begin(f"on {LATER.day} {LATER:%B %Y}")
        self._let_time_pass()
        return self.findings

    def _replay(self, title: str) -> Tally:
        with self.findings.timed(title), self.progress(title, len(self.baskets)) as advance:
            return replay(self.service.client, self.baskets, self.service.set_clock, advance)

    def _read(self) -> Found:
        households = sorted(self.expected.lots)
        with self.progress("households read", len(households)) as advance:
            return read_book(self.service.client, households, advance)

    def _check_tally(self, tally: Tally) -> None:
        check = self.findings.check
        check("households enrolled", tally.enrolled, len(self.expected.lots))
        check("baskets", tally.baskets, len(self.baskets))
        check("baskets that earned", tally.awarded, self.expected.awards)
        check("redemptions of 500 points", tally.redeemed, self.expected.redemptions)
        check("entries written", tally.recorded_now, self.expected.entries)

    def _check_holdings(self, found: Found, today: date) -> None:
        expected = self.expected.holdings(today)
        same = sum(found.holdings.get(each) == holding for each, holding in expected.items())
        self.findings.check("households with that balance and those lots", same, len(expected))
        self.findings.note(holding_differences(expected, found.holdings))

    def _check_accounts(self, found: Mapping[str, int], expected: Mapping[str, int]) -> None:
        for account in sorted(found.keys() | expected.keys()):
            self.findings.check(f"points, {account}", found.get(account, 0), expected.get(account, 0))
        self.findings.note(account_differences(expected, found))

    def _verify(self, entries: int) -> None:
        with self.findings.timed("verify"):
            verified = verify(self.service.client)
        self.findings.check("households verified", verified.members, len(self.expected.lots))
        self.findings.check("entries verified", verified.entries, entries)
        self.findings.check("disagreements", len(verified.disagreements), 0)
        self.findings.note(verified.disagreements)

    def _check_unchanged(self, first: Tally, second: Tally, before: Found) -> None:
        check = self.findings.check
        check("baskets that earned", second.awarded, first.awarded)
        check("redemptions of 500 points", second.redeemed, first.redeemed)
        check("entries written", second.recorded_now, 0)
        after = self._read()
        same = sum(after.versions[each] == version for each, version in before.versions.items())
        check("households at the same entry", same, len(before.versions))
        self._check_accounts(after.accounts, before.accounts)
        self.findings.note(holding_differences(before.holdings, after.holdings))

    def _let_time_pass(self) -> None:
        """Move the clock on by half a year: what was earned until June has lapsed."""
        self.service.set_clock(LATER)
        today = LATER.date()
        self._check_holdings(self._read(), today)
        # The trial balance is of what is recorded.
        self.service.sweep(LATER)
        self._check_accounts(read_accounts(self.service.client), self.expected.accounts(today))
        self._verify(self.expected.entries + self.expected.lapses(today))
