"""Questions about members and about a program's accounts. Knows no channel."""

from collections.abc import Iterable
from datetime import datetime

from tallybook_client._gen.tallybook.v1.member_service_pb2 import (
    GetMemberRequest,
)
from tallybook_client._gen.tallybook.v1.points_service_pb2 import (
    GetBalancesRequest,
    GetEntryRequest,
    GetHoldRequest,
    ListEntriesRequest,
)
from tallybook_client._gen.tallybook.v1.report_service_pb2 import (
    GetStoredValueReportRequest,
    GetTrialBalanceRequest,
    VerifyRequest,
)

from .circumstances import timestamp


def get_member(member: str) -> GetMemberRequest:
    """Read a member."""
    return GetMemberRequest(member=member)


def get_balances(
    member: str, *, units: Iterable[str] = (), as_of: datetime | None = None
) -> GetBalancesRequest:
    """Read what a member has: of these units or of all, now or as of a past time."""
    return GetBalancesRequest(member=member, units=units, as_of=timestamp(as_of))


def list_entries(member: str, *, unit: str = "", page_size: int = 0) -> ListEntriesRequest:
    """Read a member's entries, newest first: all, or those that move `unit`. Pages are fetched as needed."""
    return ListEntriesRequest(member=member, unit=unit, page_size=page_size)


def get_entry(member: str, entry: int) -> GetEntryRequest:
    """Read one entry with its postings."""
    return GetEntryRequest(member=member, entry=entry)


def get_hold(member: str, hold_id: str) -> GetHoldRequest:
    """Read one hold, open or resolved."""
    return GetHoldRequest(member=member, hold_id=hold_id)


def get_trial_balance(*, unit: str = "") -> GetTrialBalanceRequest:
    """Sum every account of the program, for one unit or for all."""
    return GetTrialBalanceRequest(unit=unit)


def get_stored_value_report() -> GetStoredValueReportRequest:
    """Tell what came in of each unit of money, and where it is."""
    return GetStoredValueReportRequest()


def verify(*, member: str = "") -> VerifyRequest:
    """Replay the book, of one member or of all, and tell what disagrees; progress comes while it runs."""
    return VerifyRequest(member=member)
