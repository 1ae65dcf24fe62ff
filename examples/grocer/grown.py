"""Where purchases bring a household: tasks, growth, tiers. Pure: no clock, no database. Knows no Tallybook.

Hardly anything is carried on from event to event. What counts on a day is added up anew each time, from what
is left of all orders; what is completed, from the months and weeks that are reached by now. Only what cannot
be seen from orders is remembered: the day on which a month or a week was reached, and the tiers with the day
that they were reached or kept on.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

GROWTH: Final = "growth"
"""The rule that gives growth, and no points."""
TIERS: Final = ("", "bronze", "silver", "gold")
"""By rank."""
REACHED: Final = {1: [(250, False)], 2: [(1000, False)], 3: [(2500, False), (1500, True)]}
"""By rank the ways to it, each of which is enough: growth, and whether a streak of weeks is asked for."""
KEPT: Final = {1: [(200, False)], 2: [(800, False)], 3: [(2000, False)]}
"""By rank what is enough to keep it, besides the ways to it."""
GRACE_DAYS: Final = 30

DEPARTMENTS, WEEKS = "five_departments", "four_weeks"
IN_A_MONTH: Final = 5
IN_A_ROW: Final = 4
GIVES: Final = {DEPARTMENTS: 25, WEEKS: 40}
"""Points for each time that a task is completed."""


class Completed(NamedTuple):
    """A task completed in the month or week that began on a day."""

    task: str
    since: date


class Standing(NamedTuple):
    """A household's tier, empty for none, the growth that counts, and how often it completed each task."""

    tier: str = ""
    growth: int = 0
    departments: int = 0
    weeks: int = 0


@dataclass(slots=True)
class Order:
    """An order of a local day: what is left of the growth that it gave, and the departments of what is left.

    Growth counts through `last_day`, the same day a year later. No order is of 29 February.
    """

    day: date
    growth: int
    left: dict[int, str]
    last_day: date = field(init=False)

    def __post_init__(self) -> None:
        self.last_day = self.day.replace(year=self.day.year + 1)


@dataclass(frozen=True, slots=True)
class Tenure:
    """A tier that a household has through a day: reached with what counted on `day`, or kept at its end.

    `before` is what it had until then, to have again when a refund takes this one away.
    """

    rank: int = 0
    day: date = date.min
    kept: bool = False
    until: date = date.max
    grace: date | None = None
    before: Tenure | None = None

    @property
    def last_day(self) -> date:
        """The last day, unless it is kept."""
        return self.grace or self.until


NO_TIER: Final = Tenure()


@dataclass(slots=True)
class Household:
    """One household in the order of time. `reviews` are the days on which a tier of its was looked at."""

    orders: dict[str, Order] = field(default_factory=dict)
    tenure: Tenure = NO_TIER
    reviews: list[date] = field(default_factory=list)
    completed: dict[Completed, date] = field(default_factory=dict)
    """All that is completed by now, each with the day on which it was."""
    _months: dict[date, date] = field(default_factory=dict)
    _weeks: dict[date, date] = field(default_factory=dict)
    _in_month: dict[date, list[Order]] = field(default_factory=lambda: defaultdict(list))
    _in_week: dict[date, list[Order]] = field(default_factory=lambda: defaultdict(list))

    @property
    def tier(self) -> str:
        """The tier that it has now."""
        return TIERS[self.tenure.rank]

    def buy(self, basket: str, day: date, growth: int, departments: Mapping[int, str]) -> None:
        """An order gave growth. Until its day time has passed already."""
        order = self.orders[basket] = Order(day, growth, dict(departments))
        month, week = _month(day), _week(day)
        self._in_month[month].append(order)
        self._in_week[week].append(order)
        if len(self._departments(month)) >= IN_A_MONTH:
            self._months.setdefault(month, day)
        self._weeks.setdefault(week, day)
        self._complete()
        self._climb(day)

    def give_back(self, basket: str, day: date, growth: int, gone: int | None) -> None:
        """A refund took growth back, and what was left of a line, if it is named."""
        order = self.orders[basket]
        order.growth -= growth
        if gone is not None:
            order.left.pop(gone, None)
        month, week = _month(order.day), _week(order.day)
        if len(self._departments(month)) < IN_A_MONTH:
            self._months.pop(month, None)
        if not any(each.left for each in self._in_week[week]):
            self._weeks.pop(week, None)
        had_streak = self._has_streak()
        self._complete()
        if growth or had_streak != self._has_streak():
            self.tenure = self._left_of(self.tenure, day)

    def standing(self, day: date) -> Standing:
        """Where it stands at the end of a day, until which time has passed."""
        times = Counter(each.task for each in self.completed)
        return Standing(self.tier, self.growth(day), times[DEPARTMENTS], times[WEEKS])

    def growth(self, day: date, *, beyond: bool = False) -> int:
        """The growth that counts on a day, as far as is known now; `beyond`, only what outlasts the day."""
        return sum(
            each.growth
            for each in self.orders.values()
            if each.day <= day and (day < each.last_day if beyond else day <= each.last_day)
        )

    # --- tasks -------------------------------------------------------------------------------------------

    def _departments(self, month: date) -> set[str]:
        found: set[str] = set()
        for each in self._in_month[month]:
            found.update(each.left.values())
        return found - {""}

    def _complete(self) -> None:
        self.completed = {
            **{Completed(DEPARTMENTS, month): on for month, on in self._months.items()},
            **{Completed(WEEKS, week): on for week, on in self._streaks().items()},
        }

    def _streaks(self) -> dict[date, date]:
        """The weeks in which four in a row are full: after each the count begins anew."""
        found, run, last = {}, 0, None
        for week in sorted(self._weeks):
            follows = last is not None and week - last == timedelta(days=7)
            run = run + 1 if follows and run < IN_A_ROW else 1
            if run == IN_A_ROW:
                found[week] = self._weeks[week]
            last = week
        return found

    def _has_streak(self) -> bool:
        return any(each.task == WEEKS for each in self.completed)

    # --- tiers -------------------------------------------------------------------------------------------

    def pass_time(self, today: date) -> None:
        """Look at each tier whose last day is over by a day."""
        while self.tenure.last_day < today:
            self._review(self.tenure.last_day)

    def _review(self, last: date) -> None:
        next_day, tenure = last + timedelta(days=1), self.tenure
        rank = self._highest(tenure.rank, self.growth(last, beyond=True), kept=True)
        if rank < tenure.rank and tenure.grace is None:
            self.tenure = replace(tenure, grace=last + timedelta(days=GRACE_DAYS))
        elif rank:
            self.tenure = Tenure(rank, last, kept=True, until=_end_of_quarter(next_day))
        else:
            self.tenure = NO_TIER
        self.reviews.append(next_day)

    def _climb(self, day: date) -> None:
        tenure = self.tenure
        rank = self._highest(len(TIERS) - 1, self.growth(day), kept=False)
        if rank > tenure.rank:
            before = tenure if tenure.rank else None
            self.tenure = Tenure(rank, day, until=_end_of_quarter(_months_later(day, 3)), before=before)
            return
        if tenure.grace is None:
            return
        if self._highest(tenure.rank, self.growth(day, beyond=True), kept=True) == tenure.rank:
            self.tenure = Tenure(tenure.rank, day, kept=True, until=_end_of_quarter(day))

    def _left_of(self, tenure: Tenure, today: date) -> Tenure:
        """What refunds leave of a tier.

        It stands while what is left of what counted on its day suffices, or what counts now.
        """
        if not tenure.rank:
            return tenure
        then = self._highest(tenure.rank, self.growth(tenure.day, beyond=tenure.kept), kept=tenure.kept)
        now = self._highest(tenure.rank, self.growth(today), kept=tenure.kept)
        rank = max(then, now)
        if rank == tenure.rank:
            return tenure
        before = self._left_before(tenure.before, today)
        if rank <= before.rank:
            return before
        return replace(tenure, rank=rank, before=before if before.rank else None)

    def _left_before(self, tenure: Tenure | None, today: date) -> Tenure:
        """The same of what a household had before. One whose time is over is looked at today."""
        if tenure is None:
            return NO_TIER
        if tenure.last_day >= today:
            return self._left_of(tenure, today)
        rank = self._highest(tenure.rank, self.growth(today, beyond=True), kept=True)
        return Tenure(rank, today, kept=True, until=_end_of_quarter(today)) if rank else NO_TIER

    def _highest(self, most: int, growth: int, *, kept: bool) -> int:
        """The highest rank, up to one, that growth and tasks suffice to reach, or to keep."""
        has_streak = self._has_streak()
        for rank in range(most, 0, -1):
            ways = REACHED[rank] + (KEPT[rank] if kept else [])
            if any(growth >= enough and (has_streak or not streak) for enough, streak in ways):
                return rank
        return 0


def _month(day: date) -> date:
    return day.replace(day=1)


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _end_of_quarter(day: date) -> date:
    month = day.month + 2 - (day.month - 1) % 3
    return date(day.year, month, monthrange(day.year, month)[1])
