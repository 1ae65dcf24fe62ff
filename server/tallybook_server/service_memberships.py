"""MembershipService: memberships that members pay for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1.membership_service_pb2 import (
    DESCRIPTOR,
    GetMembershipObligationsRequest,
    GetMembershipObligationsResponse,
    GetMembershipsRequest,
    GetMembershipsResponse,
)

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import Context, asking, posting, unary
from tallybook_server.convert_memberships import membership_message, obligation_message, past_message
from tallybook_server.kinds import MEMBERSHIPS
from tallybook_server.methods import Handler

NAME: Final = DESCRIPTOR.services_by_name["MembershipService"].full_name

Obligations = tuple[tb.PlanObligation, ...]


def handlers(lanes: Lanes) -> dict[str, Handler]:
    """The rpcs by name."""

    def owed(request: GetMembershipObligationsRequest, context: Context) -> Awaitable[Obligations]:
        query = tb.MembershipObligations(program=request.program)
        return asyncio.get_running_loop().run_in_executor(lanes.slow, lanes.book.ask, query)

    reads = {
        "GetMemberships": asking(GetMembershipsRequest, lanes.read, _query, _response),
        "GetMembershipObligations": unary(GetMembershipObligationsRequest, owed, _owed),
    }
    return {kind.rpc: posting(kind, lanes) for kind in MEMBERSHIPS} | reads


def _query(request: GetMembershipsRequest) -> tb.GetMemberships:
    return tb.GetMemberships(program=request.program, member=request.member)


def _response(_: GetMembershipsRequest, view: tb.MembershipsView) -> GetMembershipsResponse:
    return GetMembershipsResponse(
        memberships=map(membership_message, view.held), past=map(past_message, view.over)
    )


def _owed(
    _: GetMembershipObligationsRequest, obligations: Iterable[tb.PlanObligation]
) -> GetMembershipObligationsResponse:
    return GetMembershipObligationsResponse(obligations=map(obligation_message, obligations))
