"""Sharing a whole amount out by weights, by largest remainder. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence


def share_out(amount: int, weights: Sequence[int], places: Sequence[int] | None = None) -> list[int]:
    """A share of `amount` for each weight, in proportion: whole, never negative, and `amount` in all.

    Each share is its exact part, rounded down or up: what rounding down leaves over goes, one by one, to the
    largest remainders, and of equal ones to those whose place stands first in `places`, by default to the
    first. A weight of zero has no share, and while `amount` is not more than all weights, no share is more
    than its weight.
    """
    whole = sum(weights)
    if not amount:
        return [0] * len(weights)
    assert amount > 0, "what is shared out is something"
    assert whole > 0, "something is shared out to somebody"
    if amount == whole:
        return list(weights)
    shares = [amount * weight // whole for weight in weights]
    left = amount - sum(shares)
    if left:
        remainders = [amount * weight % whole for weight in weights]
        among = range(len(weights)) if places is None else places
        if left == 1:  # as it mostly is
            largest = max(remainders)
            is_alone = remainders.count(largest) == 1
            shares[remainders.index(largest) if is_alone else max(among, key=remainders.__getitem__)] += 1
            return shares
        for place in sorted(among, key=remainders.__getitem__, reverse=True)[:left]:
            shares[place] += 1
    return shares
