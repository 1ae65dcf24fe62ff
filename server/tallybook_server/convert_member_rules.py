"""From what a program says about identities, referrals, grants, memberships and coupons to its messages.
Pure: no clock, no database.

Figures are those of the compiled program; days, conditions and offers are told as the document has them.
"""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from google.type.date_pb2 import Date
from tallybook_client._gen.tallybook.v1 import member_rules_pb2 as wire
from tallybook_client._gen.tallybook.v1.rule_pb2 import LineFilter

from tallybook_server.convert_days import date_message, timestamp
from tallybook_server.convert_growth_rules import benefits_message, rewards_messages
from tallybook_server.convert_rules import PERIODS

NEVER = date.max


def identity_message(kind: str, rules: Any) -> wire.IdentityRule:
    """How one kind of identity is kept."""
    return wire.IdentityRule(kind=kind, kept=rules.kept, normal=rules.normal, most=rules.most)


def referrals_message(referrals: Any) -> wire.ReferralRules | None:
    """Compiled referrals, None where a program has none."""
    if referrals is None:
        return None
    commission = referrals.commission
    return wire.ReferralRules(
        return_window_days=referrals.return_window_days,
        bind_within_days=referrals.bind_within_days,
        may_have_bought=referrals.may_have_bought,
        minimum=referrals.minimum,
        currency=referrals.currency,
        newcomer=rewards_messages(referrals.newcomer),
        referrer=rewards_messages(referrals.referrer),
        caps=[
            wire.ReferrerCapRule(period=PERIODS[cap.period], newcomers=cap.newcomers)
            for cap in referrals.caps
        ],
        commission=None
        if commission is None
        else wire.CommissionRule(
            unit=commission.unit,
            fund=commission.fund,
            currency=commission.currency,
            rates=[str(Fraction(*rate)) for rate in commission.rates],
            levels=commission.levels,
            rounding=commission.rounding,
            vesting_days=commission.vesting_days,
            months=commission.months,
        ),
    )


def grant_message(grant: Any, section: Any) -> wire.CalendarGrantRule:
    """A compiled grant by the calendar, and its section of the document."""
    day = section.day
    return wire.CalendarGrantRule(
        grant=grant.code,
        display_name=grant.display_name,
        day=wire.GrantDayRule(
            kind=day.kind,
            feb_29=getattr(day, "feb_29", ""),
            month=getattr(day, "month", 0),
            day=getattr(day, "day", 0),
            dates=[each for each in map(_date, getattr(day, "dates", ())) if each is not None],
            months=getattr(day, "months", 0),
        ),
        starts=date_message(grant.starts),
        ends=None if grant.ends == NEVER else date_message(grant.ends),
        catch_up_days=grant.catch_up_days,
        rewards=rewards_messages(grant.rewards),
        tiers=sorted(grant.tiers),
        tags=sorted(grant.tags),
        condition=section.condition or "",
    )


def plan_message(plan: Any) -> wire.MembershipPlanRule:
    """A compiled plan of membership."""
    return wire.MembershipPlanRule(
        plan=plan.code,
        display_name=plan.display_name,
        price=plan.price,
        currency=plan.currency,
        days=plan.days,
        months=plan.months,
        grace_days=plan.grace_days,
        refund=plan.refund,
        full_days=plan.full_days,
        upgrades_to=sorted(plan.upgrades_to),
        benefits=benefits_message(plan.benefits),
    )


def template_message(template: Any, section: Any) -> wire.CouponTemplateRule:
    """A compiled template of coupons, and its section of the document."""
    validity, claims, stacking = template.validity, template.claims, template.stacking
    message = wire.CouponTemplateRule(
        template=template.code,
        display_name=template.display_name,
        currency=template.currency,
        offer=wire.CouponOffer(kind=section.offer.kind, terms=_terms(section.offer)),
        starts_at=_moment(validity.starts_at),
        ends_at=_moment(validity.ends_at),
        days=validity.days,
        wait_days=validity.wait_days,
        calendars=section.calendars,
        channels=sorted(template.channels),
        stores=sorted(template.stores),
        lines=_lines(section.lines),
        counted_lines=_lines(section.counted_lines),
        min_spend=template.min_spend,
        min_quantity=template.min_quantity,
        spend_after_coupons=template.spend_after_coupons,
        first_order_only=template.first_order_only,
        tiers=sorted(template.tiers),
        tags=sorted(template.tags),
        condition=section.condition or "",
        group=stacking.group,
        exclusive_group=stacking.exclusive_group,
        stacks_with=section.stacks_with.kind,
        stacks_with_groups=sorted(stacking.stacks_with or ()),
        most_per_order=stacking.most_per_order,
        priority=template.priority,
        stock=template.stock,
        limits=[
            wire.CouponLimitRule(period=PERIODS[each.period], most=each.most) for each in template.limits
        ],
        claimable=claims is not None,
        fund=template.fund,
        returns_on_cancel=template.returns.on_cancel,
        returns_on_full_refund=template.returns.on_full_refund,
        returns_on_partial_refund=template.returns.on_partial_refund,
        extension_days=template.returns.extension_days,
        codes=template.code_form,
        shared_code=template.shared_code,
        reserve_seconds=template.reserve_seconds,
        transferable=template.transferable,
        revocable_within_seconds=template.revocable_within_seconds,
    )
    if claims is not None:
        message.MergeFrom(
            wire.CouponTemplateRule(
                claims_start_at=_moment(claims.starts_at), claims_end_at=_moment(claims.ends_at)
            )
        )
    return message


def _terms(offer: Any) -> dict[str, str]:
    """The figures of an offer, as a document writes them."""
    values = {name: getattr(offer, name) for name in type(offer).model_fields if name != "kind"}
    return {name: _written(value) for name, value in values.items() if value is not None}


def _written(value: Any) -> str:
    if not isinstance(value, Fraction):
        return str(value)
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole, part = divmod(int(value * 10**digits), 10**digits)
    return f"{whole}.{part:0{digits}}" if digits else str(whole)


def _date(day: date) -> Date | None:
    return date_message(day)


def _moment(at: datetime | None) -> Any:
    return None if at is None else timestamp(at)


def _lines(section: Any) -> LineFilter | None:
    return None if section is None else LineFilter(**section.model_dump())
