"""How much coupons can take off at most, whichever of them are used together. Pure: no clock, no database.

What a coupon takes never grows when less is left, and where it goes by a sum, less in all leaves no more
after it. Hence two bounds, of which the better one holds:

- all of a set of coupons for the same lines, one after the other, take at least what any selection takes;
- of coupons that exclude each other one is used, so the one that takes most of what is left now is enough.

Minimums are taken for granted here: a coupon that misses its own takes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tallybook.coupons.candidates import Candidate
from tallybook.programs.coupon_kinds.offer import OfferOnSum

OffSum = Callable[[int], int]


class Bounds:
    """What is left at least, for sets of candidates given as bits: bit i is `candidates[i]`.

    Candidates stand in the order in which they are applied. From `sums_from` on, they need to know no more
    than what is left of all lines together, and of the shipping.
    """

    def __init__(
        self, candidates: Sequence[Candidate], conflicts: Sequence[int], left: Sequence[int]
    ) -> None:
        needs = [place for place, each in enumerate(candidates) if _needs_lines(each)]
        self.sums_from: Final = needs[-1] + 1 if needs else 0
        self.on_lines: Final = (1 << self.sums_from) - 1
        """The candidates before `sums_from`."""
        self._class_of = _classes(candidates, conflicts)
        self._offs = [_off_sum(each) for each in candidates]
        self._ships = [each.template.offer.of_shipping for each in candidates]
        self._early_shipping = sum(1 << place for place in range(self.sums_from) if self._ships[place])
        self._alone: dict[int, int] = {}
        bundles: dict[tuple[int, ...], list[int]] = {}
        for place, each in enumerate(candidates[: self.sums_from]):
            if isinstance(each.template.offer, OfferOnSum):
                bundles.setdefault(each.places, []).append(place)
            else:
                taken = each.take(left)
                self._alone[place] = 0 if taken is None else taken.amount
        self._bundles = list(bundles.items())

    def off_sum(self, place: int, left: int) -> int:
        """What a candidate from `sums_from` on takes off what is left in all, of lines or of the shipping."""
        return self._offs[place](left)

    def of_shipping(self, place: int) -> bool:
        """Whether a candidate is for the shipping."""
        return self._ships[place]

    def left_of_sums(self, allowed: int, goods: int, shipping: int) -> int:
        """What is left at least of goods and shipping after any of the `allowed` that go by sums alone."""
        chain = goods
        most: dict[int, int] = {}
        while allowed:
            bit = allowed & -allowed
            allowed ^= bit
            place = bit.bit_length() - 1
            off = self._offs[place]
            if self._ships[place]:
                shipping -= off(shipping)
                continue
            chain -= off(chain)
            alone, of = off(goods), self._class_of[place]
            if alone > most.get(of, 0):
                most[of] = alone
        return max(chain, goods - sum(most.values())) + shipping

    def left_of_lines(self, allowed: int, left: Sequence[int]) -> int:
        """What is left at least of lines and shipping after any of the `allowed`."""
        chained = 0
        most: dict[int, int] = {}
        for places, members in self._bundles:
            there = [place for place in members if allowed >> place & 1]
            if not there:
                continue
            before = chain = sum([left[place] for place in places])
            for place in there:
                chain -= self._offs[place](chain)
                alone, of = self._offs[place](before), self._class_of[place]
                if alone > most.get(of, 0):
                    most[of] = alone
            chained += before - chain
        for place, alone in self._alone.items():
            if allowed >> place & 1:
                chained += alone
                of = self._class_of[place]
                if alone > most.get(of, 0):
                    most[of] = alone
        goods = max(0, sum(left) - left[-1] - min(chained, sum(most.values())))
        shipping = 0 if allowed & self._early_shipping else left[-1]
        return self.left_of_sums(allowed & ~self.on_lines, goods, shipping)


def _needs_lines(each: Candidate) -> bool:
    """Whether more is to be known than sums: which lines are left, or what of them counts for its minimum."""
    template = each.template
    if template.offer.of_pieces or not isinstance(template.offer, OfferOnSum):
        return True
    if template.lines is not None and not template.offer.of_shipping:
        return True
    is_counted = template.lines is not None or template.counted_lines is not None
    return template.spend_after_coupons and is_counted


def _off_sum(each: Candidate) -> OffSum:
    offer = each.template.offer
    return offer.off_sum if isinstance(offer, OfferOnSum) else lambda left: 0


def _classes(candidates: Sequence[Candidate], conflicts: Sequence[int]) -> list[int]:
    """A number for each candidate: those of the same number exclude each other."""
    classes: list[int] = []
    numbers = []
    for place in range(len(candidates)):
        fits = (number for number, members in enumerate(classes) if not members & ~conflicts[place])
        number = next(fits, len(classes))
        if number == len(classes):
            classes.append(0)
        classes[number] |= 1 << place
        numbers.append(number)
    return numbers
