"""The best combination of coupons for a basket, by branch and bound. Pure: no clock, no database.

The best takes most off in all. Of equals, the one of fewest coupons is best, so that none is wasted; then the
one whose coupons expire soonest, compared from the soonest on; then the one with the least ids, likewise.

The search takes up coupons in the order in which they are applied, uses or leaves out each, and turns back
where what can still be taken (`bounds`) does not suffice. Coupons of one template do the same, so they are
used from the one that expires soonest on. Once only coupons for the whole order are to come, what is left of
single lines no longer matters, and neither does the way to get there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from tallybook.coupons.bounds import Bounds
from tallybook.coupons.candidates import Candidate, Taken

STEPS_MAX: Final = 30_000
"""The work that a search may take: one step is a coupon looked at, or a line that one is shared out to."""


class Best(NamedTuple):
    """The best combination, in the order of application; without `is_proven`, the best that was found."""

    used: tuple[tuple[Candidate, Taken], ...]
    is_proven: bool


def best_of(candidates: Iterable[Candidate], left: Sequence[int], steps_max: int = STEPS_MAX) -> Best:
    """The best combination of coupons that can be used each, for lines and shipping of which so much is left.

    The answer is the same whatever the order of `candidates`.
    """
    ordered = _worth_trying(sorted(candidates, key=lambda each: each.turn))
    search = _Search(ordered, left, steps_max)
    try:
        search.run()
    except _OutOfSteps:
        return Best(_used(search.best, ordered, left), is_proven=False)
    return Best(_used(search.best, ordered, left), is_proven=True)


class _OutOfSteps(Exception):
    """The search has done all the work that it may."""


def _worth_trying(ordered: Sequence[Candidate]) -> list[Candidate]:
    """As many of each template as an order takes: those that expire soonest."""
    seen: dict[str, int] = {}
    found = []
    for each in ordered:
        seen[each.template.code] = seen.get(each.template.code, 0) + 1
        if seen[each.template.code] <= each.template.stacking.most_per_order:
            found.append(each)
    return found


def _used(
    chosen: Sequence[int], candidates: Sequence[Candidate], left: Sequence[int]
) -> tuple[tuple[Candidate, Taken], ...]:
    used = []
    for place in chosen:
        taken = candidates[place].take(left)
        assert taken is not None, "what is chosen takes something"
        used.append((candidates[place], taken))
        left = taken.left
    return tuple(used)


class _Search:
    """One search; sets of candidates are bits. `best` is what was found, by places of candidates."""

    def __init__(self, candidates: Sequence[Candidate], left: Sequence[int], steps_max: int) -> None:
        self.best: tuple[int, ...] = ()
        self._candidates = candidates
        self._left = left
        self._whole = sum(left)
        self._steps = steps_max
        self._off = 0
        self._conflicts = _conflicts(candidates)
        self._copies = _later_copies(candidates)
        self._bounds = Bounds(candidates, self._conflicts, left)
        self._known: dict[int, list[tuple[int, int, int]]] = {}
        sums = candidates[self._bounds.sums_from :]
        self._is_monotone = not any(each.template.spend_after_coupons for each in sums)

    def run(self) -> None:
        """Find the best, or raise `_OutOfSteps` when the work is used up."""
        self._seed()
        self._try_lines((1 << len(self._candidates)) - 1, self._left, (), 0)

    def _seed(self) -> None:
        """Begin with what is found by taking, again and again, the coupon that takes most by itself.

        It is no part of the work that is counted: there is an answer however little of that is allowed.
        """
        alone = [each.take(self._left) for each in self._candidates]
        amounts = [0 if taken is None else taken.amount for taken in alone]
        allowed = (1 << len(amounts)) - 1
        chosen = []
        for place in sorted(range(len(amounts)), key=lambda place: (-amounts[place], place)):
            if amounts[place]:
                self._consider(amounts[place], (place,))
            if amounts[place] and allowed >> place & 1:
                allowed &= ~self._conflicts[place]
                chosen.append(place)
        left, off, used = self._left, 0, []
        for place in sorted(chosen):
            taken = self._candidates[place].take(left)
            if taken is not None:
                left, off = taken.left, off + taken.amount
                used.append(place)
        self._consider(off, tuple(used))

    def _try_lines(self, allowed: int, left: Sequence[int], chosen: tuple[int, ...], off: int) -> None:
        """Go on from what is chosen, which takes `off`, with the `allowed`, of which some need lines."""
        while allowed & self._bounds.on_lines:
            bit = allowed & -allowed
            place = bit.bit_length() - 1
            each = self._candidates[place]
            self._work(allowed.bit_count() + len(each.places))
            if not self._can_win(self._bounds.left_of_lines(allowed, left), len(chosen), off):
                return
            allowed ^= bit
            taken = each.take(left)
            if taken is not None:
                used, now = (*chosen, place), off + taken.amount
                self._consider(now, used)
                self._try_lines(allowed & ~self._conflicts[place], taken.left, used, now)
            allowed &= ~self._copies[place]
        self._try_sums(allowed, sum(left) - left[-1], left[-1], chosen, off)

    def _try_sums(self, allowed: int, goods: int, shipping: int, chosen: tuple[int, ...], off: int) -> int:
        """Likewise with coupons that go by sums; what is left at least in the end, whatever is chosen.

        Where so much was left before with the same coupons to come, or less, no more can be taken now.
        """
        for known_goods, known_shipping, lowest in self._known.get(allowed, ()):
            is_less = known_goods <= goods and known_shipping <= shipping
            if is_less and not self._can_win(lowest, len(chosen), off):
                return lowest
        lowest, rest = goods + shipping, allowed
        while rest:
            self._work(rest.bit_count())
            least = self._bounds.left_of_sums(rest, goods, shipping)
            if not self._can_win(least, len(chosen), off):
                lowest = min(lowest, least)
                break
            bit = rest & -rest
            place = bit.bit_length() - 1
            rest ^= bit
            amount = self._amount(place, goods, shipping)
            if amount:
                used, now = (*chosen, place), off + amount
                self._consider(now, used)
                ships = self._bounds.of_shipping(place)
                after = (goods, shipping - amount) if ships else (goods - amount, shipping)
                lowest = min(lowest, self._try_sums(rest & ~self._conflicts[place], *after, used, now))
            rest &= ~self._copies[place]
        if self._is_monotone:
            self._known.setdefault(allowed, []).append((goods, shipping, lowest))
        return lowest

    def _amount(self, place: int, goods: int, shipping: int) -> int:
        """What one that goes by sums takes."""
        template = self._candidates[place].template
        if template.spend_after_coupons and goods < template.min_spend:
            return 0
        return self._bounds.off_sum(place, shipping if self._bounds.of_shipping(place) else goods)

    def _work(self, steps: int) -> None:
        self._steps -= steps
        if self._steps < 0:
            raise _OutOfSteps

    def _can_win(self, left: int, count: int, off: int) -> bool:
        """Whether more coupons, after which so much is left at least, may come to a better combination."""
        most = self._whole - left
        if most != self._off:
            return most > self._off
        return most > off and count < len(self.best)

    def _consider(self, off: int, chosen: tuple[int, ...]) -> None:
        """Keep a combination if it is the best so far."""
        if (off, -len(chosen)) < (self._off, -len(self.best)):
            return
        if (off, len(chosen)) != (self._off, len(self.best)) or self._tie(chosen) < self._tie(self.best):
            self.best, self._off = chosen, off

    def _tie(self, chosen: Sequence[int]) -> tuple[list[datetime], list[str]]:
        coupons = [self._candidates[place].coupon for place in chosen]
        return sorted(each.ends_at for each in coupons), sorted(each.coupon for each in coupons)


def _conflicts(candidates: Sequence[Candidate]) -> list[int]:
    """For each candidate, those that cannot be used with it, as bits."""
    found = [0] * len(candidates)
    for place, each in enumerate(candidates):
        for other in range(place):
            if not each.goes_with(candidates[other]):
                found[place] |= 1 << other
                found[other] |= 1 << place
    return found


def _later_copies(candidates: Sequence[Candidate]) -> list[int]:
    """For each candidate, those of its template that come after it, as bits."""
    found = [0] * len(candidates)
    for place in range(len(candidates) - 1, 0, -1):
        before = place - 1
        if candidates[before].template is candidates[place].template:
            found[before] = found[place] | 1 << place
    return found
