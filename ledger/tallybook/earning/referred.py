"""Tells of a member's orders whoever brought the member, and teams. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tallybook.earning.differences import Change
from tallybook.earning.events import Event, Purchase, Refund, purchase_key
from tallybook.earning.refunds import taken
from tallybook.earning.results import Reward
from tallybook.earning.spend import Basket, basket_of
from tallybook.earning.story import Result
from tallybook.engine.desk import Desk
from tallybook.growth.newcomers import follow_order
from tallybook.growth.referrals import OrderNow
from tallybook.growth.team_places import order_went_back
from tallybook.journal.shares import share_out

_ANY_DAY = date.max


def tell_referrers(desk: Desk, event: Event, changes: Iterable[Change]) -> None:
    """What has become of the order that an event is about brings something to whoever brought the member.

    It seals entries, so nothing of the event's own may be posted yet.
    """
    if desk.program.referrals is not None and isinstance(event, Purchase | Refund):
        key = purchase_key(event.order_id)
        for before, after in changes:
            if after.fact.key == key:
                follow_order(desk, _order_now(before is None, after))


def tell_teams(desk: Desk, event: Event, changes: Iterable[Change]) -> None:
    """An order that has gone back wholly holds no place in a team any more. It seals an entry as well."""
    if isinstance(event, Refund):
        for before, after in changes:
            was_whole = before is not None and before.refunded.whole
            if after.fact.key == purchase_key(event.order_id) and after.refunded.whole and not was_whole:
                order_went_back(desk, after.fact.key)


def _order_now(is_new: bool, result: Result) -> OrderNow:
    purchase, program = result.fact.told.event, result.fact.program
    assert isinstance(purchase, Purchase)
    basket = basket_of(purchase, program.rules.spend)
    return OrderNow(
        order_id=purchase.order_id,
        entry=result.fact.version,
        at=result.fact.at,
        currency=purchase.currency,
        spend=sum(basket.spend),
        kept=lambda steps: _kept(result, basket, steps),
        stands=not result.refunded.whole,
        is_new=is_new,
        program=program,
    )


def _kept(result: Result, basket: Basket, steps: int) -> int:
    """What refunds leave of steps that were earned by all that counts as spent."""
    if not steps:
        return 0
    shares = dict(zip(basket.ids, share_out(steps, basket.spend, basket.places), strict=True))
    reward = Reward(
        rule="",
        unit="",
        fund="",
        amount=steps,
        expires_on=_ANY_DAY,
        vests_on=_ANY_DAY,
        base=0,
        numerator=0,
        denominator=1,
        exact="",
        rounded=steps,
        shares=shares,
    )
    return steps - taken(result.bought(), result.refunded, [reward]).get("", 0)
