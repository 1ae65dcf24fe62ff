"""The verbs of referrals, tiers, tasks and teams: a part of the contract. Knows no channel."""

from . import requests
from ._gen.tallybook.v1.referral_pb2 import BindReferralResponse, IssueReferralCodeResponse
from ._gen.tallybook.v1.referral_service_pb2 import GetReferralResponse, ListNewcomersResponse
from ._gen.tallybook.v1.task_pb2 import ClaimTaskResponse
from ._gen.tallybook.v1.task_service_pb2 import GetMemberTeamsResponse, GetTasksResponse, GetTeamResponse
from ._gen.tallybook.v1.team_pb2 import JoinTeamResponse, LeaveTeamResponse, StartTeamResponse
from ._gen.tallybook.v1.tier_pb2 import (
    EndOverrideResponse,
    OverrideTierResponse,
    ReturnBenefitResponse,
    UseBenefitResponse,
)
from ._gen.tallybook.v1.tier_service_pb2 import GetTierAtResponse, GetTiersResponse
from .verbs import Method, Paged, Unary

REFERRALS = "/tallybook.v1.ReferralService"
TIERS = "/tallybook.v1.TierService"
TASKS = "/tallybook.v1.TaskService"


class GrowthContract:
    """These rpcs, under their own names. Their arguments are those of the function beside them."""

    issue_referral_code = Unary(
        Method(f"{REFERRALS}/IssueReferralCode", IssueReferralCodeResponse.FromString),
        requests.issue_referral_code,
    )
    bind_referral = Unary(
        Method(f"{REFERRALS}/BindReferral", BindReferralResponse.FromString),
        requests.bind_referral,
    )
    get_referral = Unary(
        Method(f"{REFERRALS}/GetReferral", GetReferralResponse.FromString),
        requests.get_referral,
    )
    list_newcomers = Paged(
        Method(f"{REFERRALS}/ListNewcomers", ListNewcomersResponse.FromString),
        requests.list_newcomers,
        lambda page: page.newcomers,
    )

    override_tier = Unary(
        Method(f"{TIERS}/OverrideTier", OverrideTierResponse.FromString), requests.override_tier
    )
    end_override = Unary(
        Method(f"{TIERS}/EndOverride", EndOverrideResponse.FromString), requests.end_override
    )
    use_benefit = Unary(Method(f"{TIERS}/UseBenefit", UseBenefitResponse.FromString), requests.use_benefit)
    return_benefit = Unary(
        Method(f"{TIERS}/ReturnBenefit", ReturnBenefitResponse.FromString), requests.return_benefit
    )
    get_tiers = Unary(Method(f"{TIERS}/GetTiers", GetTiersResponse.FromString), requests.get_tiers)
    get_tier_at = Unary(Method(f"{TIERS}/GetTierAt", GetTierAtResponse.FromString), requests.get_tier_at)
    claim_task = Unary(Method(f"{TASKS}/ClaimTask", ClaimTaskResponse.FromString), requests.claim_task)
    get_tasks = Unary(Method(f"{TASKS}/GetTasks", GetTasksResponse.FromString), requests.get_tasks)
    start_team = Unary(Method(f"{TASKS}/StartTeam", StartTeamResponse.FromString), requests.start_team)
    join_team = Unary(Method(f"{TASKS}/JoinTeam", JoinTeamResponse.FromString), requests.join_team)
    leave_team = Unary(Method(f"{TASKS}/LeaveTeam", LeaveTeamResponse.FromString), requests.leave_team)
    get_team = Unary(Method(f"{TASKS}/GetTeam", GetTeamResponse.FromString), requests.get_team)
    get_member_teams = Unary(
        Method(f"{TASKS}/GetMemberTeams", GetMemberTeamsResponse.FromString), requests.get_member_teams
    )
