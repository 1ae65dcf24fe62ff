"""What a household holds as the grocer's example computes it, against what was worked out by hand."""

from __future__ import annotations

from examples.grocer.purse import Purse

JANUARY, FEBRUARY, MARCH = (2017, 1), (2017, 2), (2017, 3)


def test_the_oldest_points_are_redeemed_first() -> None:
    purse = Purse()
    purse.change([(JANUARY, 300)], 500)
    purse.change([(FEBRUARY, 450)], 500)
    assert purse == Purse({JANUARY: 0, FEBRUARY: 250}, 0, 1)


def test_what_is_taken_is_the_months_own_then_the_oldest_then_owed() -> None:
    purse = Purse({JANUARY: 30, FEBRUARY: 50, MARCH: 10})
    purse.change([(MARCH, -25)], 500)
    assert purse == Purse({JANUARY: 15, FEBRUARY: 50, MARCH: 0})
    purse.change([(MARCH, -70)], 500)
    assert purse == Purse({JANUARY: 0, FEBRUARY: 0, MARCH: 0}, 5)
    purse.change([(MARCH, 12)], 500)
    assert purse == Purse({JANUARY: 0, FEBRUARY: 0, MARCH: 7}, 0)


def test_what_is_given_for_an_older_month_stays_until_the_next_redemption() -> None:
    purse = Purse({FEBRUARY: 400})
    purse.change([(JANUARY, 40)], 500)
    assert purse.lots == {JANUARY: 40, FEBRUARY: 400}


def test_it_redeems_as_often_as_there_is_enough() -> None:
    purse = Purse()
    purse.change([(JANUARY, 1200)], 500)
    assert purse == Purse({JANUARY: 200}, 0, 2)
