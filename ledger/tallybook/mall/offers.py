"""Whether a member may order an item, why not, and what it costs. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

import msgspec

from tallybook.journal.folio import Folio
from tallybook.mall.kinds import kind_of
from tallybook.mall.notes import COUNTS
from tallybook.members.counts import had
from tallybook.members.freeze import Scope, frozen_scope
from tallybook.members.known import tiers_by_ladder, variables_of
from tallybook.members.profile import profile_of
from tallybook.programs.conditions import ConditionFailed
from tallybook.programs.mall import Cost, Item, OneOf, Price
from tallybook.programs.program import Program
from tallybook.programs.segments import vocabulary_of
from tallybook.programs.windows import is_on_any


class Why(StrEnum):
    """Why an item cannot be ordered."""

    NO_PRICE = "no_price"  # it can only be chosen as one of several
    NOT_YET = "not_yet"  # can be ordered from `at` on
    OVER = "over"  # could be ordered until before `at`
    NOT_NOW = "not_now"  # can be ordered on the calendars `wanted`
    WRONG_TIER = "wrong_tier"  # is for the tiers `wanted`
    NO_TAG = "no_tag"  # is for members with any of the tags `wanted`
    CONDITION_NOT_MET = "condition_not_met"
    CONDITION_FAILED = "condition_failed"  # its condition has no answer: `detail` says why
    TOO_MANY = "too_many"  # an order takes `there` pieces, and `asked` were asked for
    NO_ROOM = "no_room"  # the member cannot have what it gives: it would be too much, or of no use
    FROZEN = "frozen"  # the member must not spend, or not be given anything, for the reason `detail`
    LIMIT_REACHED = "limit_reached"  # in the period `detail` so many are left as are `there`
    OUT_OF_STOCK = "out_of_stock"  # so many are left as are `there`
    NOT_ENOUGH = "not_enough"  # costs `asked` steps of the unit `detail`, and so many are available


class Reason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why an item cannot be ordered, with the facts: see `Why` for which of them belong to it."""

    why: Why
    asked: int | None = None
    there: int | None = None
    at: datetime | None = None
    wanted: tuple[str, ...] = ()
    detail: str = ""


def chosen_of(program: Program, item: Item, choice: str) -> Item | None:
    """What is given for an item: itself, or the `choice` where it is one of several; None for no such."""
    if isinstance(item.gives, OneOf):
        return program.mall[choice] if choice in item.gives.items else None
    return item if choice in ("", item.code) else None


def price_for(folio: Folio, program: Program, item: Item) -> Price | None:
    """What a piece costs this member."""
    if not item.tier_prices:
        return item.price
    return item.price_for(tiers_by_ladder(folio, program).values())


def cost_of(folio: Folio, price: Price, pieces: int, steps: int | None) -> Cost:
    """What so many pieces cost, of a member who would pay so many steps, or as many as there are."""
    return price.cost(pieces, steps, folio.balance(price.unit).available if price.unit else 0)


def against(folio: Folio, program: Program, item: Item, pieces: int, now: datetime) -> Iterator[Reason]:
    """The reasons against an order that lie in the item, the time and the member."""
    if item.price is None:
        yield Reason(why=Why.NO_PRICE)
    yield from _against_time(item, program, now)
    yield from _against_member(folio, program, item, now)
    if pieces > item.most_per_order:
        yield Reason(why=Why.TOO_MANY, asked=pieces, there=item.most_per_order)


def _against_time(item: Item, program: Program, now: datetime) -> Iterator[Reason]:
    window = item.window
    if window.starts_at is not None and now < window.starts_at:
        yield Reason(why=Why.NOT_YET, at=window.starts_at)
    if window.ends_at is not None and now >= window.ends_at:
        yield Reason(why=Why.OVER, at=window.ends_at)
    if window.calendars and not is_on_any(window.calendars, now.astimezone(program.zone)):
        yield Reason(why=Why.NOT_NOW, wanted=item.calendars)


def _against_member(folio: Folio, program: Program, item: Item, now: datetime) -> Iterator[Reason]:
    if item.tiers and item.tiers.isdisjoint(tiers_by_ladder(folio, program).values()):
        yield Reason(why=Why.WRONG_TIER, wanted=tuple(sorted(item.tiers)))
    if item.tags and item.tags.isdisjoint(profile_of(folio).tags):
        yield Reason(why=Why.NO_TAG, wanted=tuple(sorted(item.tags)))
    if item.condition is not None:
        vocabulary = vocabulary_of(frozenset(program.units))
        try:
            if not item.condition.holds(vocabulary.activation(variables_of(folio, program, now))):
                yield Reason(why=Why.CONDITION_NOT_MET)
        except ConditionFailed as failure:
            yield Reason(why=Why.CONDITION_FAILED, detail=failure.detail)


def no_room(folio: Folio, program: Program, chosen: Item, pieces: int, now: datetime) -> Iterator[Reason]:
    """Whether what is given is more than the member can have."""
    if not kind_of(chosen.gives).fits(folio, program, chosen.gives, pieces, now):
        yield Reason(why=Why.NO_ROOM)


def limits_left(folio: Folio, program: Program, item: Item, now: datetime) -> dict[str, int]:
    """How many pieces a member may have still, by period; the counts must have been asked for."""
    today = program.today(now)
    return {
        limit.period: max(0, limit.most - had(folio, COUNTS, item.code, limit.period, today))
        for limit in item.limits
    }


def frozen(folio: Folio, chosen: Item | None) -> Iterator[Reason]:
    """Whether the member must not spend anything, or must not be given what nobody has to send."""
    scope, reason = frozen_scope(folio)
    is_given = chosen is not None and not kind_of(chosen.gives).is_sent
    if scope in (Scope.REDEEM, Scope.ALL) or (is_given and scope == Scope.EARN):
        yield Reason(why=Why.FROZEN, detail=reason)
