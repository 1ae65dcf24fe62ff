"""ReferralService: members who bring newcomers, and what both get for it."""

from __future__ import annotations

from typing import Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1.referral_service_pb2 import (
    DESCRIPTOR,
    GetReferralRequest,
    GetReferralResponse,
    ListNewcomersRequest,
    ListNewcomersResponse,
)

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import asking, listing, posting
from tallybook_server.convert_referrals import newcomer_message, referral_message
from tallybook_server.kinds import REFERRALS
from tallybook_server.methods import Handler

NAME: Final = DESCRIPTOR.services_by_name["ReferralService"].full_name


def handlers(lanes: Lanes) -> dict[str, Handler]:
    """The rpcs by name."""
    reads = {
        "GetReferral": asking(GetReferralRequest, lanes.read, _referral, _one_referral),
        "ListNewcomers": listing(ListNewcomersRequest, lanes.history, _newcomers, _page, "newcomers"),
    }
    return {kind.rpc: posting(kind, lanes) for kind in REFERRALS} | reads


def _referral(request: GetReferralRequest) -> tb.GetReferral:
    return tb.GetReferral(program=request.program, member=request.member)


def _one_referral(_: GetReferralRequest, view: tb.ReferralView) -> GetReferralResponse:
    return GetReferralResponse(referral=referral_message(view))


def _newcomers(request: ListNewcomersRequest) -> tb.ListNewcomers:
    return tb.ListNewcomers(
        program=request.program,
        member=request.member,
        page_size=request.page_size,
        page_token=request.page_token,
    )


def _page(_: ListNewcomersRequest, page: tb.NewcomerPage) -> ListNewcomersResponse:
    return ListNewcomersResponse(
        newcomers=[newcomer_message(each) for each in page.newcomers], next_page_token=page.next_page_token
    )
