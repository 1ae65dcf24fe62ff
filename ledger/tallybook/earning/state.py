"""What a member brings to an event: facts, and what earlier events left. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

import msgspec

from tallybook.earning.results import Reward
from tallybook.programs.rules import Cap, Counter, Period, Rules, rule_key, unit_key
from tallybook.programs.windows import starts_of

Count = tuple[int, int]
"""How many steps were given, in how many rewards."""

Row = list[int]
"""The same of one period while an event is told."""

_NONE: Final[Count] = (0, 0)

KEPT: Final = tuple(period.value for period in Period if period is not Period.EVENT)
"""The periods that outlast an event."""


class MemberFacts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What conditions see of a member, as it was when the event was first recorded.

    `tier` is that of the main ladder, `tiers` those of all. `memberships` are the plans that it had when the
    event occurred. `birthday_month` is 0 where it is not known. Who is `frozen` earns nothing.
    """

    tier: str
    tags: tuple[str, ...]
    enrolled_at: datetime
    birthday_month: int
    frozen: bool
    tiers: tuple[str, ...] = ()
    memberships: tuple[str, ...] = ()


class Tally(msgspec.Struct, array_like=True, frozen=True):
    """What caps count in the period that began on local day `since`, by rule and by unit."""

    since: date
    counts: dict[str, Count]


class EarningState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the events before have left behind: equal states have equal JSON.

    `orders` is how many purchases stand, those refunded wholly left out, and `last_purchase_at` when the
    latest was. `counters` are of the last period of each kind in which caps counted something: those of a
    period that is over mean nothing, and go at the next event. A cap counts from when it is first in force.
    """

    orders: int = 0
    last_purchase_at: datetime | None = None
    counters: dict[str, Tally] = {}


class TakenBack(NamedTuple):
    """What a refund takes back of a reward: `now`, after earlier refunds have taken `before`."""

    reward: Reward
    before: int
    now: int


class Counters:
    """The counters of one event: those of the periods it lies in, to be counted on."""

    def __init__(self, before: Mapping[str, Tally], day: date) -> None:
        self._starts = starts_of(day)
        self._before = before
        self._rows: dict[str, dict[str, Row]] = {}
        self._asked: dict[Counter, Row] = {}

    def rows(self, counters: Iterable[Counter]) -> list[Row]:
        """What was given so far under each: who gives more adds it."""
        found = []
        for each in counters:
            found.append(self._asked.get(each) or self._row(each))
        return found

    def _row(self, counter: Counter) -> Row:
        key, period = counter
        rows = self._rows.get(period)
        if rows is None:
            tally = self._before.get(period)
            is_over = tally is None or tally.since != self._starts[period]
            counts = {} if tally is None or is_over else tally.counts
            rows = self._rows[period] = {each: list(count) for each, count in counts.items()}
        row = self._asked[counter] = rows.setdefault(key, [0, 0])
        return row

    def after(self) -> dict[str, Tally]:
        """The counters to keep: of periods that are not over, in one order whatever came first."""
        kept: dict[str, Tally] = {}
        for period in KEPT:
            since = self._starts[period]
            rows = self._rows.get(period)
            tally = self._before.get(period)
            if rows is not None:
                counts = {
                    key: (steps, times) for key, (steps, times) in sorted(rows.items()) if steps or times
                }
                if counts:
                    kept[period] = Tally(since, counts)
            elif tally is not None and tally.since == since:
                kept[period] = tally
        return kept


def give_back(
    state: EarningState, purchased_on: date, rules: Rules, taken: Sequence[TakenBack]
) -> EarningState:
    """The state after a refund has taken back rewards of a purchase: caps that counted them have room again.

    `rules` are those by which it earned: what none of their caps counted makes no room under a younger one.
    Counters are lowered where they are of the very period that local day `purchased_on` lies in. A reward
    that is taken back to its last step was no reward.
    """
    starts = starts_of(purchased_on)
    by_rule = {rule.code: _periods(rule.caps) for rule in rules.rules}
    by_unit = {unit: _periods(caps) for unit, caps in rules.unit_caps.items()}
    counters = {}
    for period, tally in state.counters.items():
        counts = dict(tally.counts)
        if tally.since == starts[period]:
            for each in taken:
                if period in by_rule.get(each.reward.rule, ()):
                    _lower(counts, rule_key(each.reward.rule), each)
                if period in by_unit.get(each.reward.unit, ()):
                    _lower(counts, unit_key(each.reward.unit), each)
        if counts:
            counters[period] = Tally(tally.since, counts)
    return EarningState(state.orders, state.last_purchase_at, counters)


def without_order(state: EarningState, last_purchase_at: datetime | None) -> EarningState:
    """The state after an order is refunded wholly: as if it had not been.

    `last_purchase_at` is when the latest purchase was that still stands, None if there is none.
    """
    assert state.orders > 0, "an order is refunded wholly once"
    return EarningState(state.orders - 1, last_purchase_at, state.counters)


def _periods(caps: Sequence[Cap]) -> frozenset[Period]:
    """The periods in which caps count."""
    return frozenset(cap.period for cap in caps)


def _lower(counts: dict[str, Count], key: str, taken: TakenBack) -> None:
    """Take a reward off a counter, which may have begun anew since: days are others in another time zone."""
    if key not in counts or not taken.now:
        return
    given, times = counts[key]
    is_last = taken.before + taken.now == taken.reward.amount
    lowered = max(0, given - taken.now), max(0, times - is_last)
    if lowered == _NONE:
        del counts[key]
    else:
        counts[key] = lowered
