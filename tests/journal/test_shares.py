"""Sharing out by largest remainder. Knows no event."""

from fractions import Fraction
from math import ceil, floor
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tallybook.journal.shares import share_out

AMOUNTS = st.integers(0, 10**15)
WEIGHTS = st.lists(st.integers(0, 10**12), min_size=1, max_size=12).filter(any)


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        (0, [1, 2], [0, 0]),
        (0, [0, 0], [0, 0]),
        (10, [1, 1, 1], [4, 3, 3]),
        (11, [1, 1, 1], [4, 4, 3]),
        (7, [160, 571], [2, 5]),
        (1, [1, 3], [0, 1]),
        (5, [2, 3], [2, 3]),
        (100, [0, 5, 0], [0, 100, 0]),
        (2, [0, 1, 1, 1], [0, 1, 1, 0]),
    ],
)
def test_the_largest_remainders_get_what_is_left(amount: int, weights: list[int], shares: list[int]) -> None:
    assert share_out(amount, weights) == shares


def test_of_equal_remainders_those_come_first_whose_place_does() -> None:
    assert share_out(10, [1, 1, 1], places=[1, 2, 0]) == [3, 4, 3]
    assert share_out(11, [1, 1, 1], places=[1, 2, 0]) == [3, 4, 4]


@given(AMOUNTS, WEIGHTS)
def test_shares_come_to_the_amount_and_lie_next_to_their_exact_part(amount: int, weights: list[int]) -> None:
    shares = share_out(amount, weights)
    assert sum(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        exact = Fraction(amount * weight, sum(weights))
        assert floor(exact) <= share <= ceil(exact)


@given(WEIGHTS, st.data())
def test_of_a_part_nobody_gets_more_than_the_own_weight(weights: list[int], data: st.DataObject) -> None:
    amount = data.draw(st.integers(0, sum(weights)))
    assert all(share <= weight for share, weight in zip(share_out(amount, weights), weights, strict=True))


@given(AMOUNTS, WEIGHTS, st.randoms(use_true_random=False))
def test_moved_weights_have_the_same_shares_if_their_places_are_told(
    amount: int, weights: list[int], random: Random
) -> None:
    places = list(range(len(weights)))
    order = random.sample(places, len(places))
    moved = [weights[order.index(place)] for place in places]
    straight = share_out(amount, weights)
    assert share_out(amount, moved, order) == [straight[order.index(place)] for place in places]
