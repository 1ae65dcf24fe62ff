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
    if not amount:
        return [0] * len(weights)
    whole = sum(weights)
    assert amount > 0 < whole, "something is shared out to somebody"
    if amount == whole:
        return list(weights)
    shares: list[int] = []
    remainders: list[int] = []
    for weight in weights:
        share, rest = divmod(amount * weight, whole)
        shares.append(share)
        remainders.append(rest)
    left = amount - sum(shares)
    if not left:
        return shares
    ranked = sorted(remainders)
    least = ranked[-left]
    if least > ranked[-left - 1]:  # no other is equal to the last that has one: more remain than are `left`
        for place, rest in enumerate(remainders):
            if rest >= least:
                shares[place] += 1
        return shares
    among = range(len(weights)) if places is None else places
    for place in sorted(among, key=remainders.__getitem__, reverse=True)[:left]:
        shares[place] += 1
    return shares
