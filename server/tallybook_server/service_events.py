"""EventService: what members do, what follows from it, and why."""

from __future__ import annotations

from typing import Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1.event_service_pb2 import (
    DESCRIPTOR,
    ExplainEntryRequest,
    ExplainEntryResponse,
    ListWaitingRefundsRequest,
    ListWaitingRefundsResponse,
)

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import asking, listing, posting
from tallybook_server.convert_explanations import explanation_message, waiting_message
from tallybook_server.kinds import EVENTS
from tallybook_server.methods import Handler

NAME: Final = DESCRIPTOR.services_by_name["EventService"].full_name


def handlers(lanes: Lanes) -> dict[str, Handler]:
    """The rpcs by name."""
    reads = {
        "ExplainEntry": asking(ExplainEntryRequest, lanes.history, _explain, _explanation),
        "ListWaitingRefunds": listing(ListWaitingRefundsRequest, lanes.history, _waiting, _page, "refunds"),
    }
    return {kind.rpc: posting(kind, lanes) for kind in EVENTS} | reads


def _explain(request: ExplainEntryRequest) -> tb.Explain:
    return tb.Explain(program=request.program, member=request.member, entry=request.entry)


def _explanation(_: ExplainEntryRequest, found: tb.Explanation) -> ExplainEntryResponse:
    return ExplainEntryResponse(explanation=explanation_message(found))


def _waiting(request: ListWaitingRefundsRequest) -> tb.WaitingRefunds:
    return tb.WaitingRefunds(
        program=request.program, page_size=request.page_size, page_token=request.page_token
    )


def _page(_: ListWaitingRefundsRequest, page: tb.WaitingPage) -> ListWaitingRefundsResponse:
    return ListWaitingRefundsResponse(
        refunds=map(waiting_message, page.refunds), next_page_token=page.next_page_token
    )
