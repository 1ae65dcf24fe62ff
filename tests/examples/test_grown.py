"""Tasks and tiers as the grocer's example computes them, against what was worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

from examples.grocer.grown import DEPARTMENTS, WEEKS, Completed, Household, Standing

JANUARY = date(2017, 1, 2)
"""A Monday."""


def departments(*names: str) -> dict[int, str]:
    return dict(enumerate(names, 1))


def bought(*orders: tuple[str, date, int]) -> Household:
    household = Household()
    for basket, day, growth in orders:
        household.pass_time(day)
        household.buy(basket, day, growth, {1: "GROCERY"})
    return household


# --- tasks -------------------------------------------------------------------------------------------------


def test_five_departments_of_a_month_are_a_task_and_no_department_is_none() -> None:
    household = Household()
    household.buy("a", JANUARY, 10, departments("A", "B", "C", ""))
    household.buy("b", date(2017, 1, 20), 10, departments("C", "D"))
    assert household.completed == {}
    household.buy("c", date(2017, 1, 31), 10, departments("E"))
    assert household.completed == {Completed(DEPARTMENTS, date(2017, 1, 1)): date(2017, 1, 31)}
    household.buy("d", date(2017, 2, 1), 10, departments("A"))
    assert len(household.completed) == 1


def test_a_department_counts_until_the_last_line_of_it_is_gone() -> None:
    household = Household()
    household.buy("a", JANUARY, 10, departments("A", "B", "C", "D", "E", "E"))
    household.give_back("a", JANUARY, 1, 5)
    assert len(household.completed) == 1
    household.give_back("a", JANUARY, 1, None)
    household.give_back("a", JANUARY, 1, 6)
    assert household.completed == {}
    household.buy("b", date(2017, 1, 9), 10, departments("E"))
    assert household.completed == {Completed(DEPARTMENTS, date(2017, 1, 1)): date(2017, 1, 9)}


def test_four_weeks_in_a_row_are_a_task_and_the_fifth_begins_anew() -> None:
    weeks = [JANUARY + timedelta(days=7 * week + week % 3) for week in range(9)]
    household = bought(*((str(day), day, 1) for day in weeks))
    assert household.completed == {
        Completed(WEEKS, JANUARY + timedelta(days=21)): weeks[3],
        Completed(WEEKS, JANUARY + timedelta(days=49)): weeks[7],
    }


def test_a_week_that_is_given_back_breaks_the_row_and_moves_what_follows() -> None:
    weeks = [JANUARY + timedelta(days=7 * week) for week in range(6)]
    household = bought(*((str(day), day, 1) for day in weeks))
    household.give_back(str(weeks[1]), weeks[5], 1, 1)
    assert household.completed == {Completed(WEEKS, weeks[5]): weeks[5]}
    household.give_back(str(weeks[4]), weeks[5], 1, 1)
    assert household.completed == {}


# --- tiers -------------------------------------------------------------------------------------------------


def test_a_tier_is_reached_at_once_and_gold_sooner_with_a_streak() -> None:
    household = bought(("a", JANUARY, 249))
    assert household.tier == ""
    household.buy("b", JANUARY, 1250, {1: "GROCERY"})
    assert household.tier == "silver"
    for week in range(1, 4):
        household.buy(f"c{week}", JANUARY + timedelta(days=7 * week), 1, {1: "GROCERY"})
    assert household.tier == "gold"
    assert household.standing(date(2017, 1, 31)) == Standing("gold", 1502, 0, 1)
    household.give_back("c2", date(2017, 1, 31), 1, 1)
    assert household.standing(date(2017, 1, 31)) == Standing("silver", 1501, 0, 0)


def test_growth_counts_for_a_year_and_a_tier_is_looked_at_as_quarters_end() -> None:
    household = bought(("a", date(2017, 2, 10), 900), ("b", date(2017, 5, 10), 200))
    household.pass_time(date(2018, 3, 31))
    assert household.standing(date(2018, 2, 10)) == Standing("silver", 1100)
    assert household.standing(date(2018, 2, 11)) == Standing("silver", 200)
    # Reached in May until the end of September; kept then and in December.
    assert household.reviews == [date(2017, 10, 1), date(2018, 1, 1)]
    household.pass_time(date(2018, 4, 30))
    assert household.tier == "silver"
    household.pass_time(date(2018, 5, 1))
    # 200 are enough to keep bronze, until the tenth.
    assert household.tier == "bronze"
    household.pass_time(date(2018, 7, 1))
    assert household.standing(date(2018, 7, 1)) == Standing("bronze", 0)
    household.pass_time(date(2018, 7, 31))
    assert household.tier == ""


def test_in_its_grace_a_tier_is_kept_as_soon_as_there_is_enough() -> None:
    household = bought(("a", date(2017, 2, 10), 1000))
    household.pass_time(date(2018, 4, 10))
    assert household.tenure.grace == date(2018, 4, 30)
    household.buy("b", date(2018, 4, 10), 799, {1: "GROCERY"})
    assert household.tenure.grace == date(2018, 4, 30)
    household.buy("c", date(2018, 4, 11), 1, {1: "GROCERY"})
    assert household.tenure.until == date(2018, 6, 30)
    assert household.tenure.grace is None


def test_a_refund_takes_a_tier_unless_what_counts_now_suffices() -> None:
    household = bought(("a", JANUARY, 500), ("b", date(2017, 1, 10), 600), ("c", date(2017, 1, 20), 50))
    household.give_back("b", date(2017, 1, 25), 140, None)
    assert household.standing(date(2017, 1, 25)) == Standing("silver", 1010)
    household.give_back("b", date(2017, 1, 25), 11, None)
    assert household.standing(date(2017, 1, 25)) == Standing("bronze", 999)


def test_a_refund_that_takes_no_growth_takes_no_tier() -> None:
    household = bought(("a", JANUARY, 100), ("b", date(2017, 12, 20), 950), ("c", date(2017, 12, 28), 60))
    household.give_back("b", date(2018, 1, 2), 60, None)
    # It stands on what there is; from the third of January on, that is less.
    assert household.standing(date(2018, 1, 4)) == Standing("silver", 950)
    household.give_back("c", date(2018, 1, 4), 0, None)
    assert household.tier == "silver"
    household.give_back("c", date(2018, 1, 4), 1, None)
    assert household.tier == "bronze"


def test_what_a_household_had_before_is_there_again_with_its_time() -> None:
    household = bought(("a", JANUARY, 300), ("b", date(2017, 4, 10), 800))
    assert household.tenure.until == date(2017, 9, 30)
    household.give_back("b", date(2017, 4, 20), 300, None)
    assert household.tier == "bronze"
    assert household.tenure.until == date(2017, 6, 30)


def test_of_a_tier_that_was_skipped_to_the_lower_one_is_left() -> None:
    household = bought(("a", JANUARY, 3000))
    household.give_back("a", date(2017, 1, 20), 1500, None)
    assert household.tier == "silver"
    household.give_back("a", date(2017, 1, 21), 1400, None)
    assert household.tier == ""
