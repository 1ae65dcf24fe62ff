"""When local days begin and end, where clocks change at midnight and where they do not. Knows no program."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.programs.expiry import NEVER
from tallybook.programs.local_days import END_OF_TIME, LocalDays
from tallybook.programs.words import time_zones

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)

# What is odd about a zone, and a day on which it shows.
ODD_DAYS = [
    ("America/Sao_Paulo", date(2018, 11, 4), "its midnight is skipped"),
    ("America/Sao_Paulo", date(2018, 2, 18), "the hour before its midnight comes twice"),
    ("America/Havana", date(2018, 11, 4), "its midnight comes twice"),
    ("America/St_Johns", date(2010, 11, 7), "its first minute is followed by the day before"),
    ("America/Toronto", date(1919, 3, 31), "clocks jump from half an hour before it to half an hour into it"),
    ("Pacific/Apia", date(2011, 12, 30), "it was left out at the date line"),
    ("Pacific/Apia", date(2011, 12, 31), "the day before it was left out"),
    ("Pacific/Kwajalein", date(1993, 8, 21), "it was left out at the date line"),
    ("America/Juneau", date(1867, 10, 18), "it came twice at the date line"),
    ("Asia/Kathmandu", date(2026, 5, 5), "its offset has quarters of an hour"),
    ("Europe/Amsterdam", date(1936, 7, 1), "its offset has seconds"),
    ("UTC", date(2026, 5, 5), "nothing"),
]

zones = st.sampled_from(sorted(time_zones()))
days = st.dates(min_value=date(1850, 1, 1), max_value=date(2150, 12, 31))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local_days(zone: str) -> LocalDays:
    return LocalDays(ZoneInfo(zone))


def test_a_day_ends_at_the_next_local_midnight() -> None:
    berlin = local_days("Europe/Berlin")
    assert berlin.end_of(date(2026, 1, 31)) == at("2026-01-31T23:00")
    assert berlin.end_of(date(2026, 7, 31)) == at("2026-07-31T22:00")
    assert berlin.start_of(date(2026, 7, 31)) == at("2026-07-30T22:00")
    assert berlin.end_of(date(2026, 7, 31)).tzinfo is UTC


def test_days_have_23_or_25_hours_when_clocks_change() -> None:
    berlin = local_days("Europe/Berlin")
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 5, 5), 24)):
        assert berlin.end_of(day) - berlin.start_of(day) == timedelta(hours=hours)


def test_a_day_whose_midnight_is_skipped_begins_when_clocks_jump() -> None:
    sao_paulo = local_days("America/Sao_Paulo")
    assert sao_paulo.start_of(date(2018, 11, 4)) == at("2018-11-04T03:00")
    assert sao_paulo.end_of(date(2018, 11, 3)) == at("2018-11-04T03:00")
    toronto = local_days("America/Toronto")
    assert toronto.start_of(date(1919, 3, 31)) == at("1919-03-31T04:30")
    assert toronto.end_of(date(1919, 3, 30)) == at("1919-03-31T04:30")


def test_a_day_whose_midnight_comes_twice_begins_with_the_first() -> None:
    havana = local_days("America/Havana")
    assert havana.start_of(date(2018, 11, 4)) == at("2018-11-04T04:00")
    assert havana.end_of(date(2018, 11, 3)) == at("2018-11-04T04:00")


def test_a_day_that_comes_back_after_midnight_is_over_the_second_time() -> None:
    st_johns = local_days("America/St_Johns")
    assert st_johns.start_of(date(2010, 11, 7)) == at("2010-11-07T02:30")
    assert st_johns.end_of(date(2010, 11, 6)) == at("2010-11-07T03:30")


def test_a_day_that_never_was_is_over_when_it_begins() -> None:
    apia = local_days("Pacific/Apia")
    skipped = date(2011, 12, 30)
    assert apia.start_of(skipped) == apia.end_of(skipped) == apia.end_of(skipped - DAY)
    assert apia.day_of(apia.end_of(skipped)) == skipped + DAY


@given(zones, days)
def test_a_day_is_over_when_its_date_cannot_come_back(zone: str, day: date) -> None:
    check_end(zone, day)


@pytest.mark.parametrize(("zone", "day", "odd"), ODD_DAYS)
def test_odd_days_begin_and_end_as_all_days(zone: str, day: date, odd: str) -> None:
    for each in (day - DAY, day, day + DAY):
        check_end(zone, each)
        check_start(zone, each)


def check_end(zone: str, day: date) -> None:
    local = local_days(zone)
    end = local.end_of(day)
    assert local.day_of(end - SECOND) <= day < local.day_of(end)
    assert all(local.day_of(end + minutes * timedelta(minutes=1)) > day for minutes in range(0, 1_600, 7))


def check_start(zone: str, day: date) -> None:
    local = local_days(zone)
    start = local.start_of(day)
    assert local.day_of(start - SECOND) < day <= local.day_of(start)
    assert all(local.day_of(start - minutes * timedelta(minutes=1)) < day for minutes in range(1, 1_600, 7))


@given(zones, days)
def test_a_day_begins_when_its_date_first_comes(zone: str, day: date) -> None:
    check_start(zone, day)


@given(zones, st.datetimes(timezones=st.just(UTC)))
def test_every_moment_has_a_day_and_lies_in_it(zone: str, moment: datetime) -> None:
    local = local_days(zone)
    day = local.day_of(moment)
    assert moment < local.end_of(day) or day == NEVER
    assert local.start_of(day) <= moment


@given(zones, st.dates())
def test_days_end_in_order(zone: str, day: date) -> None:
    local = local_days(zone)
    assert local.start_of(day) <= local.end_of(day)
    if day < NEVER:
        assert local.end_of(day) <= local.end_of(day + DAY)


def test_the_ends_of_the_calendar_have_days() -> None:
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"):
        local = local_days(zone)
        assert local.day_of(datetime.min.replace(tzinfo=UTC)) == date.min
        assert local.day_of(datetime.max.replace(tzinfo=UTC)) == date.max
        assert local.start_of(date.min) <= at("0001-01-01T12:00")
        assert local.end_of(NEVER) == END_OF_TIME
        assert local.end_of(NEVER - DAY) <= END_OF_TIME


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    moment = at("2026-05-05T23:30")
    berlin = local_days("Europe/Berlin")
    assert (
        berlin.day_of(moment) == berlin.day_of(moment.astimezone(ZoneInfo("Asia/Tokyo"))) == date(2026, 5, 6)
    )
