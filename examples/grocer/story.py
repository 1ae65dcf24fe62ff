"""The story on one database: replay the year, check it, replay it again, let half a year pass.

Knows the ledger and what was computed without it; prints nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from examples.grocer.baskets import Basket
from examples.grocer.events import Event
from examples.grocer.expected import (
    MONTH_ENDS,
    Expected,
    Holding,
    account_differences,
    amount_differences,
    holding_differences,
    standing_differences,
)
from examples.grocer.findings import Findings
from examples.grocer.grown import TIERS, Standing
from examples.grocer.ledger import GROWTH, UNIT, Ledger
from examples.grocer.replay import Advance, Tally, replay

# Noons, so that they are the same day in the program's time zone. By the first all refunds have come, and no
# lot has lapsed.
YEAR_OVER = datetime(2018, 1, 31, 12, tzinfo=UTC)
LATER = datetime(2018, 7, 1, 12, tzinfo=UTC)

THE_YEAR, AFTERWARDS = MONTH_ENDS[:12], MONTH_ENDS[12:]
NEW_YORK = ZoneInfo("America/New_York")

FIRST_REPLAY = "first replay"
SECOND_REPLAY = "second replay"

Progress = Callable[[str, int], AbstractContextManager[Advance]]
"""Shows how far something of so many steps has come."""


def moment_of(day: date) -> datetime:
    """The last second of a day in the program's time zone."""
    return datetime.combine(day, time(23, 59, 59), NEW_YORK).astimezone(UTC)


@dataclass(slots=True)
class Story:
    """A story on one database, from the first event on."""

    ledger: Ledger
    events: Sequence[Event]
    expected: Expected
    progress: Progress
    findings: Findings = field(default_factory=Findings)
    _standings: dict[date, dict[str, Standing]] = field(default_factory=dict)

    def tell(self, *, again: bool) -> Findings:
        """All of it; the second replay only where it shall be done `again`."""
        self.findings.begin("the year")
        tally = self._replay(FIRST_REPLAY, THE_YEAR)
        self._check_tally(tally)
        self.ledger.set_clock(YEAR_OVER)
        self.ledger.sweep()
        holdings, versions = self._read()
        accounts = self.ledger.accounts(UNIT)
        self._check_holdings(holdings, YEAR_OVER.date())
        self._check_all_accounts(YEAR_OVER.date())
        self._verify(self.expected.entries + self.expected.of_time(YEAR_OVER.date()))
        if again:
            self.findings.begin("the same again")
            self._check_unchanged(tally, self._replay(SECOND_REPLAY), versions, accounts)
        self.findings.begin("month ends")
        for end in AFTERWARDS:
            self.ledger.set_clock(moment_of(end))
            self._read_standings(end)
        self._check_standings()
        self.findings.begin(f"on {LATER.day} {LATER:%B %Y}")
        self._let_time_pass()
        return self.findings

    def _replay(self, title: str, stops: Sequence[date] = ()) -> Tally:
        """Replay the year, reading at the end of some days where everybody stands."""
        ends = {moment_of(day): day for day in stops}
        with self.findings.timed(title), self.progress(title, len(self.events)) as advance:
            return replay(
                self.ledger, self.events, advance, list(ends), lambda end: self._read_standings(ends[end])
            )

    def _read_standings(self, end: date) -> None:
        """Where everybody stands at the end of a day, as it is known now."""
        with self.findings.timed("standings"):
            self._standings[end] = {
                household: self.ledger.standing(household) for household in sorted(self.expected.lots)
            }

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
        given, meant = _by_task(tally.gifts), _by_task(expected.gifts)
        for task in meant | given:
            check(f"points {task}", given[task], meant[task])
        check("redemptions of 500 points", tally.redeemed, expected.redemptions)
        check("entries written", tally.recorded_now, expected.entries)
        self.findings.note(amount_differences("event", expected.gifts, tally.gifts))
        self.findings.note(amount_differences("basket", expected.rewards, tally.rewards))
        self.findings.note(amount_differences("refund", expected.taken, tally.taken))

    def _check_holdings(self, found: Mapping[str, Holding], today: date) -> None:
        expected = self.expected.holdings(today)
        same = sum(found.get(each) == holding for each, holding in expected.items())
        self.findings.check("households with that balance and those lots", same, len(expected))
        self.findings.note(holding_differences(expected, found))

    def _check_standings(self) -> None:
        """Where everybody stood at each month end, as it was read then; and the tier, as it is told now."""
        check, days = self.findings.check, list(self._standings)
        found = [each for day in days for each in self._standings[day].values()]
        expected = [self.expected.standing(each, day) for day in days for each in sorted(self.expected.lots)]
        check("standings that are the same", _same(found, expected), len(expected))
        for tier in TIERS:
            check(f"standings in {tier or 'no tier'}", _in_tier(found, tier), _in_tier(expected, tier))
        for what in ("growth", "departments", "weeks"):
            sums = [sum(getattr(each, what) for each in standings) for standings in (found, expected)]
            check(f"sum of {what}", *sums)
        told = [
            self.ledger.tier_at(household, moment_of(day))
            for day in days
            for household in sorted(self.expected.lots)
        ]
        check("tiers that are told the same later", _same(told, [each.tier for each in expected]), len(told))
        for day in days:
            self.findings.note(standing_differences(self.expected.standings[day], self._standings[day], day))

    def _check_all_accounts(self, today: date) -> None:
        self._check_accounts(UNIT, self.ledger.accounts(UNIT), self.expected.accounts(today))
        self._check_accounts(GROWTH, self.ledger.accounts(GROWTH), self.expected.growth_accounts(today))

    def _check_accounts(self, unit: str, found: Mapping[str, int], expected: Mapping[str, int]) -> None:
        for account in sorted(found.keys() | expected.keys()):
            self.findings.check(f"{unit}, {account}", found.get(account, 0), expected.get(account, 0))
        self.findings.note(f"{unit}: {each}" for each in account_differences(expected, found))

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
        self.findings.note(amount_differences("event", first.gifts, second.gifts))
        self.findings.note(amount_differences("basket", first.rewards, second.rewards))
        self.findings.note(amount_differences("refund", first.taken, second.taken))
        _, after = self._read()
        same = sum(after[each] == version for each, version in versions.items())
        check("households at the same entry", same, len(versions))
        self._check_accounts(UNIT, self.ledger.accounts(UNIT), accounts)

    def _let_time_pass(self) -> None:
        """Move the clock on by half a year: what was earned until June has lapsed."""
        self.ledger.set_clock(LATER)
        today = LATER.date()
        self._check_holdings(self._read()[0], today)
        # The trial balance is of what is recorded.
        self.ledger.sweep()
        self._check_all_accounts(today)
        self._verify(self.expected.entries + self.expected.of_time(today))


def _by_rule(amounts: Mapping[tuple[str, str], int]) -> Counter[str]:
    """The sum for each rule, all campaigns together."""
    sums: Counter[str] = Counter()
    for (_, rule), points in amounts.items():
        sums["campaigns" if rule.startswith("campaign_") else rule] += points
    return sums


def _by_task(gifts: Mapping[tuple[str, str], int]) -> Counter[str]:
    """The sum of what each task gave, and of what it took back."""
    sums: Counter[str] = Counter()
    for (_, source), points in gifts.items():
        sums[f"{'given' if points > 0 else 'taken back'}: {source.split('/')[1]}"] += abs(points)
    return sums


def _same(found: Sequence[object], expected: Sequence[object]) -> int:
    return sum(one == other for one, other in zip(found, expected, strict=True))


def _in_tier(standings: Sequence[Standing], tier: str) -> int:
    return sum(each.tier == tier for each in standings)
