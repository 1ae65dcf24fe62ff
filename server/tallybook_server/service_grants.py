"""GrantService: what members get by the calendar."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1.grant_service_pb2 import (
    DESCRIPTOR,
    GetComingGrantsRequest,
    GetComingGrantsResponse,
    GetGrantForecastRequest,
    GetGrantForecastResponse,
    ListGrantsRequest,
    ListGrantsResponse,
)

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import Context, asking, listing, unary
from tallybook_server.convert_days import day
from tallybook_server.convert_memberships import coming_grant_message, forecast_message, past_grant_message
from tallybook_server.methods import Handler

NAME: Final = DESCRIPTOR.services_by_name["GrantService"].full_name

Forecast = tuple[tb.GrantForecastDay, ...]


def handlers(lanes: Lanes) -> dict[str, Handler]:
    """The rpcs by name."""

    def foretell(request: GetGrantForecastRequest, context: Context) -> Awaitable[Forecast]:
        query = tb.ForecastGrants(
            program=request.program,
            first_day=day("first_day", request.first_day),
            last_day=day("last_day", request.last_day),
        )
        return asyncio.get_running_loop().run_in_executor(lanes.slow, lanes.book.ask, query)

    return {
        "ListGrants": listing(ListGrantsRequest, lanes.history, _query, _page, "grants"),
        "GetComingGrants": asking(GetComingGrantsRequest, lanes.read, _coming, _what_comes),
        "GetGrantForecast": unary(GetGrantForecastRequest, foretell, _foretold),
    }


def _query(request: ListGrantsRequest) -> tb.PastGrants:
    return tb.PastGrants(
        program=request.program,
        member=request.member,
        page_size=request.page_size,
        page_token=request.page_token,
    )


def _page(_: ListGrantsRequest, page: tb.GrantPage) -> ListGrantsResponse:
    return ListGrantsResponse(grants=map(past_grant_message, page.had), next_page_token=page.next_page_token)


def _coming(request: GetComingGrantsRequest) -> tb.ComingGrants:
    return tb.ComingGrants(program=request.program, member=request.member)


def _what_comes(_: GetComingGrantsRequest, due: Iterable[tb.GrantDue]) -> GetComingGrantsResponse:
    return GetComingGrantsResponse(grants=map(coming_grant_message, due))


def _foretold(_: GetGrantForecastRequest, days: Iterable[tb.GrantForecastDay]) -> GetGrantForecastResponse:
    return GetGrantForecastResponse(forecasts=map(forecast_message, days))
