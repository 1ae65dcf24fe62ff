"""Days of membership are conserved, and are those of a member who crosses off one day after another."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import tallybook as tb
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clocks import SetClock
from tests.lengths import TIMES_LONGER
from tests.slices.memberships.club import Club


@dataclass
class Term:
    """Days on paper: so many in all, so many not crossed off; nothing was paid for those that were given."""

    days: int
    left: int
    worth: int | None


@dataclass
class Paper:
    """A calendar on which days are crossed off, today first, and what they came to."""

    terms: list[Term] = field(default_factory=list)
    days_in: int = 0
    used: int = 0
    taken: int = 0
    grace: int = 0
    renews: bool = True

    def add(self, days: int, worth: int | None) -> None:
        had_day = bool(self.used)
        self.terms.append(Term(days, days, worth))
        self.days_in += days
        if not had_day:
            self.cross_off()

    def give(self, days: int) -> None:
        """Days of grace that went by stay days of grace: what is given in it begins today."""
        is_in_grace, self.grace = self.grace > 0, 0
        self.add(days, None)
        if is_in_grace:
            self.cross_off()

    def cross_off(self) -> None:
        """One day goes by."""
        term = next((each for each in self.terms if each.left), None)
        if term is None:
            self.grace += 1
        else:
            term.left -= 1
            self.used += 1

    def catch_up(self) -> None:
        """Days of grace that went by are of what came since."""
        while self.grace and any(term.left for term in self.terms):
            self.grace -= 1
            self.cross_off()

    @property
    def left(self) -> int:
        return sum(term.left for term in self.terms)

    def refund(self) -> tuple[int, int]:
        """Money and days."""
        back = [term for term in self.terms if term.left and term.worth is not None]
        money = sum((term.worth or 0) * term.left // term.days for term in back)
        days = sum(term.left for term in back)
        for term in back:
            term.worth = (term.worth or 0) - (term.worth or 0) * term.left // term.days
            term.days, term.left = term.days - term.left, 0
        self.taken += days
        return money, days


class Told:
    """A club and a paper, on which the same is told."""

    def __init__(self, timezone: str) -> None:
        self.clock = SetClock(datetime(2028, 1, 31, 17, tzinfo=UTC))
        self.club = Club("sqlite://", self.clock, timezone)
        self.club.enroll("")
        self.paper: Paper | None = None
        self.paid_in = self.paid_back = 0

    def wait(self, days: int) -> None:
        for _ in range(days):
            self.clock.now += timedelta(days=1)
            if self.paper is not None:
                self.paper.cross_off()
                if not self.paper.left and self.paper.grace > (3 if self.paper.renews else 0):
                    self.paper = None

    def tell(self, what: str, number: int) -> None:
        match what:
            case "pay":
                self._pay(number)
            case "give":
                self.paper = self.paper or Paper()
                self.club.give(number % 40 + 1)
                self.paper.give(number % 40 + 1)
            case "refund" if self.paper is not None:
                self._refund(self.paper)
            case "cancel" if self.paper is not None:
                self.club.do(tb.CancelMembership, plan="plus")
                self.paper.renews = False
                self.paper = self.paper if self.paper.left or not self.paper.grace else None
            case "sweep":
                self.club.book.sweep()

    def _pay(self, number: int) -> None:
        """A member who has a plan renews it; one who had it may buy or renew it."""
        had = bool(self.club.view().over) and number % 2
        bought = (self.club.renew if self.paper is not None or had else self.club.buy)(paid=number)
        self.paid_in += number
        self.paper = self.paper or Paper()
        self.paper.renews = True
        self.paper.add(bought.days, number)
        self.paper.catch_up()

    def _refund(self, paper: Paper) -> None:
        money, days = paper.refund()
        if not days:
            assert self.club.view().held[0].refund_days == 0
            return
        refunded = self.club.refund()
        assert (refunded.amount, refunded.days) == (money, days)
        self.paid_back += money
        self.paper = paper if paper.left else None

    def compare(self) -> None:
        """The book says what the paper says, and nothing is lost."""
        assert self.paid_back <= self.paid_in
        held = self.club.view().held
        assert len(held) == (self.paper is not None)
        if self.paper is not None:
            paper, (found,) = self.paper, held
            assert (found.used, found.left, found.taken_back) == (paper.used, paper.left, paper.taken)
            assert found.bought + found.given == paper.days_in == paper.used + paper.left + paper.taken


steps = st.lists(
    st.tuples(
        st.integers(0, 20),
        st.sampled_from(["pay", "pay", "give", "refund", "cancel", "sweep"]),
        st.integers(0, 10_000),
    ),
    max_size=20,
)


@settings(max_examples=60 * TIMES_LONGER)
@given(steps, st.sampled_from(["UTC", "Asia/Shanghai", "America/New_York"]))
def test_days_bought_and_given_are_days_used_left_and_taken_back(
    told: list[tuple[int, str, int]], timezone: str
) -> None:
    both = Told(timezone)
    with both.club.book:
        for days, what, number in told:
            both.wait(days)
            both.tell(what, number)
            both.compare()
        assert both.club.problems() == []
