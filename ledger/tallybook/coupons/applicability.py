"""Whether a coupon can be used for a basket, and every reason why not. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from tallybook.coupons.basket import Basket, Goods, spend_of
from tallybook.coupons.facts import Coupon, MemberFacts, Reason, Why
from tallybook.coupons.variables import VARIABLES, Counts, Seen
from tallybook.programs.conditions import Activation, ConditionFailed, activation
from tallybook.programs.coupons import CouponTemplate
from tallybook.programs.rules import Rules
from tallybook.programs.variables import variables_of
from tallybook.programs.windows import is_on_any

WANTED_TOLD_MAX: Final = 10
"""Of thousands of stores, some will do to tell where a coupon is for."""


class CouponProgram(Protocol):
    """What coupons need of a program."""

    @property
    def coupons(self) -> Mapping[str, CouponTemplate]: ...
    @property
    def rules(self) -> Rules: ...
    @property
    def zone(self) -> ZoneInfo: ...


class Reach(NamedTuple):
    """The places of what a template takes something off, and of what counts towards its minimum."""

    places: tuple[int, ...]
    counted: tuple[int, ...]


def reach_of(template: CouponTemplate, goods: Goods) -> Reach:
    """Where a template stands in a basket."""
    lines = goods.places(template.lines)
    counted = lines if template.counted_lines is None else goods.places(template.counted_lines)
    return Reach((goods.shipping,) if template.offer.of_shipping else lines, counted)


class Applicability:
    """One basket of one member at one moment, to which coupons are put whose conditions read `reads`."""

    def __init__(
        self,
        basket: Basket,
        goods: Goods,
        at: datetime,
        program: CouponProgram,
        member: MemberFacts,
        reads: Collection[str],
    ) -> None:
        self._basket = basket
        self._goods = goods
        self._at = at
        self._local = at.astimezone(program.zone)
        self._program = program
        self._member = member
        self._reads = reads
        self._activation: Activation | None = None
        self._known: dict[str, tuple[Reason, ...]] = {}

    def reasons(self, coupon: Coupon, template: CouponTemplate, reach: Reach) -> tuple[Reason, ...]:
        """Why a coupon cannot be used: none if it can."""
        if template.code not in self._known:
            self._known[template.code] = (
                *self._against_order(template),
                *self._against_member(template),
                *self._against_lines(template, reach),
            )
        return (*self._against_time(coupon), *self._known[template.code])

    def _against_time(self, coupon: Coupon) -> Iterator[Reason]:
        if self._at < coupon.starts_at:
            yield Reason(why=Why.NOT_YET, at=coupon.starts_at)
        if self._at >= coupon.ends_at:
            yield Reason(why=Why.EXPIRED, at=coupon.ends_at)

    def _against_order(self, template: CouponTemplate) -> Iterator[Reason]:
        basket = self._basket
        if template.calendars and not is_on_any(template.calendars.values(), self._local):
            yield _wanted(Why.NOT_NOW, template.calendars)
        if basket.currency != template.currency:
            yield _wanted(Why.WRONG_CURRENCY, (template.currency,))
        if template.channels and basket.channel not in template.channels:
            yield _wanted(Why.WRONG_CHANNEL, template.channels)
        if template.stores and basket.store not in template.stores:
            yield _wanted(Why.WRONG_STORE, template.stores)

    def _against_member(self, template: CouponTemplate) -> Iterator[Reason]:
        member = self._member
        if template.tiers and template.tiers.isdisjoint((member.tier, *member.tiers)):
            yield _wanted(Why.WRONG_TIER, template.tiers)
        if template.tags and template.tags.isdisjoint(member.tags):
            yield _wanted(Why.NO_TAG, template.tags)
        if template.first_order_only and member.orders:
            yield Reason(why=Why.NOT_FIRST_ORDER, there=member.orders)
        if template.condition is not None:
            try:
                if not template.condition.holds(self._variables()):
                    yield Reason(why=Why.CONDITION_NOT_MET)
            except ConditionFailed as failure:
                yield Reason(why=Why.CONDITION_FAILED, detail=failure.detail)

    def _against_lines(self, template: CouponTemplate, reach: Reach) -> Iterator[Reason]:
        if not reach.places or not reach.counted:
            yield Reason(why=Why.NO_LINE_COUNTS)
        spent = sum(self._goods.left[place] for place in reach.counted)
        if spent < template.min_spend:
            yield Reason(why=Why.BELOW_SPEND, asked=template.min_spend, there=spent)
        pieces = sum(self._goods.quantities[place] for place in reach.counted)
        if pieces < template.min_quantity:
            yield Reason(why=Why.BELOW_QUANTITY, asked=template.min_quantity, there=pieces)
        least = template.offer.least_pieces
        if least:
            pieces = sum(self._goods.quantities[place] for place in reach.places)
            if pieces < least:
                yield Reason(why=Why.BELOW_QUANTITY, asked=least, there=pieces)

    def _variables(self) -> Activation:
        if self._activation is None:
            basket = self._basket
            quantities = [line.quantity for line in basket.lines]
            counts = Counts(spend_of(basket, self._program.rules.spend), quantities)
            seen = Seen(basket, self._local, counts, self._member, self._member)
            self._activation = activation(variables_of(self._reads, seen, VARIABLES))
        return self._activation


def _wanted(why: Why, names: Collection[str]) -> Reason:
    return Reason(why=why, wanted=tuple(sorted(names)[:WANTED_TOLD_MAX]))
