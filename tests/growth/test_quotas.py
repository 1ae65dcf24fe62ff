"""Benefits that may be used so many times in a period."""

from datetime import date

import pytest
from tallybook.growth.quotas import UNUSED, give_back, left, use, used_in
from tallybook.programs.benefits import Quota
from tallybook.programs.rules import Period

FOUR_A_MONTH = Quota(4, Period.MONTH)
MARCH, APRIL = date(2024, 3, 31), date(2024, 4, 1)


def test_a_quota_begins_anew_with_its_period() -> None:
    uses = use(UNUSED, FOUR_A_MONTH, MARCH, 3)
    assert (left(uses, FOUR_A_MONTH, MARCH), left(uses, FOUR_A_MONTH, APRIL)) == (1, 4)
    assert used_in(use(uses, FOUR_A_MONTH, APRIL), FOUR_A_MONTH, APRIL) == 1


def test_no_more_is_used_than_is_left() -> None:
    with pytest.raises(AssertionError):
        use(use(UNUSED, FOUR_A_MONTH, MARCH, 3), FOUR_A_MONTH, MARCH, 2)


def test_who_has_more_from_now_on_has_used_what_was_used() -> None:
    uses = use(UNUSED, Quota(2, Period.MONTH), MARCH, 2)
    assert left(uses, FOUR_A_MONTH, MARCH) == 2
    assert left(use(uses, FOUR_A_MONTH, MARCH, 2), Quota(2, Period.MONTH), MARCH) == 0


def test_a_use_is_given_back_to_its_own_period() -> None:
    uses = use(UNUSED, FOUR_A_MONTH, MARCH, 2)
    assert left(give_back(uses, FOUR_A_MONTH, MARCH), FOUR_A_MONTH, MARCH) == 3
    later = use(uses, FOUR_A_MONTH, APRIL)
    assert give_back(later, FOUR_A_MONTH, MARCH) == later
    assert used_in(give_back(later, FOUR_A_MONTH, APRIL, 9), FOUR_A_MONTH, APRIL) == 0


def test_a_quota_for_life_is_used_up_for_good() -> None:
    once = Quota(1, Period.LIFE)
    assert left(use(UNUSED, once, MARCH), once, date(2099, 1, 1)) == 0
