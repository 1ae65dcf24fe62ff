"""Tiers worked out otherwise: day after day, from the whole list of gains and losses each time. Slow."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tallybook.programs.expiry import NEVER, after_months
from tallybook.programs.ladders import (
    Downgrade,
    ForDays,
    ForMonths,
    Ladder,
    RefundPolicy,
    Validity,
    Way,
    Ways,
)
from tallybook.programs.rules import Period

DAY = timedelta(days=1)


@dataclass
class Gain:
    """Units that a member gained, and the days on which parts of them were lost again."""

    unit: str
    counts_from: date
    counts_through: date
    steps: int
    losses: list[tuple[date, int]] = field(default_factory=list)

    def left(self) -> int:
        return self.steps - sum(steps for _, steps in self.losses)

    def forgiving(self) -> int:
        """What is left where only what was lost before it counted is gone."""
        return self.steps - sum(steps for on, steps in self.losses if on < self.counts_from)


@dataclass
class Rung:
    """A tier by its rank, and what came with it. `basis` is the day whose units it was reached with."""

    rank: int = 0
    anchor: date = date.min
    until: date = NEVER
    grace: date | None = None
    basis: date | None = None
    was_kept: bool = False
    before: "Rung | None" = None

    def last(self) -> date:
        return self.grace or self.until


class Climber:
    """A member on one ladder."""

    def __init__(self, ladder: Ladder, gains: list[Gain], tasks: set[str]) -> None:
        self.ladder, self.gains, self.tasks = ladder, gains, tasks
        self.rung = Rung()
        self.override: tuple[str, date, bool] | None = None
        self.given: dict[str, int] = {}
        self.granted: set[str] = set()
        self.changes: list[tuple[date, str, str, str]] = []
        self.dues: list[tuple[date, str]] = []
        self.shown = ""

    # Counting, each time from the list.

    def counts(self, day: date, *, outlasting: bool, forgiving: bool = False) -> dict[str, int]:
        found: dict[str, int] = {}
        for gain in self.gains:
            strictly = outlasting and gain.unit in self.ladder.rolling
            last = (
                gain.counts_through - DAY
                if strictly and gain.counts_through != NEVER
                else gain.counts_through
            )
            if gain.counts_from <= day <= last:
                found[gain.unit] = found.get(gain.unit, 0) + (gain.forgiving() if forgiving else gain.left())
        return found

    def for_keeping(self, day: date) -> dict[str, int]:
        forgiving = self.ladder.refunds is RefundPolicy.NEVER
        return self.counts(day, outlasting=True, forgiving=forgiving)

    def passes(self, ways: Ways, counts: dict[str, int]) -> bool:
        def passes_one(way: Way) -> bool:
            enough = [counts.get(unit, 0) >= steps for unit, steps in way.units.items()]
            return all(enough) and not (way.tasks - self.tasks)

        return True if not ways else any(passes_one(way) for way in ways)

    def enters(self, rank: int, counts: dict[str, int]) -> bool:
        return self.passes(self.ladder.tiers[rank - 1].entry, counts)

    def keeps(self, rank: int, counts: dict[str, int]) -> bool:
        return rank == 0 or (
            self.passes(self.ladder.tiers[rank - 1].keep, counts) or self.enters(rank, counts)
        )

    # Days.

    def day_begins(self, day: date) -> None:
        if self.rung.last() == day - DAY:
            self.review(day)
        if self.override and self.override[1] == day - DAY:
            self.override = None
            self.show(day, "override_ended")
        if any(gain.counts_from == day for gain in self.gains):
            self.climb(day)
        self.grants(day)

    def climb(self, day: date) -> None:
        counts = self.counts(day, outlasting=False)
        above = [r for r in range(self.rung.rank + 1, len(self.ladder.tiers) + 1) if self.enters(r, counts)]
        if above:
            for tier in self.ladder.tiers[self.rung.rank : above[-1]]:
                if tier.rewards:
                    self.given[tier.code] = self.given.get(tier.code, 0) + 1
                    if self.given[tier.code] == 1 or tier.rewards_again:
                        self.dues.append((day, f"{self.ladder.code}/{tier.code}/{self.given[tier.code]}"))
            before = self.rung if self.rung.rank else None
            self.rung = self.on(above[-1], day, reached(self.ladder.validity, day), day)
            self.rung.before = before
            self.show(day, "reached")
        elif self.rung.grace and self.keeps(self.rung.rank, self.for_keeping(day)):
            self.keep(day, day)

    def on(self, rank: int, day: date, until: date, basis: date | None, was_kept: bool = False) -> Rung:
        if rank == 0 or not self.ladder.tiers[rank - 1].entry:
            return Rung(rank)
        return Rung(rank, day, until, None, basis, was_kept)

    def keep(self, judged_on: date, today: date) -> None:
        rung = self.rung
        until = renewed(self.ladder.validity, rung.anchor, rung.until, today)
        self.rung = Rung(rung.rank, rung.anchor, until, None, judged_on, True)

    def review(self, day: date) -> None:
        rung, judged_on = self.rung, self.rung.last()
        counts = self.for_keeping(judged_on)
        if self.keeps(rung.rank, counts):
            self.keep(judged_on, day)
        elif rung.grace is None and self.ladder.grace_days:
            rung.grace = judged_on + timedelta(days=self.ladder.grace_days)
        else:
            to = next(rank for rank in range(rung.rank - 1, -1, -1) if self.keeps(rank, counts))
            basis: date | None = judged_on
            if self.ladder.downgrade is Downgrade.ONE_STEP and to != rung.rank - 1:
                to, basis = rung.rank - 1, None
            self.rung = self.on(to, day, lowered(self.ladder.validity, day), basis, was_kept=True)
            self.show(day, "not_kept")

    def refund(self, day: date, *, touched: str = "", undone: bool = False) -> None:
        rung = self.rung
        if self.ladder.refunds is not RefundPolicy.AT_ONCE or rung.basis is None:
            return
        if undone or touched in self.ladder.units:
            self.rung = self.without(rung, day)
            self.show(day, "refund")

    def counted_on(self, rung: Rung) -> list[Gain]:
        assert rung.basis is not None
        return [
            gain
            for gain in self.gains
            if gain.unit in self.ladder.units
            and gain.counts_from <= rung.basis <= gain.counts_through
            and not (rung.was_kept and gain.unit in self.ladder.rolling and gain.counts_through == rung.basis)
        ]

    def without(self, rung: Rung, day: date) -> Rung:
        if rung.basis is None:
            return rung
        then: dict[str, int] = {}
        for gain in self.counted_on(rung):
            then[gain.unit] = then.get(gain.unit, 0) + gain.left()
        now = self.counts(day, outlasting=False)
        has = self.keeps if rung.was_kept else self.enters
        left = max((r for r in range(1, rung.rank + 1) if has(r, then) or has(r, now)), default=0)
        if left == rung.rank:
            return rung
        before = self.before(rung, day)
        if left <= before.rank:
            return before
        if not self.ladder.tiers[left - 1].entry:
            return Rung(left)
        return Rung(left, rung.anchor, rung.until, rung.grace, rung.basis, rung.was_kept, before)

    def before(self, rung: Rung, day: date) -> Rung:
        if rung.before is None or rung.before.rank == 0:
            return Rung()
        if rung.before.last() >= day:
            return self.without(rung.before, day)
        counts = self.for_keeping(day)
        to = next(rank for rank in range(rung.before.rank, -1, -1) if self.keeps(rank, counts))
        return self.on(to, day, lowered(self.ladder.validity, day), day, was_kept=True)

    def grants(self, day: date) -> None:
        for tier in self.ladder.tiers:
            if tier.code == self.shown:
                for place, grant in enumerate(tier.benefits.grants):
                    due = f"{self.ladder.code}/{tier.code}/{place}/{period_of(grant.every, day)}"
                    if due not in self.granted:
                        self.granted.add(due)
                        self.dues.append((day, due))

    def show(self, day: date, why: str) -> None:
        codes = ["", *(tier.code for tier in self.ladder.tiers)]
        tier = codes[self.rung.rank]
        if self.override:
            code, _, exactly = self.override
            tier = code if exactly else codes[max(self.rung.rank, codes.index(code))]
        if tier != self.shown:
            self.changes.append((day, self.shown, tier, why))
            self.shown = tier


def reached(validity: Validity, day: date) -> date:
    match validity:
        case ForDays(days=days):
            return day + timedelta(days=days)
        case ForMonths(months=months):
            return after_months(day, months)
        case _:
            return validity.reached(day)


def renewed(validity: Validity, anchor: date, until: date, day: date) -> date:
    match validity:
        case ForDays(days=days):
            last = until
            while last <= until or last < day:
                last += timedelta(days=days)
            return last
        case ForMonths(months=months):
            ends = (after_months(anchor, months * times) for times in range(1, 10_000))
            return next(last for last in ends if last > until and last >= day)
        case _:
            return lowered(validity, day)


def lowered(validity: Validity, day: date) -> date:
    """The tests know no other calendar periods than months."""
    if isinstance(validity, ForDays | ForMonths):
        return reached(validity, day)
    if validity.reached(day) == NEVER:
        return NEVER
    return day.replace(day=monthrange(day.year, day.month)[1])


def period_of(every: Period, day: date) -> date:
    return {
        Period.DAY: day,
        Period.WEEK: day - timedelta(days=day.weekday()),
        Period.MONTH: day.replace(day=1),
    }[every]


Fact = tuple[datetime, str, Any]
