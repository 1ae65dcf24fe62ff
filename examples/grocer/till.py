"""The replay of coupons: mailed as campaigns begin, shown for the baskets of the day. Asks a server."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from tallybook_client import Basket as Goods
from tallybook_client import (
    BasketLine,
    Command,
    CouponDiscount,
    IssueCouponsResponse,
    ReserveCouponsResponse,
    TallybookClient,
    TallybookError,
    errors,
    requests,
)

from examples.grocer.baskets import Basket
from examples.grocer.campaigns import Campaign
from examples.grocer.mailings import (
    CURRENCY,
    NO_BASKET,
    NOT_BOUGHT,
    NOTHING_LEFT,
    USED_BEFORE,
    ZONE,
    Mailed,
    Mailing,
    Redemption,
    Used,
    first_moment,
)
from examples.grocer.replay import REQUESTS_PER_CALL, Advance
from examples.grocer.service import Clock

_WORDS: Final = {"no_line_counts": NOT_BOUGHT, "nothing_to_take": NOTHING_LEFT}


@dataclass(slots=True)
class Till:
    """What a replay came to: what was mailed, what was used, and why the rest was not."""

    issued: dict[Mailing, str] = field(default_factory=dict)
    """The name of each coupon."""
    used: list[Used] = field(default_factory=list)
    unmatched: dict[Redemption, str] = field(default_factory=dict)
    recorded_now: int = 0
    """Requests that wrote an entry, and were not answered with the reply of an earlier time."""


def replay_coupons(
    client: TallybookClient, clock: Clock, mailed: Mailed, baskets: Sequence[Basket], advance: Advance
) -> Till:
    """Mail what there is to mail, and redeem what was redeemed, in the order of time.

    Every request is named after what it is about, so to do it again gets the same answers.
    """
    till = Till()
    _enroll(client, sorted({each.household for each in mailed.mailings}), till)
    waiting: dict[tuple[str, date], list[Redemption]] = defaultdict(list)
    for redemption in mailed.redemptions:
        waiting[redemption.household, redemption.day].append(redemption)
    by_campaign: dict[int, list[Mailing]] = defaultdict(list)
    for mailing in mailed.mailings:
        by_campaign[mailing.campaign].append(mailing)
    for moment, what in _in_order(mailed.campaigns, baskets):
        clock.set(max(moment, clock.moment))
        if isinstance(what, Campaign):
            _mail(client, by_campaign[what.number], till, advance)
        else:
            day = what.occurred_at.astimezone(ZONE).date()
            _show(client, what, waiting[what.household, day], till)
    left = [each for some in waiting.values() for each in some]
    till.unmatched |= {each: till.unmatched.get(each, NO_BASKET) for each in left}
    return till


def _in_order(
    campaigns: Sequence[Campaign], baskets: Sequence[Basket]
) -> list[tuple[datetime, Campaign | Basket]]:
    """What happens at which moment; a campaign begins before the baskets of its first day."""
    happened: list[tuple[datetime, Campaign | Basket]] = [(first_moment(each), each) for each in campaigns]
    happened += [(each.occurred_at, each) for each in baskets]
    return sorted(happened, key=lambda each: (each[0], isinstance(each[1], Basket)))


def _enroll(client: TallybookClient, households: Sequence[str], till: Till) -> None:
    commands = [requests.enroll_member(each, request_id="enroll") for each in households]
    for start in range(0, len(commands), REQUESTS_PER_CALL):
        answers = client.batch_post(commands[start : start + REQUESTS_PER_CALL])
        till.recorded_now += sum(not each.replayed for each in answers)


def _mail(client: TallybookClient, mailings: Sequence[Mailing], till: Till, advance: Advance) -> None:
    for start in range(0, len(mailings), REQUESTS_PER_CALL):
        some = mailings[start : start + REQUESTS_PER_CALL]
        commands: list[Command] = [
            requests.issue_coupons(
                each.household, each.template, reason="campaign", request_id=f"mail/{each.template}"
            )
            for each in some
        ]
        for mailing, answer in zip(some, client.batch_post(commands), strict=True):
            if isinstance(answer, TallybookError):
                raise answer
            assert isinstance(answer, IssueCouponsResponse)
            till.issued[mailing] = answer.coupons[0].coupon
            till.recorded_now += not answer.replayed
        advance(len(some))


def _show(client: TallybookClient, basket: Basket, waiting: list[Redemption], till: Till) -> None:
    """Show the coupons that wait for a basket of that day; those that it can have are used for it."""
    names = {_name(till, each): each for each in waiting}
    reserved = _reserve(client, basket, names, till)
    if reserved is None:
        return
    used = client.use_coupons(basket.household, order_id=basket.basket, request_id=f"use/{basket.basket}")
    till.recorded_now += (not reserved.replayed) + (not used.replayed)
    for discount in used.discounts:
        redemption = names[discount.coupon]
        till.used.append(Used(redemption, basket.basket, _shares(discount)))
        waiting.remove(redemption)
        till.unmatched.pop(redemption, None)


def _reserve(
    client: TallybookClient, basket: Basket, names: dict[str, Redemption], till: Till
) -> ReserveCouponsResponse | None:
    """Reserve coupons by name for a basket, leaving out those that are refused, one after the other."""
    goods, attempt = _goods(basket), 0
    while names:
        attempt += 1
        try:
            return client.reserve_coupons(
                basket.household,
                order_id=basket.basket,
                coupons=names,
                basket=goods,
                request_id=f"reserve/{basket.basket}/{attempt}",
            )
        except errors.CouponNotUsable as refusal:
            till.unmatched[names.pop(str(refusal.coupon))] = _WORDS[str(refusal.why)]
        except errors.CouponState as refusal:
            till.unmatched[names.pop(str(refusal.coupon))] = USED_BEFORE
    return None


def _name(till: Till, redemption: Redemption) -> str:
    return till.issued[Mailing(redemption.campaign, redemption.household, redemption.upc)]


def _shares(discount: CouponDiscount) -> dict[int, int]:
    return {int(line): share for line, share in discount.shares.items()}


def _goods(basket: Basket) -> Goods:
    lines = [
        BasketLine(sku=line.product, category=line.department, quantity=line.quantity, amount=line.cents)
        for line in basket.lines
    ]
    return Goods(currency=CURRENCY, lines=lines, store=basket.store)
