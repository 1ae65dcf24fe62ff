"""Grants equal those worked out day by day from scratch, whoever looks first and whenever: a property."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import tallybook as tb
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clocks import SetClock
from tests.lengths import TIMES_LONGER
from tests.slices.grants.day_by_day import Person, Rule, look

BEGIN, END = date(2027, 11, 20), date(2029, 4, 1)
BIRTHDAYS = [None, (2, 28), (2, 29), (3, 1), (12, 30), (1, 2)]
ZONES = ["UTC", "Asia/Shanghai", "America/Santiago"]
"""In Santiago, clocks skip midnight when summer begins."""
DATES = [date(2028, 1, 26), date(2028, 2, 4), date(2028, 2, 29), date(2029, 2, 13)]

days = st.dates(BEGIN, END)
rules = st.fixed_dictionaries(
    {},
    optional={
        "birth": st.builds(
            Rule, st.just("birthday"), st.sampled_from(["feb_28", "mar_1"]), days, st.integers(0, 40)
        ),
        "feast": st.builds(
            Rule,
            st.just("festival"),
            st.just((2, 28)),
            days,
            st.integers(0, 40),
            st.sampled_from(["", "vip"]),
        ),
        "moons": st.builds(
            Rule,
            st.just("dates"),
            st.just(DATES),
            days,
            st.integers(0, 40),
            st.just("vip"),
            st.sampled_from([0, 60]),
        ),
        "again": st.builds(
            Rule, st.just("anniversary"), st.none(), days, st.integers(0, 40), st.just(""), st.just(366)
        ),
        "loyal": st.builds(Rule, st.just("tenure"), st.just(3), days, st.integers(0, 40)),
    },
)
steps = st.lists(
    st.tuples(
        st.integers(0, 45),
        st.sampled_from(["birthday", "tag", "untag", "freeze", "unfreeze", "award", "sweep", "read"]),
        st.sampled_from(BIRTHDAYS),
    ),
    max_size=25,
)


def document(found: dict[str, Rule], zone: str) -> dict[str, Any]:
    return {
        "program": "shop",
        "timezone": zone,
        "units": {"points": {"kind": "redeemable"}},
        "grants": {code: _section(rule) for code, rule in found.items()},
    }


def _section(rule: Rule) -> dict[str, Any]:
    of: dict[str, Any] = {
        "birthday": {"feb_29": rule.detail},
        "festival": {"month": 2, "day": 28},
        "dates": {"dates": [day.isoformat() for day in DATES]},
        "tenure": {"months": 3},
    }
    section: dict[str, Any] = {
        "day": {"kind": rule.kind, **of.get(rule.kind, {})},
        "from": rule.starts.isoformat(),
        "catch_up_days": rule.catch_up_days,
        "rewards": [{"kind": "units", "unit": "points", "units": 10}],
    }
    if rule.tag:
        section["tags"] = [rule.tag]
    if rule.days_enrolled:
        section["condition"] = f"member.days_enrolled >= {rule.days_enrolled}"
    return section


class Told:
    """A book and a person, of whom the same is told."""

    def __init__(self, found: dict[str, Rule], zone: str, enrolled_on: date) -> None:
        self.rules, self.zone, self.day = found, ZoneInfo(zone), enrolled_on
        self.clock = SetClock(self._noon())
        self.book = tb.Book.open("sqlite://", clock=self.clock)
        self.book.apply(json.dumps(document(found, zone)))
        self.person = Person(enrolled_on)
        self._requests = 0
        self._do(tb.Enroll)
        look(self.person, found, self.day)

    def _noon(self) -> datetime:
        return datetime.combine(self.day, time(12), self.zone).astimezone(UTC)

    def _do(self, kind: type[tb.Command[Any]], **fields: Any) -> None:
        self._requests += 1
        self.book.do(kind(program="shop", member="m1", request_id=f"r{self._requests}", **fields))

    def wait(self, days: int) -> None:
        """Let days go by, on each of which the person is looked at."""
        for _ in range(days):
            self.day += timedelta(days=1)
            look(self.person, self.rules, self.day)
        self.clock.now = self._noon()

    def tell(self, what: str, birthday: tuple[int, int] | None) -> None:
        """One thing that happens."""
        person = self.person
        match what:
            case "birthday":
                month, day = birthday or (None, None)
                self._do(tb.SetBirthday, month=month, day=day)
                person.birthday = birthday
            case "tag":
                self._do(tb.TagMember, tags=("vip",))
                person.tags.add("vip")
            case "untag":
                self._do(tb.UntagMember, tags=("vip",))
                person.tags.discard("vip")
            case "freeze":
                self._do(tb.Freeze, scope=tb.Scope.EARN, reason="odd")
                person.frozen = True
            case "unfreeze":
                self._do(tb.Unfreeze, reason="fine")
                person.frozen = False
            case "award":
                if not person.frozen:
                    self._do(tb.Award, unit="points", amount=1)
                    person.points += 1
            case "sweep":
                self.book.sweep()
            case _:
                self.had()
        look(person, self.rules, self.day)

    def had(self) -> list[tuple[str, date, date]]:
        """What the book says the member had, in order."""
        page = self.book.ask(tb.PastGrants(program="shop", member="m1"))
        return [(each.grant, each.day, each.on) for each in reversed(page.had)]


@settings(max_examples=60 * TIMES_LONGER)
@given(rules, st.sampled_from(ZONES), st.dates(BEGIN, date(2028, 3, 3)), steps)
def test_grants_are_those_worked_out_day_by_day(
    found: dict[str, Rule], zone: str, enrolled_on: date, told: list[tuple[int, str, Any]]
) -> None:
    both = Told(found, zone, enrolled_on)
    with both.book:
        for days_later, what, birthday in told:
            both.wait(days_later)
            both.tell(what, birthday)
        both.wait((END - both.day).days if both.day < END else 400)
        assert both.had() == [(code, day, on) for code, day, on, _ in both.person.had]
        balance = both.book.ask(tb.Balances(program="shop", member="m1")).of("points")
        assert balance.available == both.person.points
        both.book.sweep()
        assert [each.disagreement for each in both.book.verify("shop") if each.disagreement] == []


@settings(max_examples=15 * TIMES_LONGER)
@given(rules, st.lists(st.tuples(st.sampled_from(BIRTHDAYS), st.booleans()), min_size=1, max_size=6))
def test_a_month_comes_out_as_it_was_foretold(
    found: dict[str, Rule], members: list[tuple[tuple[int, int] | None, bool]]
) -> None:
    clock = SetClock(datetime(2028, 1, 25, 12, tzinfo=UTC))
    month = tb.ForecastGrants(program="shop", first_day=date(2028, 1, 26), last_day=date(2028, 3, 5))
    with tb.Book.open("sqlite://", clock=clock) as book:
        book.apply(json.dumps(document(found, "UTC")))
        for number, (birthday, tagged) in enumerate(members):
            own: dict[str, Any] = {"program": "shop", "member": f"m{number}"}
            book.do(tb.Enroll(**own, request_id="r1"))
            if birthday is not None:
                book.do(tb.SetBirthday(**own, request_id="r2", month=birthday[0], day=birthday[1]))
            if tagged:
                book.do(tb.TagMember(**own, request_id="r3", tags=("vip",)))
        foretold = {(each.day, each.grant): each.members for each in book.ask(month)}
        clock.now = datetime(2028, 3, 5, 23, tzinfo=UTC)
        had = [
            (each.on, each.grant)
            for number in range(len(members))
            for each in book.ask(tb.PastGrants(program="shop", member=f"m{number}")).had
            if each.on >= month.first_day
        ]
        assert foretold == Counter(had)
