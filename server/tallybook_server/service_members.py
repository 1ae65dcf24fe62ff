"""MemberService: who takes part, and who may do what."""

from __future__ import annotations

from typing import Any, Final

import grpc
from tallybook_client._gen.tallybook.v1.member_service_pb2 import DESCRIPTOR, GetMemberRequest, GetMemberResponse

import tallybook as tb
from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import asking, posting
from tallybook_server.convert_views import member_message
from tallybook_server.kinds import MEMBERS

NAME: Final = DESCRIPTOR.services_by_name["MemberService"].full_name


def handlers(lanes: Lanes) -> dict[str, grpc.RpcMethodHandler[Any, Any]]:
    """The rpcs by name."""
    reads = {"GetMember": asking(GetMemberRequest, lanes, _query, _response)}
    return {kind.rpc: posting(kind, lanes) for kind in MEMBERS} | reads


def _query(request: GetMemberRequest) -> tb.GetMember:
    return tb.GetMember(program=request.program, member=request.member)


def _response(_: GetMemberRequest, view: tb.MemberView) -> GetMemberResponse:
    return GetMemberResponse(member=member_message(view))
