"""Grants by the calendar: what is given on which day, caught up, skipped, foretold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import tallybook as tb

from tests.clocks import SetClock

PROGRAM = """
program: cal
timezone: Europe/Berlin
units:
  points: {{kind: redeemable, expiry: {{kind: after_days, days: 30}}}}
  growth: {{kind: qualifying}}
grants:
{grants}
"""
TEN = "rewards: [{kind: units, unit: points, units: 10}]"
BIRTHDAY = f"  birth: {{day: {{kind: birthday}}, from: 2026-01-01, catch_up_days: 7, {TEN}}}"


def steps_of(rewards: Iterable[Any]) -> list[int]:
    """How many steps each reward of units gives."""
    return [each.steps for each in rewards]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Calendar:
    """A book with the program `cal`, and a member."""

    def __init__(self, url: str, clock: SetClock, *grants: str) -> None:
        self.clock = clock
        self.book = tb.Book.open(url, clock=clock)
        self.apply(*grants)
        self._requests = 0

    def apply(self, *grants: str, **how: Any) -> tb.Applied:
        program = PROGRAM.format(grants="\n".join(grants)) if grants else PROGRAM.format(grants="  {}")
        return self.book.apply(program, **how)

    def do(self, kind: type[tb.Command[Any]], when: str = "", member: str = "m1", **fields: Any) -> Any:
        if when:
            self.clock.now = at(when)
        self._requests += 1
        return self.book.do(kind(program="cal", member=member, request_id=f"r{self._requests}", **fields))

    def enroll(self, when: str, *members: str) -> None:
        for member in members or ("m1",):
            self.do(tb.Enroll, when, member)

    def birthday(self, when: str, month: int, day: int, member: str = "m1") -> None:
        self.do(tb.SetBirthday, when, member, month=month, day=day)

    def page(self, when: str, **fields: Any) -> tb.GrantPage:
        self.clock.now = at(when)
        return self.book.ask(tb.PastGrants(program="cal", member="m1", **fields))

    def coming(self, when: str) -> tuple[tb.GrantDue, ...]:
        self.clock.now = at(when)
        return self.book.ask(tb.ComingGrants(program="cal", member="m1"))

    def had(self, when: str) -> list[tuple[str, str, str]]:
        """What was had by then, the first first: grant, day, and the day it came."""
        found = reversed(self.page(when).had)
        return [(each.grant, each.day.isoformat(), each.on.isoformat()) for each in found]

    def explained(self, grant: str) -> tuple[str, ...]:
        entry = next(
            each.entry for each in self.page(self.clock.now.isoformat()[:19]).had if each.grant == grant
        )
        return self.book.ask(tb.Explain(program="cal", member="m1", entry=entry)).sentences


@pytest.fixture
def calendar(database_url: str, clock: SetClock) -> Any:
    opened: list[Calendar] = []

    def make(*grants: str) -> Calendar:
        opened.append(Calendar(database_url, clock, *grants))
        return opened[0]

    yield make
    for each in opened:
        assert [found.disagreement for found in each.book.verify("cal") if found.disagreement] == []
        each.book.close()


Make = Callable[..., Calendar]


@pytest.mark.parametrize(("leap", "day"), [("feb_28", "2027-02-28"), ("mar_1", "2027-03-01")])
def test_a_birthday_of_29_february_is_on_the_day_that_the_program_chooses(
    calendar: Make, leap: str, day: str
) -> None:
    shop = calendar(f"  birth: {{day: {{kind: birthday, feb_29: {leap}}}, from: 2027-01-01, {TEN}}}")
    shop.enroll("2027-01-01T12:00")
    shop.birthday("2027-01-01T12:00", 2, 29)
    assert shop.had("2027-03-02T12:00") == [("birth", day, day)]
    assert shop.had("2028-03-02T12:00")[1:] == [("birth", "2028-02-29", "2028-02-29")]


def test_a_birthday_is_given_when_its_day_begins_where_the_program_is(calendar: Make) -> None:
    shop = calendar(BIRTHDAY)
    shop.enroll("2026-01-01T12:00")
    shop.birthday("2026-01-01T12:00", 5, 1)
    assert shop.had("2026-04-30T21:59:59") == []
    assert shop.had("2026-04-30T22:00") == [("birth", "2026-05-01", "2026-05-01")]
    shop.clock.now = at("2026-05-20T12:00")
    lots = shop.book.ask(tb.Balances(program="cal", member="m1")).units[0].lots
    assert lots[0].expires_on == date(2026, 5, 31), "its days are counted from the day that it was due on"


@pytest.mark.parametrize(("told_on", "given"), [("2026-03-08", True), ("2026-03-09", False)])
def test_a_birthday_that_is_told_late_is_caught_up_as_long_as_the_program_says(
    calendar: Make, told_on: str, given: bool
) -> None:
    shop = calendar(BIRTHDAY)
    shop.enroll("2026-01-01T12:00")
    shop.birthday(f"{told_on}T12:00", 3, 1)
    assert shop.had("2026-12-31T12:00") == ([("birth", "2026-03-01", told_on)] if given else [])


def test_what_nobody_looked_at_for_years_is_not_late(calendar: Make) -> None:
    shop = calendar(BIRTHDAY)
    shop.enroll("2026-01-01T12:00")
    shop.birthday("2026-01-01T12:00", 3, 1)
    days = [f"{year}-03-01" for year in (2026, 2027, 2028)]
    assert shop.had("2028-12-31T12:00") == [("birth", day, day) for day in days]


def test_a_birthday_that_is_changed_is_not_given_twice_a_year(calendar: Make) -> None:
    shop = calendar(BIRTHDAY)
    shop.enroll("2026-01-01T12:00")
    shop.birthday("2026-01-01T12:00", 3, 1)
    shop.birthday("2026-03-02T12:00", 4, 1)
    shop.birthday("2026-04-02T12:00", 5, 1)
    assert shop.had("2027-05-02T12:00") == [
        ("birth", "2026-03-01", "2026-03-01"),
        ("birth", "2027-05-01", "2027-05-01"),
    ]


def test_nor_where_the_first_was_caught_up_from_the_year_before(calendar: Make) -> None:
    shop = calendar(BIRTHDAY)
    shop.enroll("2026-01-01T12:00")
    shop.birthday("2027-01-02T12:00", 12, 30)
    shop.birthday("2027-01-03T12:00", 2, 1)
    assert shop.had("2028-02-02T12:00") == [
        ("birth", "2026-12-30", "2027-01-02"),
        ("birth", "2028-02-01", "2028-02-01"),
    ]


def test_nothing_is_given_for_days_before_the_enrolment(calendar: Make) -> None:
    shop = calendar(
        f"  feast: {{day: {{kind: festival, month: 2, day: 1}}, from: 2026-01-01, catch_up_days: 30, {TEN}}}"
    )
    shop.enroll("2026-02-01T12:00", "m1")
    shop.enroll("2026-02-02T12:00", "m2")
    assert shop.had("2026-02-02T12:00") == [("feast", "2026-02-01", "2026-02-01")]
    assert shop.book.ask(tb.PastGrants(program="cal", member="m2")).had == ()


def test_anniversaries_and_tenure_count_from_the_enrolment_and_clamp_to_short_months(calendar: Make) -> None:
    shop = calendar(
        f"  again: {{day: {{kind: anniversary}}, from: 2028-01-01, {TEN}}}",
        f"  loyal: {{day: {{kind: tenure, months: 12}}, from: 2028-01-01, {TEN}}}",
    )
    shop.enroll("2028-02-29T12:00")
    assert shop.had("2030-03-01T12:00") == [
        ("again", "2029-02-28", "2029-02-28"),
        ("loyal", "2029-02-28", "2029-02-28"),
        ("again", "2030-02-28", "2030-02-28"),
    ]


def test_a_member_who_comes_to_fit_is_caught_up(calendar: Make) -> None:
    shop = calendar(
        f"  moon: {{day: {{kind: dates, dates: [2026-02-17]}}, from: 2026-01-01, catch_up_days: 3,"
        f" tags: [vip, staff], condition: 'member.days_enrolled >= 40', {TEN}}}"
    )
    shop.enroll("2026-01-08T12:00")
    shop.do(tb.TagMember, "2026-02-20T12:00", tags=("vip",))
    assert shop.had("2026-03-20T12:00") == [("moon", "2026-02-17", "2026-02-20")]


def test_a_frozen_member_has_had_it_and_is_told_so(calendar: Make) -> None:
    shop = calendar(BIRTHDAY)
    shop.enroll("2026-01-01T12:00")
    shop.birthday("2026-01-01T12:00", 3, 1)
    shop.do(tb.Freeze, scope=tb.Scope.EARN, reason="odd")
    shop.do(tb.Unfreeze, "2026-03-02T12:00", reason="fine")
    (had,) = shop.page("2026-03-02T12:00").had
    assert (had.outcome, had.amounts) == ("frozen", {})
    assert shop.explained("birth")[:2] == (
        "birth was due on 2026-03-01.",
        "the member is frozen, and gets nothing.",
    )


def test_a_balance_that_holds_no_more_stops_nothing_else(calendar: Make) -> None:
    shop = calendar(BIRTHDAY)
    shop.enroll("2026-01-01T12:00")
    shop.birthday("2026-01-01T12:00", 3, 1)
    shop.do(tb.Award, unit="points", amount=2**63 - 10, expires_on=date(2030, 1, 1))
    (had,) = shop.page("2026-03-02T12:00").had
    assert (had.outcome, had.amounts) == ("no_room", {})
    shop.do(tb.Redeem, unit="points", amount=1)


def test_an_entry_names_the_grant_and_the_year_and_is_explained(calendar: Make) -> None:
    shop = calendar(BIRTHDAY.replace("day:", "display_name: Birthday gift, day:", 1))
    shop.enroll("2026-01-01T12:00")
    shop.birthday("2026-03-03T12:00", 3, 1)
    shop.clock.now = at("2026-03-03T13:00")
    entry = shop.book.ask(tb.Statement(program="cal", member="m1")).entries[0]
    assert (entry.kind, entry.subject) == ("grant", "birth/2026")
    assert shop.explained("birth") == (
        "Birthday gift was due on 2026-03-01, caught up on 2026-03-03.",
        "10 points given, to be spent through 2026-04-02.",
        "it is about birth/2026.",
    )


def test_a_member_sees_what_comes_and_pages_through_what_was(calendar: Make) -> None:
    shop = calendar(BIRTHDAY, f"  loyal: {{day: {{kind: tenure, months: 6}}, from: 2026-01-01, {TEN}}}")
    shop.enroll("2026-01-01T12:00")
    shop.birthday("2026-01-01T12:00", 3, 1)
    coming = [(each.grant, each.day, steps_of(each.rewards)) for each in shop.coming("2026-01-02T12:00")]
    assert coming == [
        ("birth", date(2026, 3, 1), [10]),
        ("loyal", date(2026, 7, 1), [10]),
    ]
    first = shop.page("2027-12-31T12:00", page_size=2)
    assert [(each.grant, each.key, each.amounts) for each in first.had] == [
        ("birth", "2027", {"points": 10}),
        ("loyal", "once", {"points": 10}),
    ]
    shop.book.sweep()
    last = shop.page("2027-12-31T12:00", page_size=2, page_token=first.next_page_token)
    assert ([each.key for each in last.had], last.next_page_token) == (["2026"], "")
    assert [each.grant for each in shop.coming("2027-12-31T12:00")] == ["birth"], "tenure comes once"


def test_a_month_is_foretold_by_day_and_grant(calendar: Make) -> None:
    shop = calendar(
        BIRTHDAY, f"  feast: {{day: {{kind: festival, month: 3, day: 8}}, from: 2026-01-01, {TEN}}}"
    )
    shop.enroll("2026-01-01T12:00", "m1", "m2", "m3")
    for member, day in (("m1", 1), ("m2", 1), ("m3", 8)):
        shop.birthday("2026-01-01T12:00", 3, day, member)
    shop.do(tb.Freeze, member="m2", reason="odd")
    month = tb.ForecastGrants(program="cal", first_day=date(2026, 3, 1), last_day=date(2026, 3, 31))
    assert [(f.day.day, f.grant, f.members, f.frozen, f.amounts) for f in shop.book.ask(month)] == [
        (1, "birth", 1, 1, {"points": 10}),
        (8, "birth", 1, 0, {"points": 10}),
        (8, "feast", 2, 1, {"points": 20}),
    ]
    shop.clock.now = at("2026-03-05T12:00")
    assert [f.day.day for f in shop.book.ask(month)] == [8, 8], "what is over is not foretold"
    with pytest.raises(tb.InvalidInput, match="366 days"):
        tb.ForecastGrants(program="cal", first_day=date(2026, 3, 1), last_day=date(2027, 3, 2))


def test_a_grant_may_be_for_members_of_a_tier_or_by_its_condition(calendar: Make) -> None:
    shop = calendar(
        f"  gold: {{day: {{kind: festival, month: 2, day: 1}}, from: 2026-01-01, tiers: [gold], {TEN}}}",
        f"  base: {{day: {{kind: festival, month: 2, day: 2}}, from: 2026-01-01, tiers: [base], {TEN}}}",
        f"  text: {{day: {{kind: festival, month: 2, day: 3}}, from: 2026-01-01,"
        f" condition: 'member.tier == \"gold\"', {TEN}}}",
        "ladders: {club: {tiers: [{code: base}, {code: gold, any_of: [{units: {growth: 100}}]}]}}",
    )
    shop.enroll("2026-01-01T12:00", "m1", "m2")
    shop.do(tb.Award, "2026-01-05T12:00", unit="growth", amount=100)
    assert [each[0] for each in shop.had("2026-03-01T12:00")] == ["gold", "text"]
    page = shop.book.ask(tb.PastGrants(program="cal", member="m2"))
    assert [each.grant for each in page.had] == ["base"]


def test_who_becomes_one_with_another_has_had_what_either_had(calendar: Make) -> None:
    shop = calendar(BIRTHDAY)
    shop.enroll("2026-01-01T12:00", "m1", "m2")
    shop.birthday("2026-01-01T12:00", 3, 1, "m2")
    shop.do(tb.MergeMembers, "2026-03-02T12:00", other="m2")
    shop.birthday("2026-03-02T12:00", 3, 2)
    assert shop.had("2026-12-31T12:00") == []
    assert shop.had("2027-12-31T12:00") == [("birth", "2027-03-02", "2027-03-02")]
    year = tb.ForecastGrants(program="cal", first_day=date(2028, 1, 1), last_day=date(2028, 12, 31))
    assert [each.members for each in shop.book.ask(year)] == [1]


def test_nobody_gives_to_who_is_not_known_any_more(calendar: Make) -> None:
    shop = calendar(f"  feast: {{day: {{kind: festival, month: 2, day: 1}}, from: 2026-01-01, {TEN}}}")
    shop.enroll("2026-01-01T12:00")
    shop.do(tb.EraseMember, reason="asked for it")
    assert shop.had("2026-12-31T12:00") == []


# --- revisions -------------------------------------------------------------------------------------------


def test_a_grant_that_a_revision_brings_is_caught_up_and_no_further_back(calendar: Make) -> None:
    shop = calendar()
    shop.enroll("2026-01-01T12:00")
    shop.birthday("2026-01-01T12:00", 3, 1)
    shop.clock.now = at("2026-03-05T12:00")
    with pytest.raises(tb.ProgramInvalid, match="it is given from 2026-02-26 on"):
        shop.apply(BIRTHDAY)
    assert shop.apply(BIRTHDAY.replace("2026-01-01", "2026-02-26")).moves_days
    shop.clock.now = at("2026-06-05T12:00")
    shop.book.sweep()
    assert [each[1] for each in shop.had("2026-06-05T12:00")] == ["2026-03-01"]


def test_a_grant_stays_what_it_is_and_cannot_be_planned(calendar: Make) -> None:
    shop = calendar(BIRTHDAY)
    for grants, said in (
        ((), "leaves out birth"),
        ((BIRTHDAY.replace("birthday", "anniversary"),), "was birthday, and members have had it as such"),
        ((BIRTHDAY.replace("7", "60"),), "what has changed takes force"),
    ):
        shop.clock.now = at("2026-06-01T12:00")
        with pytest.raises(tb.ProgramInvalid, match=said):
            shop.apply(*grants)
    with pytest.raises(tb.ProgramInvalid, match="at once may"):
        shop.apply(BIRTHDAY.replace("units: 10", "units: 20"), at=at("2026-07-01T00:00"))
    shop.apply(BIRTHDAY.replace("units: 10", "units: 20"))
    shop.apply(BIRTHDAY.replace("catch_up", "until: 2026-12-31, catch_up").replace("units: 10", "units: 20"))


def test_what_was_due_by_the_old_revision_is_given_by_it(calendar: Make) -> None:
    shop = calendar(BIRTHDAY)
    shop.enroll("2026-01-01T12:00")
    shop.birthday("2026-01-01T12:00", 3, 1)
    shop.clock.now = at("2026-03-05T12:00")
    shop.apply(BIRTHDAY.replace("units: 10", "units: 20"))
    (had,) = shop.page("2026-03-05T12:00").had
    assert had.amounts == {"points": 10}


def test_another_time_zone_gives_no_second_gift(calendar: Make) -> None:
    shop = calendar(BIRTHDAY)
    shop.enroll("2026-01-01T12:00")
    shop.birthday("2026-01-01T12:00", 3, 1)
    shop.clock.now = at("2026-03-01T00:30")
    program = PROGRAM.format(grants=BIRTHDAY).replace("Europe/Berlin", "America/New_York")
    shop.book.apply(program)
    assert [each[1] for each in shop.had("2027-02-28T12:00")] == ["2026-03-01"]
    assert [each[1] for each in shop.had("2027-03-01T12:00")] == ["2026-03-01", "2027-03-01"]
