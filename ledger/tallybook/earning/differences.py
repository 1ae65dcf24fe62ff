"""From what is recorded of an event to what it comes to now: postings. Pure: no clock, no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from tallybook.earning.results import Moved
from tallybook.earning.story import Result
from tallybook.engine.desk import Desk
from tallybook.journal.accounts import AVAILABLE, ISSUED, PENDING, VESTED, Posting
from tallybook.journal.moves import Lot, Shortfall, claw_back, credit, reversible
from tallybook.journal.originals import Original, lapses
from tallybook.members.spending import give_back
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
        self._counts: dict[str, Counter[str]] = {}

    def add(self, unit: str, **amounts: int) -> None:
        """Add what was moved in a unit."""
        self._counts.setdefault(unit, Counter()).update(amounts)

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
    unit = desk.unit(lot.unit)
    target = AVAILABLE if lot.vests_on == VESTED else PENDING
    posting = Posting(lot.unit, lot.fund, lot.vests_on, lot.expires_on, ISSUED, target, amount)
    lapsed = lapses(desk.folio.expiries_now(), lot.unit, version)
    original = Original("record_event", (posting,), 0, lapsed)
    policy = Shortfall(desk.program.refunds.shortfall)
    taken = claw_back(desk.folio, original, amount, policy, unit.spend_key)
    sums.add(lot.unit, taken=amount - taken.forgiven, forgiven=taken.forgiven, arrears=taken.arrears)


def post_draws(desk: Desk, changes: Iterable[Change]) -> None:
    """Draw on budgets what rewards hold more of them than before, and give back what they hold less."""
    for before, after in changes:
        left = Counter(after.draws())
        left.subtract({} if before is None else before.draws())
        for code, amount in sorted(left.items()):
            desk.draw(budget_pool(code), after.budgets()[code].unit, amount)


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
