"""Tiers are reached, kept and lost: each rule as a fact."""

from datetime import UTC, date, datetime

import pytest
from tallybook.growth.ladders import advanced, gained, lost, next_moment
from tallybook.growth.tier_state import TierState
from tallybook.programs.ladders import (
    Downgrade,
    ForDays,
    ForMonths,
    RefundPolicy,
    Tier,
    Way,
)

from tests.growth.ladder_programs import (
    CALENDAR_YEAR,
    ENROLLED,
    YEAR,
    at,
    growth,
    ladder,
    path,
    terms,
    tier,
    told,
    year_of,
)

# --- up --------------------------------------------------------------------------------------------------


def test_a_tier_is_reached_at_once_and_several_in_one_change() -> None:
    assert path(told(terms(ladder()), year_of(99, "2024-02-01"), year_of(101, "2024-02-02"))) == [
        "2024-02-02 12:00 - -> gold reached"
    ]


def test_units_that_vest_reach_a_tier_when_their_day_begins() -> None:
    of = terms(ladder(), zone="Asia/Shanghai")
    outcome = told(of, (at("2024-02-01"), growth(100, "2024-02-15")), at("2024-03-01"))
    assert path(outcome) == ["2024-02-14 16:00 - -> silver reached"]


def test_any_way_is_enough_and_each_asks_for_all_of_it() -> None:
    ways = (Way({"growth": 100}), Way({"visits": 3}, frozenset({"profile"})))
    of = terms(ladder(Tier("silver", "", ways, ways)))
    visits = growth(3, "2024-02-01", unit="visits")
    state = told(of, (at("2024-02-01"), visits)).state
    assert state.history == ()
    outcome = gained(state, of, at("2024-02-02"), (), {"profile": date(2024, 2, 2)})
    assert path(outcome) == ["2024-02-02 12:00 - -> silver reached"]


def test_everybody_has_a_tier_that_asks_for_nothing_and_never_loses_it() -> None:
    of = terms(ladder(tier("member"), tier("silver", 100), validity=ForDays(10)))
    outcome = told(of, year_of(100, "2024-02-01"), at("2026-01-01"))
    assert path(outcome) == [
        "2024-01-01 00:00 - -> member program",
        "2024-02-01 12:00 member -> silver reached",
        "2025-02-06 00:00 silver -> member not_kept",  # at the 37th review
    ]
    assert next_moment(outcome.state, of) is None


# --- reviews ---------------------------------------------------------------------------------------------


def test_a_purchase_does_not_keep_a_tier_for_a_second_rolling_year() -> None:
    of = terms(ladder(validity=YEAR))
    assert path(told(of, year_of(100, "2024-03-15"), at("2026-01-01"))) == [
        "2024-03-15 12:00 - -> silver reached",
        "2025-03-16 00:00 silver -> - not_kept",
    ]


def test_a_rolling_year_counts_every_day_but_the_first_of_the_year_before() -> None:
    of = terms(ladder(tier("silver", 100), validity=YEAR))
    kept = told(of, year_of(100, "2024-03-15"), year_of(100, "2024-03-16"), at("2025-12-01"))
    assert kept.state.ladders["status"].tier == "silver"
    assert kept.state.ladders["status"].held.until == date(2026, 3, 15)


def test_what_a_calendar_year_brought_keeps_a_tier_for_the_next() -> None:
    of = terms(ladder(validity=CALENDAR_YEAR, rolling=frozenset()))
    first = (at("2024-06-01"), growth(100, "2024-06-01", "2024-12-31"))
    second = (at("2025-12-31"), growth(100, "2025-12-31", "2025-12-31"))
    outcome = told(of, first, second, at("2026-06-01"))
    assert outcome.state.ladders["status"].held.until == date(2026, 12, 31)
    assert path(told(of, at("2028-01-01"), state=outcome.state)) == ["2027-01-01 00:00 silver -> - not_kept"]


def test_keeping_a_tier_may_ask_for_less_than_reaching_it() -> None:
    of = terms(ladder(tier("silver", 100, keep=60), validity=YEAR))
    facts = year_of(100, "2024-03-15"), year_of(60, "2024-09-01"), at("2025-03-16")
    assert told(of, *facts).state.ladders["status"].held.until == date(2026, 3, 15)
    less = year_of(100, "2024-03-15"), year_of(59, "2024-09-01"), at("2025-03-16")
    assert path(told(of, *less))[-1] == "2025-03-16 00:00 silver -> - not_kept"


def test_who_comes_up_with_enough_in_the_grace_keeps_the_tier_and_its_dates() -> None:
    of = terms(ladder(validity=YEAR, grace_days=30))
    facts = year_of(100, "2024-03-15"), year_of(100, "2025-04-01"), at("2025-12-01")
    outcome = told(of, *facts)
    assert path(outcome) == ["2024-03-15 12:00 - -> silver reached"]
    assert outcome.state.ladders["status"].held.until == date(2026, 3, 15)
    assert outcome.state.ladders["status"].held.grace_until is None


def test_the_grace_ends_with_its_last_day() -> None:
    of = terms(ladder(validity=YEAR, grace_days=30))
    assert path(told(of, year_of(100, "2024-03-15"), at("2026-01-01")))[1:] == [
        "2025-04-15 00:00 silver -> - not_kept"
    ]


@pytest.mark.parametrize(
    ("downgrade", "fallen"), [(Downgrade.ONE_STEP, "silver"), (Downgrade.TO_EARNED, "-")]
)
def test_who_does_not_keep_a_tier_falls_one_step_or_to_what_is_earned(
    downgrade: Downgrade, fallen: str
) -> None:
    of = terms(ladder(validity=YEAR, downgrade=downgrade))
    assert path(told(of, year_of(200, "2024-03-15"), at("2025-06-01")))[1:] == [
        f"2025-03-16 00:00 gold -> {fallen} not_kept"
    ]


def test_29_february_comes_back_in_every_leap_year() -> None:
    of = terms(ladder(validity=YEAR))
    state = gained(ENROLLED, of, at("2024-02-29"), [growth(100, "2024-02-29")]).state
    held = []
    for year in range(2025, 2030):
        held.append(f"{state.ladders['status'].held.until:%m-%d}")
        state = advanced(state, of, at(f"{year}-06-01")).state
    assert held == ["02-28", "02-28", "02-28", "02-29", "02-28"]


def test_the_last_of_a_month_stays_the_last() -> None:
    of = terms(ladder(validity=ForMonths(1)))
    state = gained(ENROLLED, of, at("2024-01-31"), [growth(100, "2024-01-31")]).state
    held = []
    for month in (2, 3, 4, 5):
        held.append(f"{state.ladders['status'].held.until:%m-%d}")
        state = advanced(state, of, at(f"2024-{month + 1:02}-01")).state
    assert held == ["02-29", "03-31", "04-30", "05-31"]


def test_a_tier_ends_when_its_day_is_over_in_the_time_zone_whatever_the_clock_does() -> None:
    # Clocks in Beirut go forward at midnight of 26 March 2023: the day begins at 01:00.
    of = terms(ladder(validity=ForDays(1)), zone="Asia/Beirut")
    state = TierState(at=at("2023-03-01"))
    outcome = told(
        of, (at("2023-03-24"), growth(100, "2023-03-24", "2023-03-24")), at("2023-04-01"), state=state
    )
    assert path(outcome)[1:] == ["2023-03-25 22:00 silver -> - not_kept"]
    # Apia skips 30 December 2011: what is valid through the 29th ends when the 31st begins.
    of = terms(ladder(validity=ForDays(1)), zone="Pacific/Apia")
    state = TierState(at=at("2011-12-01"))
    fact = datetime(2011, 12, 28, 22, tzinfo=UTC), growth(100, "2011-12-28", "2011-12-28")
    outcome = told(of, fact, at("2012-01-05"), state=state)
    assert path(outcome)[1:] == ["2011-12-30 10:00 silver -> - not_kept"]


def test_another_time_zone_moves_the_moment_and_not_the_days() -> None:
    status = ladder(validity=YEAR)
    state = told(terms(status), (at("2024-03-15", 23), growth(100, "2024-03-15", "2025-03-15"))).state
    moved = terms(status, zone="Asia/Shanghai", revision=2, since=at("2024-06-01"))
    state = advanced(state, moved, at("2024-07-01")).state
    assert path(told(moved, at("2025-06-01"), state=state)) == ["2025-03-15 16:00 silver -> - not_kept"]


# --- refunds ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("refunds", "then"),
    [
        (RefundPolicy.AT_ONCE, ["2024-05-01 12:00 silver -> - refund"]),
        (RefundPolicy.AT_REVIEW, ["2025-03-16 00:00 silver -> - not_kept"]),
        (RefundPolicy.NEVER, []),
    ],
)
def test_a_refund_takes_a_tier_at_once_or_at_its_review_or_never(
    refunds: RefundPolicy, then: list[str]
) -> None:
    of = terms(ladder(validity=YEAR, refunds=refunds, rolling=frozenset()))
    moment, *units = at("2024-03-15"), growth(100, "2024-03-15")
    state = gained(ENROLLED, of, moment, units).state
    outcome = lost(state, of, at("2024-05-01"), [growth(1, "2024-03-15")])
    later = advanced(outcome.state, of, at("2026-01-01"))
    assert [*path(outcome), *path(later)] == then


def test_what_a_refund_took_reaches_no_tier_anew_where_it_takes_none() -> None:
    of = terms(ladder(refunds=RefundPolicy.NEVER))
    state = told(of, (at("2024-03-15"), growth(100, "2024-03-15"))).state
    for _ in range(3):
        state = lost(state, of, at("2024-03-16"), [growth(100, "2024-03-15")]).state
        state = gained(state, of, at("2024-03-16"), [growth(100, "2024-03-15")]).state
    assert state.ladders["status"].tier == "silver"


def test_a_refund_of_something_else_leaves_a_tier_whose_units_have_lapsed() -> None:
    of = terms(ladder(validity=YEAR))
    facts = (
        (at("2024-03-15"), growth(100, "2024-03-15", "2024-04-15")),
        (at("2024-06-01"), growth(5, "2024-06-01")),
    )
    state = told(of, *facts).state
    assert lost(state, of, at("2024-06-02"), [growth(5, "2024-06-01")]).changes == ()
    late = lost(state, of, at("2024-06-02"), [growth(5, "2024-03-15", "2024-04-15")])
    assert path(late) == ["2024-06-02 12:00 silver -> - refund"]


def test_two_refunds_take_the_same_whichever_comes_first() -> None:
    # With what is left of May nobody would have reached silver; June makes up for it only while it is there.
    of = terms(ladder(validity=YEAR))
    state = told(of, year_of(100, "2024-05-10"), year_of(10, "2024-06-01")).state
    may, june = year_of(10, "2024-05-10")[1], year_of(1, "2024-06-01")[1]
    for first, second in ((may, june), (june, may)):
        one = lost(state, of, at("2024-06-20"), [first])
        other = lost(one.state, of, at("2024-06-21"), [second])
        assert path(one) == []
        assert path(other) == ["2024-06-21 12:00 silver -> - refund"]


def test_after_a_refund_a_member_is_what_he_was_before_and_as_long() -> None:
    of = terms(ladder(validity=YEAR))
    state = told(of, year_of(100, "2024-03-15"), year_of(100, "2024-09-01")).state
    assert state.ladders["status"].held.until == date(2025, 9, 1)
    outcome = lost(state, of, at("2024-10-01"), [year_of(50, "2024-09-01")[1]])
    assert path(outcome) == ["2024-10-01 12:00 gold -> silver refund"]
    assert outcome.state.ladders["status"].held.until == date(2025, 3, 15)


def test_a_part_of_a_purchase_that_is_left_is_worth_the_tier_below() -> None:
    of = terms(ladder(validity=YEAR))
    state = told(of, year_of(200, "2024-03-15")).state
    outcome = lost(state, of, at("2024-04-01"), [year_of(1, "2024-03-15")[1]])
    assert path(outcome) == ["2024-04-01 12:00 gold -> silver refund"]
    assert outcome.state.ladders["status"].held.until == date(2025, 3, 15)


def test_units_that_are_gone_are_taken_from_others_and_never_below_nothing() -> None:
    of = terms(ladder())
    state = told(
        of, (at("2024-03-15"), growth(10, "2024-03-15", "2024-12-31"), growth(5, "2024-05-01"))
    ).state
    state = lost(state, of, at("2024-03-16"), [growth(12, "2024-03-15", "2024-11-30")]).state
    assert state.lots == {}
    assert [each.steps for each in state.coming] == [3]
    assert lost(state, of, at("2024-03-17"), [growth(100, "2024-03-15")]).state.coming == ()


def test_units_to_come_are_taken_from_all_that_come_on_that_day_before_others() -> None:
    of = terms(ladder(validity=YEAR))
    comes = [growth(steps, "2024-05-01", "2025-04-30") for steps in (40, 8)]
    state = told(of, year_of(100, "2024-03-15"), (at("2024-04-20"), *comes)).state
    outcome = lost(state, of, at("2024-04-21"), [growth(30, "2024-05-01", "2025-04-30")])
    assert path(outcome) == []
    assert outcome.state.lots == state.lots
    assert sum(each.steps for each in outcome.state.coming) == 18


def test_of_units_that_have_lapsed_nothing_is_taken() -> None:
    of = terms(ladder())
    state = told(of, (at("2024-03-15"), growth(10, "2024-03-15"))).state
    assert (
        lost(state, of, at("2024-06-01"), [growth(10, "2024-03-01", "2024-05-31")]).state.lots == state.lots
    )


def test_a_task_that_is_undone_takes_the_tier_it_led_to() -> None:
    ways = (Way({}, frozenset({"profile"})),)
    of = terms(ladder(Tier("silver", "", ways, ways)))
    state = gained(ENROLLED, of, at("2024-03-15"), (), {"profile": date(2024, 3, 15)}).state
    assert path(lost(state, of, at("2024-03-16"), (), ["profile"])) == ["2024-03-16 12:00 silver -> - refund"]


def test_what_is_bought_on_the_day_a_tier_is_reached_counts_for_it_too() -> None:
    of = terms(ladder(validity=YEAR))
    bought = growth(100, "2024-03-15", "2024-04-15")
    more = growth(50, "2024-03-15", "2024-04-15")
    state = told(of, (at("2024-03-15", 10), bought), (at("2024-03-15", 15), more)).state
    assert lost(state, of, at("2024-05-01"), [more]).changes == ()


def test_a_step_down_is_a_favour_that_no_refund_takes() -> None:
    of = terms(ladder(validity=YEAR, downgrade=Downgrade.ONE_STEP))
    state = told(of, year_of(200, "2024-03-15"), year_of(10, "2024-09-01"), at("2025-04-01")).state
    assert state.ladders["status"].tier == "silver"
    assert lost(state, of, at("2025-04-02"), [year_of(10, "2024-09-01")[1]]).changes == ()


def test_a_tier_does_not_depend_on_units_that_it_was_kept_without() -> None:
    of = terms(ladder(tier("silver", 100, keep=60), validity=YEAR))
    state = told(of, year_of(100, "2024-03-15"), year_of(60, "2024-09-01"), at("2025-10-01")).state
    assert lost(state, of, at("2025-10-01"), [year_of(50, "2024-03-15")[1]]).changes == ()
    late = lost(state, of, at("2025-10-01"), [year_of(1, "2024-09-01")[1]])
    assert path(late) == ["2025-10-01 12:00 silver -> - refund"]
