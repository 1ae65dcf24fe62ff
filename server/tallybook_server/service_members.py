"""MemberService: who takes part, and who may do what."""

from __future__ import annotations

from typing import Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1.member_service_pb2 import (
    DESCRIPTOR,
    GetMemberRequest,
    GetMemberResponse,
)

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import asking, posting
from tallybook_server.convert_views import member_message
from tallybook_server.kinds import MEMBERS
from tallybook_server.methods import Handler

NAME: Final = DESCRIPTOR.services_by_name["MemberService"].full_name


def handlers(lanes: Lanes) -> dict[str, Handler]:
    """The rpcs by name."""
    reads = {"GetMember": asking(GetMemberRequest, lanes.read, _query, _response)}
    return {kind.rpc: posting(kind, lanes) for kind in MEMBERS} | reads


def _query(request: GetMemberRequest) -> tb.GetMember:
    return tb.GetMember(program=request.program, member=request.member)


def _response(_: GetMemberRequest, view: tb.MemberView) -> GetMemberResponse:
    return GetMemberResponse(member=member_message(view))
