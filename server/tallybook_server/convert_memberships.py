"""Memberships and grants by the calendar on the wire. Pure: no clock, no database.

The library checks what the fields hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1 import grant_service_pb2 as grants
from tallybook_client._gen.tallybook.v1 import membership_pb2 as wire

from tallybook_server.convert_commands import common
from tallybook_server.convert_days import date_message, timestamp

OUTCOMES: Final = {
    "given": grants.GrantOutcome.GRANT_OUTCOME_GIVEN,
    "frozen": grants.GrantOutcome.GRANT_OUTCOME_FROZEN,
    "no_room": grants.GrantOutcome.GRANT_OUTCOME_NO_ROOM,
}


# --- commands --------------------------------------------------------------------------------------------


def buy_membership(request: wire.BuyMembershipRequest, program: str) -> tb.BuyMembership:
    """Record a plan that was paid for."""
    return tb.BuyMembership(
        **common(request, program),
        plan=request.plan,
        paid=request.paid if request.HasField("paid") else None,
        payment=request.payment,
        upgrade_from=request.upgrade_from,
        renews=request.renews if request.HasField("renews") else True,
    )


def renew_membership(request: wire.RenewMembershipRequest, program: str) -> tb.RenewMembership:
    """Record another term that was paid for."""
    return tb.RenewMembership(
        **common(request, program),
        plan=request.plan,
        paid=request.paid if request.HasField("paid") else None,
        payment=request.payment,
    )


def grant_membership_days(request: wire.GrantMembershipDaysRequest, program: str) -> tb.GrantMembershipDays:
    """Give days."""
    return tb.GrantMembershipDays(**common(request, program), plan=request.plan, days=request.days)


def refund_membership(request: wire.RefundMembershipRequest, program: str) -> tb.RefundMembership:
    """Take back days to come."""
    return tb.RefundMembership(**common(request, program), plan=request.plan)


def cancel_membership(request: wire.CancelMembershipRequest, program: str) -> tb.CancelMembership:
    """Let a membership end."""
    return tb.CancelMembership(**common(request, program), plan=request.plan)


# --- replies ---------------------------------------------------------------------------------------------


def _changed(reply: tb.MembershipChanged) -> dict[str, Any]:
    """What all replies share."""
    return {
        "entry": reply.entry,
        "recorded_at": timestamp(reply.recorded_at),
        "replayed": reply.replayed,
        "plan": reply.plan,
        "until": date_message(reply.until),
        "ends_at": None if reply.ends_at is None else timestamp(reply.ends_at),
    }


def _bought(reply: tb.MembershipBought) -> dict[str, Any]:
    return _changed(reply) | {
        "days": reply.days,
        "currency": reply.currency,
        "paid": reply.paid,
        "credit": reply.credit,
        "pay_back": reply.pay_back,
    }


def membership_bought(reply: tb.MembershipBought) -> wire.BuyMembershipResponse:
    """A membership begun."""
    return wire.BuyMembershipResponse(**_bought(reply))


def membership_renewed(reply: tb.MembershipBought) -> wire.RenewMembershipResponse:
    """A membership longer."""
    return wire.RenewMembershipResponse(**_bought(reply))


def membership_days_given(reply: tb.MembershipChanged) -> wire.GrantMembershipDaysResponse:
    """Days given."""
    return wire.GrantMembershipDaysResponse(**_changed(reply), days=reply.days)


def membership_refunded(reply: tb.MembershipRefunded) -> wire.RefundMembershipResponse:
    """Days taken back."""
    return wire.RefundMembershipResponse(
        **_changed(reply), days=reply.days, amount=reply.amount, currency=reply.currency
    )


def membership_cancelled(reply: tb.MembershipChanged) -> wire.CancelMembershipResponse:
    """A membership called off."""
    return wire.CancelMembershipResponse(**_changed(reply))


# --- views -----------------------------------------------------------------------------------------------


def membership_message(view: tb.MembershipView) -> wire.Membership:
    """A membership that a member has."""
    benefits = view.benefits
    return wire.Membership(
        plan=view.plan,
        display_name=view.display_name,
        since=timestamp(view.since),
        until=date_message(view.until),
        ends_at=timestamp(view.ends_at),
        is_in_grace=view.is_in_grace,
        renews=view.renews,
        days_bought=view.bought,
        days_given=view.given,
        days_used=view.used,
        days_left=view.left,
        days_taken_back=view.taken_back,
        currency=view.currency,
        refund=view.refund,
        refund_days=view.refund_days,
        terms=map(_term, view.terms),
        discount_basis_points=benefits.discount_basis_points,
        entitlements=benefits.entitlements,
        quotas=[
            wire.MembershipQuota(name=name, most=quota.most, period=quota.period)
            for name, quota in sorted(benefits.quotas.items())
        ],
    )


def _term(term: tb.TermView) -> wire.MembershipTerm:
    return wire.MembershipTerm(
        starts=date_message(term.starts),
        ends=date_message(term.ends),
        worth=term.worth,
        bought_on=date_message(term.on),
        payment=term.payment,
    )


def past_message(over: tb.Over) -> wire.PastMembership:
    """A membership that is over."""
    return wire.PastMembership(
        plan=over.plan, since=timestamp(over.since), until=timestamp(over.until), why=over.why
    )


def obligation_message(owed: tb.PlanObligation) -> wire.MembershipObligation:
    """What a plan owes."""
    return wire.MembershipObligation(
        plan=owed.plan,
        currency=owed.currency,
        members=owed.members,
        in_grace=owed.in_grace,
        days_bought=owed.days_bought,
        days_given=owed.days_given,
        unearned=owed.unearned,
    )


def past_grant_message(had: tb.GrantHad) -> grants.PastGrant:
    """A grant that a member had."""
    return grants.PastGrant(
        grant=had.grant,
        key=had.key,
        day=date_message(had.day),
        given_on=date_message(had.on),
        outcome=OUTCOMES[had.outcome],
        entry=had.entry,
        amounts=_of_units(had.amounts),
    )


def coming_grant_message(due: tb.GrantDue) -> grants.ComingGrant:
    """A grant that a member will get."""
    return grants.ComingGrant(
        grant=due.grant,
        display_name=due.display_name,
        key=due.key,
        day=date_message(due.day),
        at=timestamp(due.at),
        amounts=_rewards(due.rewards),
    )


def forecast_message(day: tb.GrantForecastDay) -> grants.GrantForecast:
    """What a day will bring of a grant."""
    return grants.GrantForecast(
        day=date_message(day.day),
        grant=day.grant,
        members=day.members,
        frozen=day.frozen,
        amounts=[
            *_of_units(day.amounts),
            *(grants.GrantAmount(plan=plan, amount=days) for plan, days in day.membership_days.items()),
            *(grants.GrantAmount(coupon_template=code, amount=count) for code, count in day.coupons.items()),
        ],
    )


def _of_units(amounts: Mapping[str, int]) -> list[grants.GrantAmount]:
    return [grants.GrantAmount(unit=unit, amount=amount) for unit, amount in amounts.items()]


def _rewards(
    rewards: Iterable[tb.UnitsReward | tb.MembershipDaysReward | tb.CouponReward],
) -> list[grants.GrantAmount]:
    return [_reward(each) for each in rewards]


def _reward(reward: tb.UnitsReward | tb.MembershipDaysReward | tb.CouponReward) -> grants.GrantAmount:
    if isinstance(reward, tb.UnitsReward):
        return grants.GrantAmount(unit=reward.unit, amount=reward.steps)
    if isinstance(reward, tb.MembershipDaysReward):
        return grants.GrantAmount(plan=reward.plan, amount=reward.days)
    return grants.GrantAmount(coupon_template=reward.template, amount=reward.count)
