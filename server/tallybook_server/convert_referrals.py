"""Referrals on the wire: requests to commands, and what came of them to responses.

Pure: no clock, no database. The library checks what the fields hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1 import referral_pb2 as wire

from tallybook_server.convert_commands import common
from tallybook_server.convert_days import timestamp
from tallybook_server.convert_replies import recorded

REFERRAL_STATES: Final = {
    "bound": wire.ReferralState.REFERRAL_STATE_BOUND,
    "bought": wire.ReferralState.REFERRAL_STATE_BOUGHT,
    "rewarded": wire.ReferralState.REFERRAL_STATE_REWARDED,
    "capped": wire.ReferralState.REFERRAL_STATE_CAPPED,
    "withheld": wire.ReferralState.REFERRAL_STATE_WITHHELD,
}


# --- commands --------------------------------------------------------------------------------------------


def issue_referral_code(request: wire.IssueReferralCodeRequest, program: str) -> tb.IssueReferralCode:
    """Give a member a code."""
    return tb.IssueReferralCode(**common(request, program), code=request.code)


def bind_referral(request: wire.BindReferralRequest, program: str) -> tb.BindReferral:
    """Say who brought a newcomer."""
    return tb.BindReferral(**common(request, program), code=request.code, referrer=request.referrer)


# --- replies ---------------------------------------------------------------------------------------------


def referral_code_issued(reply: tb.ReferralCodeIssued) -> wire.IssueReferralCodeResponse:
    """A code given."""
    return wire.IssueReferralCodeResponse(
        **recorded(reply),
        code=reply.code,
    )


def referral_bound(reply: tb.ReferralBound) -> wire.BindReferralResponse:
    """A newcomer bound."""
    return wire.BindReferralResponse(
        **recorded(reply),
        referrer=reply.referrer,
        referrer_entry=reply.referrer_entry,
        bound_at=timestamp(reply.bound_at),
        return_window_days=reply.return_window_days,
    )


# --- views -----------------------------------------------------------------------------------------------


def referral_message(view: tb.ReferralView) -> wire.Referral:
    """A member on both sides."""
    return wire.Referral(
        member=view.member,
        code=view.code,
        referred=None if view.referred is None else _brought_by(view.referred),
        newcomers=view.newcomers,
        rewarded=view.rewarded,
        earned=_earned(view.earned),
        caps=[
            wire.ReferralCapLeft(period=cap.period, newcomers=cap.newcomers, left=cap.left)
            for cap in view.caps
        ],
    )


def _brought_by(view: tb.BroughtBy) -> wire.BroughtBy:
    return wire.BroughtBy(
        referrer=view.referrer,
        bound_at=timestamp(view.bound_at),
        state=REFERRAL_STATES[view.state],
        order_id=view.order,
        counts_at=None if view.at is None else timestamp(view.at),
    )


def newcomer_message(view: tb.Newcomer) -> wire.Newcomer:
    """A newcomer, as the referrer has them."""
    return wire.Newcomer(
        member=view.member,
        bound_at=timestamp(view.bound_at),
        state=REFERRAL_STATES[view.state],
        order_id=view.order,
        counts_at=None if view.at is None else timestamp(view.at),
        earned=_earned(view.earned),
    )


def _earned(earned: Mapping[str, int]) -> list[wire.ReferralEarned]:
    return [wire.ReferralEarned(unit=unit, amount=amount) for unit, amount in sorted(earned.items())]
