"""The verbs of memberships, and of what the calendar gives: a part of the contract. Knows no channel."""

from . import requests
from ._gen.tallybook.v1 import grant_service_pb2, membership_pb2, membership_service_pb2
from .verbs import TIMEOUT_REPORT_SECONDS, Method, Paged, Unary

MEMBERSHIPS = "/tallybook.v1.MembershipService"
GRANTS = "/tallybook.v1.GrantService"


class MembershipContract:
    """The rpcs, under their own names. Their arguments are those of the function beside them."""

    buy_membership = Unary(
        Method(f"{MEMBERSHIPS}/BuyMembership", membership_pb2.BuyMembershipResponse.FromString),
        requests.buy_membership,
    )
    renew_membership = Unary(
        Method(f"{MEMBERSHIPS}/RenewMembership", membership_pb2.RenewMembershipResponse.FromString),
        requests.renew_membership,
    )
    grant_membership_days = Unary(
        Method(f"{MEMBERSHIPS}/GrantMembershipDays", membership_pb2.GrantMembershipDaysResponse.FromString),
        requests.grant_membership_days,
    )
    refund_membership = Unary(
        Method(f"{MEMBERSHIPS}/RefundMembership", membership_pb2.RefundMembershipResponse.FromString),
        requests.refund_membership,
    )
    cancel_membership = Unary(
        Method(f"{MEMBERSHIPS}/CancelMembership", membership_pb2.CancelMembershipResponse.FromString),
        requests.cancel_membership,
    )
    get_memberships = Unary(
        Method(f"{MEMBERSHIPS}/GetMemberships", membership_service_pb2.GetMembershipsResponse.FromString),
        requests.get_memberships,
    )
    get_membership_obligations = Unary(
        Method(
            f"{MEMBERSHIPS}/GetMembershipObligations",
            membership_service_pb2.GetMembershipObligationsResponse.FromString,
            timeout=TIMEOUT_REPORT_SECONDS,
        ),
        requests.get_membership_obligations,
    )
    list_grants = Paged(
        Method(f"{GRANTS}/ListGrants", grant_service_pb2.ListGrantsResponse.FromString),
        requests.list_grants,
        lambda page: page.grants,
    )
    get_coming_grants = Unary(
        Method(f"{GRANTS}/GetComingGrants", grant_service_pb2.GetComingGrantsResponse.FromString),
        requests.get_coming_grants,
    )
    get_grant_forecast = Unary(
        Method(
            f"{GRANTS}/GetGrantForecast",
            grant_service_pb2.GetGrantForecastResponse.FromString,
            timeout=TIMEOUT_REPORT_SECONDS,
        ),
        requests.get_grant_forecast,
    )
