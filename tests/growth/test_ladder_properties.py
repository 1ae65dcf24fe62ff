"""Tiers against a slow computation of another kind, for random facts, ladders and policies."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from tallybook.growth.ladders import advanced, gained, lost, next_moment, overridden, override_ended
from tallybook.growth.tier_standing import standing, tier_at
from tallybook.growth.tier_state import Counted, Outcome, Override, Terms, TierState
from tallybook.programs.benefits import Benefits, Grant
from tallybook.programs.expiry import end_of_month
from tallybook.programs.ladders import (
    Downgrade,
    ForDays,
    Forever,
    ForMonths,
    Ladder,
    RefundPolicy,
    Tier,
    ToEnd,
    Way,
)
from tallybook.programs.rewards import UnitsReward
from tallybook.programs.rules import Period

from tests.growth.ladder_programs import START, day, terms
from tests.growth.tier_oracle import Climber, Gain, Rung
from tests.lengths import TIMES_LONGER

LONGEST = 70
LIFE_DAYS = 12
REWARD = (UnitsReward("points", "house", 1),)
MONTHS_END = ToEnd(lambda reached: end_of_month(reached, 1), lambda again: end_of_month(again, 0))


class Fact(NamedTuple):
    day: int
    hour: int
    kind: str
    what: Any


def tiers(prefix: str) -> st.SearchStrategy[list[Tier]]:
    """Two or three tiers that rise in growth; visits and a task are other ways."""
    return st.builds(
        _tiers,
        st.just(prefix),
        st.integers(1, 3),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.sampled_from((None, Period.WEEK, Period.MONTH)),
        st.booleans(),
    )


def _tiers(
    prefix: str, keep: int, everybody: bool, visits: bool, task: bool, every: Period | None, again: bool
) -> list[Tier]:
    low = (Way({"growth": 4}), *([Way({"visits": 3})] if visits else []))
    high = (Way({"growth": 10}), *([Way({"growth": 6}, frozenset({"profile"}))] if task else []))
    benefits = Benefits(grants=() if every is None else (Grant(every, REWARD),))
    found = [
        Tier(f"{prefix}1", "", low, (Way({"growth": keep}),), benefits, REWARD, again),
        Tier(f"{prefix}2", "", high, (Way({"growth": keep + 4}),), benefits, REWARD, again),
    ]
    return [Tier(f"{prefix}0", "", (), ()), *found] if everybody else found


def ladders(code: str) -> st.SearchStrategy[Ladder]:
    return st.builds(
        Ladder,
        code=st.just(code),
        display_name=st.just(code),
        tiers=tiers(code).map(tuple),
        validity=st.sampled_from((Forever(), ForDays(5), ForDays(15), ForMonths(1), MONTHS_END)),
        grace_days=st.sampled_from((0, 0, 1, 7)),
        downgrade=st.sampled_from(Downgrade),
        refunds=st.sampled_from(RefundPolicy),
        rolling=st.just(frozenset({"growth"})),
    )


FACTS = st.lists(
    st.builds(
        Fact,
        st.integers(0, LONGEST),
        st.integers(0, 19),
        st.sampled_from(("gain", "gain", "gain", "loss", "loss", "done", "undone", "override", "ended")),
        st.tuples(st.sampled_from(("growth", "growth", "visits")), st.integers(1, 7), st.integers(0, 4)),
    ),
    max_size=25,
).map(sorted)


def last_day(unit: str, earned: date) -> date:
    return earned + timedelta(days=LIFE_DAYS) if unit == "growth" else end_of_month(earned, 0)


class Both:
    """A member told to the fold and to the slow computation."""

    def __init__(self, of: Terms) -> None:
        self.terms, self.days = of, of.days
        self.outcomes: list[Outcome] = []
        self.state = TierState(at=self.days.start_of(START))
        self.gains: list[Gain] = []
        self.tasks: set[str] = set()
        self.climbers = [Climber(ladder, self.gains, self.tasks) for ladder in of.ladders.values()]
        self.today = START
        for climber in self.climbers:
            if climber.ladder.tiers[0].asks_nothing:
                climber.rung = Rung(1)
                climber.show(START, "program")
            climber.grants(START)

    def moment(self, fact: Fact) -> datetime:
        return self.days.start_of(day(fact.day)) + timedelta(hours=fact.hour)

    def come_to(self, at: date) -> None:
        while self.today < at:
            self.today += timedelta(days=1)
            for climber in self.climbers:
                climber.day_begins(self.today)

    def take(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.state = outcome.state

    def pass_time(self, to: datetime) -> None:
        self.take(advanced(self.state, self.terms, to))

    def tell(self, fact: Fact) -> None:
        at = self.moment(fact)
        self.come_to(day(fact.day))
        unit, steps, extra = fact.what
        getattr(self, fact.kind)(at, unit, steps, extra)
        for climber in self.climbers:
            climber.grants(self.today)

    def gain(self, at: datetime, unit: str, steps: int, extra: int) -> None:
        since = self.today + timedelta(days=extra)
        gain = Gain(unit, since, max(since, last_day(unit, self.today)), steps)
        self.gains.append(gain)
        self.take(
            gained(
                self.state, self.terms, at, [Counted(gain.unit, gain.counts_from, gain.counts_through, steps)]
            )
        )
        for climber in self.climbers:
            climber.climb(self.today)

    def loss(self, at: datetime, unit: str, steps: int, extra: int) -> None:
        gain = next((each for each in self.gains[extra:] if each.unit == unit and each.left()), None)
        if gain is None:
            return
        steps = min(steps, gain.left())
        gain.losses.append((self.today, steps))
        self.take(
            lost(self.state, self.terms, at, [Counted(unit, gain.counts_from, gain.counts_through, steps)])
        )
        for climber in self.climbers:
            climber.refund(self.today, touched=unit)

    def done(self, at: datetime, *_: object) -> None:
        self.tasks.add("profile")
        self.take(gained(self.state, self.terms, at, [], {"profile": self.today}))
        for climber in self.climbers:
            climber.climb(self.today)

    def undone(self, at: datetime, *_: object) -> None:
        was = "profile" in self.tasks
        self.tasks.discard("profile")
        self.take(lost(self.state, self.terms, at, [], ["profile"]))
        for climber in self.climbers:
            climber.refund(self.today, undone=was)

    def override(self, at: datetime, unit: str, steps: int, extra: int) -> None:
        climber = self.climbers[0]
        code = climber.ladder.at(steps % (len(climber.ladder.tiers) + 1)).code
        until, exactly = self.today + timedelta(days=extra), unit == "growth"
        override = Override(tier=code, until=until, reason="a favour", exactly=exactly)
        self.take(overridden(self.state, self.terms, at, climber.ladder.code, override))
        climber.override = code, until, exactly
        climber.show(self.today, "override")

    def ended(self, at: datetime, *_: object) -> None:
        climber = self.climbers[0]
        self.take(override_ended(self.state, self.terms, at, climber.ladder.code, "enough"))
        climber.override = None
        climber.show(self.today, "override_ended")

    def changes(self) -> list[tuple[str, date, str, str, str]]:
        return [
            (change.ladder, self.days.day_of(change.at), change.before, change.after, str(change.why))
            for outcome in self.outcomes
            for change in outcome.changes
        ]

    def expected_changes(self) -> list[tuple[str, date, str, str, str]]:
        return [(climber.ladder.code, *each) for climber in self.climbers for each in climber.changes]

    def dues(self) -> list[tuple[date, str]]:
        return [(self.days.day_of(due.at), due.id) for outcome in self.outcomes for due in outcome.due]


TERMS = st.builds(
    lambda first, second, zone: terms(first, *([second] if second else []), zone=zone),
    ladders("a"),
    st.none() | ladders("b"),
    st.sampled_from(("UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland")),
)


@settings(max_examples=1000 * TIMES_LONGER, deadline=None)
@given(TERMS, FACTS)
def test_tiers_are_as_worked_out_from_all_facts_day_by_day(of: Terms, facts: Sequence[Fact]) -> None:
    member = Both(of)
    for fact in facts:
        member.tell(fact)
    member.come_to(day(LONGEST + 80))
    member.pass_time(member.days.start_of(day(LONGEST + 81)) - timedelta(seconds=1))
    assert sorted(member.changes()) == sorted(member.expected_changes())
    assert sorted(member.dues()) == sorted(due for climber in member.climbers for due in climber.dues)
    for climber in member.climbers:
        assert (
            standing(
                member.state, of, member.moment(Fact(LONGEST + 80, 0, "", None)), climber.ladder.code
            ).tier
            == climber.shown
        )
        for offset in range(LONGEST):
            noon = member.days.start_of(day(offset + 1)) - timedelta(seconds=1)
            past = [after for on, _, after, _ in climber.changes if on <= day(offset)]
            assert tier_at(member.state, climber.ladder.code, noon) == (past[-1] if past else "")


@settings(max_examples=100 * TIMES_LONGER, deadline=None)
@given(TERMS, FACTS, st.lists(st.integers(0, 24 * (LONGEST + 80)), max_size=12).map(sorted))
def test_time_passes_in_many_steps_as_in_one(of: Terms, facts: Sequence[Fact], stops: list[int]) -> None:
    one, other = Both(of), Both(of)
    end = one.days.start_of(day(LONGEST + 81))
    start = one.days.start_of(START)
    left = [start + timedelta(hours=each) for each in stops]
    for fact in facts:
        one.tell(fact)
        while left and left[0] <= other.moment(fact):
            other.pass_time(left.pop(0))
        other.tell(fact)
    for stop in [*left, end, end]:
        other.pass_time(stop)
    one.pass_time(end)
    assert msgspec.json.encode(one.state) == msgspec.json.encode(other.state)
    assert one.changes() == other.changes()
    assert one.dues() == other.dues()
    assert msgspec.json.decode(msgspec.json.encode(one.state), type=TierState) == one.state


@settings(max_examples=100 * TIMES_LONGER, deadline=None)
@given(TERMS, FACTS)
def test_nothing_changes_before_the_next_moment_and_something_then(of: Terms, facts: Sequence[Fact]) -> None:
    member = Both(of)
    for fact in facts:
        member.tell(fact)
        moment = next_moment(member.state, of)
        if moment is None:
            assert advanced(member.state, of, member.days.end_of(day(5_000))).state is member.state
        else:
            assert advanced(member.state, of, moment - timedelta(microseconds=1)).state is member.state
            assert advanced(member.state, of, moment).state != member.state


@settings(max_examples=100 * TIMES_LONGER, deadline=None)
@given(TERMS, FACTS)
def test_what_is_told_beforehand_comes_true(of: Terms, facts: Sequence[Fact]) -> None:
    member = Both(of)
    for fact in facts:
        member.tell(fact)
        member.pass_time(member.moment(fact))
        for code, ladder in of.ladders.items():
            told = standing(member.state, of, member.moment(fact), code)
            later = advanced(member.state, of, member.days.start_of(day(400))).changes
            in_the_end = {change.at: change for change in later if change.ladder == code}.values()
            falls = [each for each in in_the_end if ladder.ranks[each.after] < ladder.ranks[told.tier]]
            if told.drop is None:
                assert falls == []
            else:
                assert (told.drop.at, told.drop.tier) == (falls[0].at, falls[0].after)
