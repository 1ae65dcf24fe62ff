"""Sharing a whole amount out by weights, by largest remainder. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def share_out(amount: int, weights: Sequence[int], places: Iterable[int] | None = None) -> list[int]:
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
    if not left:
        return shares
    remainders = [amount * weight % whole for weight in weights]
    ranked = sorted(remainders, reverse=True)
    if ranked[left - 1] > ranked[left]:  # more remain than are `left` over
        least = ranked[left - 1]
        return [share + (rest >= least) for share, rest in zip(shares, remainders, strict=True)]
    among = range(len(weights)) if places is None else places
    for place in sorted(among, key=remainders.__getitem__, reverse=True)[:left]:
        shares[place] += 1
    return shares
