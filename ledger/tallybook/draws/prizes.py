"""What a prize gives, and whether a member can have it. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from tallybook.draws.notes import WON_GOODS, GoodsNote, put
from tallybook.engine.desk import Desk
from tallybook.errors import AmountOverflow
from tallybook.growth.giving import can_hold
from tallybook.growth.timely import give_timely, has_room_for
from tallybook.journal.accounts import BONUS, BONUS_COST, VESTED
from tallybook.journal.moves import Lot, credit
from tallybook.members.passbook import check_room, page_of
from tallybook.programs.draws import DrawRules, Prize
from tallybook.programs.rewards import CouponReward, MembershipDaysReward, UnitsReward
from tallybook.refusals.draws import DrawNotAllowed


class Gave(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was won: `amount` of what is `named`.

    By `kind`: steps of a unit (`units`, and `bonus` of stored value), days of a plan (`membership_days`),
    coupons of a template (`coupon`), or `goods`.
    """

    kind: str
    named: str
    amount: int


def check_room_for(desk: Desk, rules: DrawRules, among: Iterable[tuple[str, int]]) -> None:
    """Raise `DrawNotAllowed`, `AmountOverflow` or `BalanceLimitExceeded` for a prize there is no room for.

    It is asked of every prize, before anything is drawn: who is refused must not learn by it what it was.
    """
    for code, _ in among:
        prize = rules.prizes.get(code)
        if prize is None:
            continue
        if not has_room_for(desk.folio, desk.program, prize.rewards, desk.now):
            raise DrawNotAllowed(draw=rules.code, problem="what can be won is more than a member can have")
        if prize.bonus:
            check_room_for_bonus(desk, prize.bonus_unit, prize.bonus)


def check_room_for_bonus(desk: Desk, unit: str, amount: int) -> None:
    """Raise `AmountOverflow` or `BalanceLimitExceeded` where a member could not have so much bonus."""
    if not can_hold(desk.folio, unit, amount):
        raise AmountOverflow(unit=unit)
    check_room(desk.folio, desk.program.stored_value[unit], page_of(desk.folio, unit), amount)


def give_bonus(desk: Desk, unit: str, amount: int) -> None:
    """Add bonus to a member's stored value. It is of no top-up: no refund takes it back."""
    lot = Lot(unit, BONUS, VESTED, desk.unit(unit).expires_on(desk.today, BONUS))
    credit(desk.folio, lot, BONUS_COST, amount, desk.program, desk.today)


def give_prize(desk: Desk, draw: str, prize: Prize, key: str) -> tuple[Gave, ...]:
    """Give what a prize is of. Goods are filed under a key, to be delivered."""
    for reward in prize.rewards:
        give_timely(desk.folio, desk.program, reward, desk.now)
    if prize.bonus:
        give_bonus(desk, prize.bonus_unit, prize.bonus)
    if prize.goods:
        note = GoodsNote(draw=draw, prize=prize.code, goods=prize.goods, won_at=desk.now)
        put(desk.folio, WON_GOODS, key, note)
    return gifts_of(prize)


def gifts_of(prize: Prize) -> tuple[Gave, ...]:
    """What a prize is of."""
    found = [_gave(reward) for reward in prize.rewards]
    if prize.bonus:
        found.append(Gave(kind="bonus", named=prize.bonus_unit, amount=prize.bonus))
    if prize.goods:
        found.append(Gave(kind="goods", named=prize.goods, amount=1))
    return tuple(found)


def _gave(reward: UnitsReward | MembershipDaysReward | CouponReward) -> Gave:
    match reward:
        case UnitsReward():
            return Gave(kind="units", named=reward.unit, amount=reward.steps)
        case MembershipDaysReward():
            return Gave(kind="membership_days", named=reward.plan, amount=reward.days)
        case CouponReward():
            return Gave(kind="coupon", named=reward.template, amount=reward.count)
