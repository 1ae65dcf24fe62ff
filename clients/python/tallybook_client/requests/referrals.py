"""Commands and questions about members who bring newcomers. Knows no channel."""

from typing import Unpack

from tallybook_client._gen.tallybook.v1.referral_pb2 import BindReferralRequest, IssueReferralCodeRequest
from tallybook_client._gen.tallybook.v1.referral_service_pb2 import GetReferralRequest, ListNewcomersRequest

from .circumstances import Common, common_fields


def issue_referral_code(member: str, *, code: str = "", **common: Unpack[Common]) -> IssueReferralCodeRequest:
    """Give a member a code to pass on: the one they have, a new one, or a `code` of the shop's choice."""
    return IssueReferralCodeRequest(member=member, code=code, **common_fields(common))


def bind_referral(
    member: str, *, code: str | None = None, referrer: str | None = None, **common: Unpack[Common]
) -> BindReferralRequest:
    """Say who brought a newcomer: by the `code` that they typed, or by the `referrer`'s id.

    >>> bind_referral("m2", code="anna 2027").code
    'anna 2027'
    """
    if (code is None) == (referrer is None):
        raise TypeError("say who brought the newcomer: by a code or by a referrer, one of them")
    return BindReferralRequest(member=member, code=code, referrer=referrer, **common_fields(common))


def get_referral(member: str) -> GetReferralRequest:
    """Read a member's code, who brought them, and what they have brought."""
    return GetReferralRequest(member=member)


def list_newcomers(member: str, *, page_size: int = 0) -> ListNewcomersRequest:
    """Read the newcomers that a member has brought, by their ids."""
    return ListNewcomersRequest(member=member, page_size=page_size)
