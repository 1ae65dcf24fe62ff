"""A newcomer's first purchase: which it is, when it counts, what it brings. Pure: no clock, no database.

It is the first order that still stands when its return window is over, by what is known then; what has
counted stays so. Both sides note the moment, and each settles by itself, whoever is met with first. What both
get was promised when the newcomer was bound, so no revision in between changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from tallybook.growth.referral_notes import (
    AWAITED,
    Awaited,
    Count,
    NewcomerNote,
    PromisedCap,
    RefereeNote,
    ReferralState,
    ReferrerNote,
    StandingOrder,
    newcomer_note,
    promised,
    put_newcomer,
    put_referee,
    put_referrer,
    referee_note,
    referrer_note,
    rewards_promised,
    with_earned,
)
from tallybook.growth.timely import give_timely, has_room_for, may_be_given
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note
from tallybook.journal.settle import Effect
from tallybook.programs.expiry import after_days
from tallybook.programs.program import Program
from tallybook.programs.referrals import Referrals
from tallybook.programs.rewards import Reward, UnitsReward
from tallybook.programs.rules import Period
from tallybook.programs.windows import starts_of

ORDERS_MAX: Final = 32
"""So many of the first orders that stand are kept until one of them counts."""
COUNTED: Final = tuple(period for period in Period if period is not Period.EVENT)
"""The periods that newcomers are counted in."""


@dataclass(frozen=True, slots=True)
class OrderNow:
    """An order of a newcomer's, told by `entry`, as it stands now: `spend` minor units of it count as spent.

    `kept` tells how many of the steps that its spend has earned are left by now. `stands` unless all of it
    went back. `is_new` where it was not recorded before, and `program` is what it is decided by.
    """

    order_id: str
    entry: int
    at: datetime
    currency: str
    spend: int
    kept: Callable[[int], int]
    stands: bool
    is_new: bool
    program: Program


# --- binding ---------------------------------------------------------------------------------------------


def bind(newcomer: Folio, referrer: Folio, terms: Referrals, at: datetime) -> None:
    """Bind a newcomer to a referrer, with what is promised to both now."""
    awaited = Awaited(
        window_days=terms.return_window_days,
        minimum=terms.minimum,
        currency=terms.currency,
        rewards=promised(terms.newcomer),
    )
    own = NewcomerNote(
        referrer=referrer.member, bound_at=at, bound_entry=newcomer.next_version, awaited=awaited
    )
    put_newcomer(newcomer, own)
    caps = tuple(PromisedCap(cap.period, cap.newcomers) for cap in terms.caps)
    put_referee(
        referrer, newcomer.member, RefereeNote(bound_at=at, rewards=promised(terms.referrer), caps=caps)
    )
    referrer.put_note(AWAITED, Note("{}"), newcomer.member)
    note = referrer_note(referrer)
    put_referrer(referrer, replace(note, newcomers=note.newcomers + 1))


# --- which order counts ----------------------------------------------------------------------------------


def awaits_other(newcomer: Folio, order: OrderNow) -> bool:
    """Take an order as it stands now into account; whether another one is the first now."""
    note = newcomer_note(newcomer)
    if note is None or note.awaited is None:
        return False
    awaited = note.awaited
    others = [each for each in awaited.orders if each.order_id != order.order_id]
    if _counts(order, awaited):
        over_at = _over_at(order, awaited.window_days)
        others.append(StandingOrder(order.at, order.order_id, over_at))
    orders = tuple(sorted(others)[:ORDERS_MAX])
    if orders == awaited.orders:
        return False
    first = orders[0] if orders else None
    state = ReferralState.BOUND if first is None else ReferralState.BOUGHT
    after = replace(note, state=state, awaited=replace(awaited, orders=orders), **_named(first))
    put_newcomer(newcomer, after)
    return orders[:1] != awaited.orders[:1]


def _counts(order: OrderNow, awaited: Awaited) -> bool:
    if not order.stands or not awaited.currency:
        return order.stands
    return order.currency == awaited.currency and order.kept(order.spend) >= awaited.minimum


def _over_at(order: OrderNow, days: int) -> datetime:
    """When the return window is over: so many local days later, as units vest."""
    program = order.program
    return max(order.at, program.vest_at(after_days(program.today(order.at), days)))


def _named(order: StandingOrder | None) -> dict[str, str | datetime | None]:
    return {"order": "", "at": None} if order is None else {"order": order.order_id, "at": order.over_at}


def tell_referrer(newcomer: Folio, referrer: Folio) -> None:
    """Note with the referrer which order of a newcomer's is the first now."""
    note, told = newcomer_note(newcomer), referee_note(referrer, newcomer.member)
    assert note is not None
    if told is not None:
        after = replace(told, state=note.state, order=note.order, at=note.at)
        put_referee(referrer, newcomer.member, after)


def is_over(newcomer: Folio, now: datetime) -> bool:
    """Whether the first order's return window is over already, as that of an order told late may be."""
    note = newcomer_note(newcomer)
    return note is not None and note.awaited is not None and note.at is not None and note.at <= now


# --- when it counts --------------------------------------------------------------------------------------


def reward_newcomer(folio: Folio, program: Program, at: datetime) -> None:
    """The first purchase counts now: give the newcomer what was promised."""
    note = newcomer_note(folio)
    assert note is not None, "what falls due is there"
    assert note.awaited is not None, "it counts once"
    state = ReferralState.WITHHELD
    rewards = rewards_promised(note.awaited.rewards)
    if may_be_given(folio) and has_room_for(folio, program, rewards, at):
        state = ReferralState.REWARDED
        _give(folio, program, rewards, at)
    put_newcomer(folio, replace(note, state=state, awaited=None, at=at))


def reward_referrer(folio: Folio, program: Program, newcomer: str, at: datetime) -> None:
    """The same for the referrer, as far as caps go. A newcomer beyond them brings no reward later either."""
    note = referee_note(folio, newcomer)
    assert note is not None, "what falls due is there"
    own = _in_periods(referrer_note(folio), program, at)
    rewards, state = rewards_promised(note.rewards), ReferralState.REWARDED
    if not (may_be_given(folio) and has_room_for(folio, program, rewards, at)):
        state = ReferralState.WITHHELD
    elif any(own.counts[cap.period].newcomers >= cap.newcomers for cap in note.caps):
        state = ReferralState.CAPPED
    elif rewards:
        counts = {each: Count(count.since, count.newcomers + 1) for each, count in own.counts.items()}
        own = replace(own, rewarded=own.rewarded + 1, counts=counts)
        _give(folio, program, rewards, at)
        for each in rewards:
            if isinstance(each, UnitsReward):
                note, own = with_earned(note, each.unit, each.steps), with_earned(own, each.unit, each.steps)
        put_referrer(folio, own)
    put_referee(folio, newcomer, replace(note, state=state, rewards=(), caps=(), at=at))
    folio.put_note(AWAITED, None, newcomer)


def _give(folio: Folio, program: Program, rewards: Iterable[Reward], at: datetime) -> None:
    for reward in rewards:
        give_timely(folio, program, reward, at)


def counted(note: ReferrerNote, program: Program, at: datetime) -> dict[str, int]:
    """How many newcomers a referrer was rewarded for in each period that a moment lies in."""
    return {period: count.newcomers for period, count in _in_periods(note, program, at).counts.items()}


def _in_periods(note: ReferrerNote, program: Program, at: datetime) -> ReferrerNote:
    """The counts of the periods that a moment lies in. They do not go back, even where a time zone does."""
    counts = {}
    for period in COUNTED:
        since = starts_of(program.today(at))[period]
        before = note.counts.get(period)
        counts[str(period)] = Count(since, 0) if before is None or before.since < since else before
    return replace(note, counts=counts)


def _newcomer_due(folio: Folio, program: Program, _: str, at: datetime) -> None:
    reward_newcomer(folio, program, at)


NEWCOMER_REWARDED: Final = Effect("newcomer_rewarded", _newcomer_due)
"""What time does to a newcomer whose first purchase has not come back."""
REFERRER_REWARDED: Final = Effect("referrer_rewarded", reward_referrer)
"""What it does to whoever brought them."""
