"""TierService: where members stand on ladders, and the benefits that brings."""

from __future__ import annotations

from typing import Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1.tier_service_pb2 import (
    DESCRIPTOR,
    GetTierAtRequest,
    GetTierAtResponse,
    GetTiersRequest,
    GetTiersResponse,
)

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import asking, posting
from tallybook_server.convert_days import moment
from tallybook_server.convert_growth import benefits_message, past_change_message, standing_message
from tallybook_server.kinds import TIERS
from tallybook_server.methods import Handler

NAME: Final = DESCRIPTOR.services_by_name["TierService"].full_name


def handlers(lanes: Lanes) -> dict[str, Handler]:
    """The rpcs by name."""
    reads = {
        "GetTiers": asking(GetTiersRequest, lanes.read, _query, _response),
        "GetTierAt": asking(GetTierAtRequest, lanes.read, _query_then, _then),
    }
    return {kind.rpc: posting(kind, lanes) for kind in TIERS} | reads


def _query(request: GetTiersRequest) -> tb.GetTiers:
    return tb.GetTiers(program=request.program, member=request.member)


def _response(_: GetTiersRequest, view: tb.TiersView) -> GetTiersResponse:
    return GetTiersResponse(
        ladders=map(standing_message, view.ladders),
        benefits=benefits_message(view.benefits),
        history=map(past_change_message, view.history),
        forgotten=view.forgotten,
    )


def _query_then(request: GetTierAtRequest) -> tb.TierAt:
    return tb.TierAt(
        program=request.program,
        member=request.member,
        ladder=request.ladder,
        at=moment("at", request.at),
    )


def _then(_: GetTierAtRequest, then: tb.TierThen) -> GetTierAtResponse:
    return GetTierAtResponse(tier=then.tier)
