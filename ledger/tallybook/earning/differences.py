"""From what is recorded of an event to what it comes to now: postings. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from tallybook.earning.results import Moved, TierMoved
from tallybook.earning.story import Result
from tallybook.engine.desk import Desk
from tallybook.growth.growing import Growing
from tallybook.growth.growth import GivenNote
from tallybook.growth.postings import Given, added, post_given, take_back
from tallybook.growth.tier_state import TierState, Why
from tallybook.journal.accounts import ISSUED
from tallybook.journal.moves import Credited, Lot, credit, reversible
from tallybook.journal.originals import Original
from tallybook.members.spending import give_back
from tallybook.programs.ladders import NO_TIER
from tallybook.programs.rules import budget_pool

RETURN = "return"
"""The entry that gives back units which had paid for an order."""

Change = tuple[Result | None, Result]
"""An event as it is recorded, and as it is now."""


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """The reply that stands on an entry of kind `return`: `amount` steps of `unit` were given back."""

    unit: str
    amount: int


class Sums:
    """What an entry moved, by unit."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[str, int]] = {}

    def add(self, unit: str, **amounts: int) -> None:
        """Add what was moved in a unit."""
        counts = self._counts.setdefault(unit, {})
        for what, amount in amounts.items():
            counts[what] = counts.get(what, 0) + amount

    def moved(self) -> tuple[Moved, ...]:
        """The sums, in the order of units."""
        return tuple(Moved(unit=unit, **counts) for unit, counts in sorted(self._counts.items()))


def post_rewards(desk: Desk, changes: Iterable[Change], sums: Sums) -> None:
    """Give what has come to be more, then take back what has come to be less, lot by lot."""
    steps = [
        (lot, left, after.fact.version)
        for before, after in changes
        for lot, left in _differences(before, after).items()
        if left
    ]
    for lot, amount, _ in steps:
        if amount > 0:
            credited = credit(desk.folio, lot, ISSUED, amount, desk.program, desk.today)
            sums.add(lot.unit, given=amount, repaid=credited.repaid, pending=credited.pending)
    for lot, amount, version in steps:
        if amount < 0:
            _take_back(desk, lot, -amount, version, sums)


def _differences(before: Result | None, after: Result) -> dict[Lot, int]:
    found = _held(after)
    if before is not None:
        for lot, amount in _held(before).items():
            found[lot] = found.get(lot, 0) - amount
    return found


def _held(result: Result) -> dict[Lot, int]:
    """What an event's rewards come to, less what refunds have taken, by lot."""
    found: dict[Lot, int] = {}
    for reward in result.rewards:
        lot = Lot(reward.unit, reward.fund, reward.vests_on, reward.expires_on)
        left = reward.amount - result.refunded.taken.get(reward.rule, 0)
        found[lot] = found.get(lot, 0) + left
    return found


def _take_back(desk: Desk, lot: Lot, amount: int, version: int, sums: Sums) -> None:
    taken = take_back(desk.folio, desk.program, lot, amount, version)
    sums.add(lot.unit, taken=amount - taken.forgiven, forgiven=taken.forgiven, arrears=taken.arrears)


def post_growth(
    desk: Desk, before: Mapping[str, GivenNote], growing: Growing, sums: Sums, *, is_whole: bool
) -> list[Given]:
    """Give what tasks and tiers give, and take back what they do not give any more."""
    after: Mapping[str, Mapping[Lot, int]] = growing.given
    if not is_whole:
        after = added(before, growing.given)
        before = {key: note for key, note in before.items() if key in after}
    found = []
    posted = post_given(desk.folio, desk.program, desk.now, before, after, growing.given_on, growing.given_by)
    for given, went in posted:
        if isinstance(went, Credited):
            sums.add(given.unit, given=given.amount, repaid=went.repaid, pending=went.pending)
        elif went is not None:
            kept = -given.amount - went.forgiven
            sums.add(given.unit, taken=kept, forgiven=went.forgiven, arrears=went.arrears)
        found.append(given)
    return found


def moved_tiers(before: TierState, growing: Growing | None) -> tuple[TierMoved, ...]:
    """The tiers that are others than before, each with why it last changed."""
    if growing is None:
        return ()
    after = growing.tiers
    whys = {change.ladder: change.why for change in after.history}
    return tuple(
        TierMoved(ladder=code, before=was, after=now, why=whys.get(code, Why.REFUND))
        for code in sorted(before.ladders.keys() | after.ladders.keys())
        if (was := _tier(before, code)) != (now := _tier(after, code))
    )


def _tier(state: TierState, ladder: str) -> str:
    standing = state.ladders.get(ladder)
    return NO_TIER if standing is None else standing.tier


def post_draws(desk: Desk, changes: Iterable[Change]) -> None:
    """Draw on budgets what rewards hold more of them than before, and give back what they hold less."""
    for before, after in changes:
        left = after.draws()
        for code, amount in ({} if before is None else before.draws()).items():
            left[code] = left.get(code, 0) - amount
        for code, amount in sorted(left.items()):
            desk.draw(budget_pool(code), after.fact.program.rules.budgets[code].unit, amount)


def give_back_tenders(desk: Desk, changes: Iterable[Change], sums: Sums) -> None:
    """Give back the units that paid for what was refunded, to their own lots: an entry for each tender.

    Never more than is left of the redemption: somebody may have undone it by hand.
    """
    for before, after in changes:
        was = {} if before is None else before.refunded.returned
        for version, amount in after.refunded.returned.items():
            if amount > was.get(version, 0):
                original = desk.original(version)
                left = min(amount - was.get(version, 0), reversible(original))
                _give_back(desk, original, version, left, sums)


def _give_back(desk: Desk, original: Original, version: int, amount: int, sums: Sums) -> None:
    if not amount:
        return
    unit = desk.unit(original.postings[0].unit)
    give_back(desk, unit, original, amount)
    desk.seal_part(RETURN, Returned(unit=unit.code, amount=amount), reverses=version)
    sums.add(unit.code, returned=amount)
