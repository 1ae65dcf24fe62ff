"""The story on one database: replay the year, check it, replay it again, let half a year pass.

Knows the ledger and what was computed without it; prints nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from examples.grocer.baskets import Basket
from examples.grocer.events import Event
from examples.grocer.expected import (
    Expected,
    Holding,
    account_differences,
    amount_differences,
    holding_differences,
)
from examples.grocer.findings import Findings
from examples.grocer.ledger import Ledger
from examples.grocer.replay import Advance, Tally, replay

# Noons, so that they are the same day in the program's time zone. By the first all refunds have come, and no
# lot has lapsed.
YEAR_OVER = datetime(2018, 1, 31, 12, tzinfo=UTC)
LATER = datetime(2018, 7, 1, 12, tzinfo=UTC)

FIRST_REPLAY = "first replay"
SECOND_REPLAY = "second replay"

Progress = Callable[[str, int], AbstractContextManager[Advance]]
"""Shows how far something of so many steps has come."""


@dataclass(slots=True)
class Story:
    """A story on one database, from the first event on."""

    ledger: Ledger
    events: Sequence[Event]
    expected: Expected
    progress: Progress
    findings: Findings = field(default_factory=Findings)

    def tell(self, *, again: bool) -> Findings:
        """All of it; the second replay only where it shall be done `again`."""
        self.findings.begin("the year")
        tally = self._replay(FIRST_REPLAY, again=False)
        self._check_tally(tally)
        self.ledger.set_clock(YEAR_OVER)
        holdings, versions = self._read()
        accounts = self.ledger.accounts()
        self._check_holdings(holdings, YEAR_OVER.date())
        self._check_accounts(accounts, self.expected.accounts(YEAR_OVER.date()))
        self._verify(self.expected.entries)
        if again:
            self.findings.begin("the same again")
            self._check_unchanged(tally, self._replay(SECOND_REPLAY, again=True), versions, accounts)
        self.findings.begin(f"on {LATER.day} {LATER:%B %Y}")
        self._let_time_pass()
        return self.findings

    def _replay(self, title: str, *, again: bool) -> Tally:
        with self.findings.timed(title), self.progress(title, len(self.events)) as advance:
            return replay(self.ledger, self.events, advance, again=again)

    def _read(self) -> tuple[dict[str, Holding], dict[str, int]]:
        """What each household holds, and the version of its latest entry."""
        holdings, versions = {}, {}
        with self.progress("households read", len(self.expected.lots)) as advance:
            for household in sorted(self.expected.lots):
                holdings[household], versions[household] = self.ledger.holding(household)
                advance(1)
        return holdings, versions

    def _check_tally(self, tally: Tally) -> None:
        check, expected = self.findings.check, self.expected
        purchases = sum(isinstance(event, Basket) for event in self.events)
        check("households enrolled", tally.enrolled, len(expected.lots))
        check("purchases", tally.purchases, purchases)
        check("refunds", tally.refunds, len(self.events) - purchases)
        given, meant = _by_rule(tally.rewards), _by_rule(expected.rewards)
        taken, due = _by_rule(tally.taken), _by_rule(expected.taken)
        for rule in meant | given:
            check(f"points given: {rule}", given[rule], meant[rule])
            check(f"points taken back: {rule}", taken[rule], due[rule])
        check("redemptions of 500 points", tally.redeemed, expected.redemptions)
        check("entries written", tally.recorded_now, expected.entries)
        self.findings.note(amount_differences("basket", expected.rewards, tally.rewards))
        self.findings.note(amount_differences("refund", expected.taken, tally.taken))

    def _check_holdings(self, found: Mapping[str, Holding], today: date) -> None:
        expected = self.expected.holdings(today)
        same = sum(found.get(each) == holding for each, holding in expected.items())
        self.findings.check("households with that balance and those lots", same, len(expected))
        self.findings.note(holding_differences(expected, found))

    def _check_accounts(self, found: Mapping[str, int], expected: Mapping[str, int]) -> None:
        for account in sorted(found.keys() | expected.keys()):
            self.findings.check(f"points, {account}", found.get(account, 0), expected.get(account, 0))
        self.findings.note(account_differences(expected, found))

    def _verify(self, entries: int) -> None:
        with self.findings.timed("verify"):
            verified = self.ledger.verify()
        self.findings.check("households verified", verified.members, len(self.expected.lots))
        self.findings.check("entries verified", verified.entries, entries)
        self.findings.check("disagreements", len(verified.disagreements), 0)
        self.findings.note(verified.disagreements)

    def _check_unchanged(
        self, first: Tally, second: Tally, versions: Mapping[str, int], accounts: Mapping[str, int]
    ) -> None:
        check = self.findings.check
        check("entries written", second.recorded_now, 0)
        check("redemptions of 500 points", second.redeemed, first.redeemed)
        self.findings.note(amount_differences("basket", first.rewards, second.rewards))
        self.findings.note(amount_differences("refund", first.taken, second.taken))
        _, after = self._read()
        same = sum(after[each] == version for each, version in versions.items())
        check("households at the same entry", same, len(versions))
        self._check_accounts(self.ledger.accounts(), accounts)

    def _let_time_pass(self) -> None:
        """Move the clock on by half a year: what was earned until June has lapsed."""
        self.ledger.set_clock(LATER)
        today = LATER.date()
        self._check_holdings(self._read()[0], today)
        # The trial balance is of what is recorded.
        self.ledger.sweep()
        self._check_accounts(self.ledger.accounts(), self.expected.accounts(today))
        self._verify(self.expected.entries + self.expected.lapses(today))


def _by_rule(amounts: Mapping[tuple[str, str], int]) -> Counter[str]:
    """The sum for each rule, all campaigns together."""
    sums: Counter[str] = Counter()
    for (_, rule), points in amounts.items():
        sums["campaigns" if rule.startswith("campaign_") else rule] += points
    return sums
