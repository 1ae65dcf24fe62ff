"""Every rpc of the contract as a verb: the one table from which both clients are made. Knows no channel."""

from . import bulk, requests
from ._gen.tallybook.v1.batch_pb2 import StreamPostResponse
from ._gen.tallybook.v1.card_pb2 import ActivateCardResponse, VoidCardResponse
from ._gen.tallybook.v1.card_service_pb2 import (
    ClaimCardResponse,
    GetCardResponse,
    IssueCardsResponse,
    PresentCardResponse,
    ReplaceCardResponse,
)
from ._gen.tallybook.v1.event_pb2 import RecordEventResponse
from ._gen.tallybook.v1.event_service_pb2 import ExplainEntryResponse, ListWaitingRefundsResponse
from ._gen.tallybook.v1.hold_pb2 import CaptureResponse, HoldResponse, ReleaseResponse
from ._gen.tallybook.v1.identity_pb2 import (
    GetMemberByIdentityResponse,
    LinkIdentityResponse,
    ListIdentitiesResponse,
    UnlinkIdentityResponse,
)
from ._gen.tallybook.v1.member_command_pb2 import (
    EraseMemberResponse,
    MergeMembersResponse,
    ResolveReviewResponse,
    SetBirthdayResponse,
    SplitMembersResponse,
    TagMemberResponse,
    UntagMemberResponse,
)
from ._gen.tallybook.v1.member_service_pb2 import (
    EnrollMemberResponse,
    FreezeMemberResponse,
    GetMemberResponse,
    GetSegmentCountsResponse,
    ListMemberSegmentsResponse,
    ListReviewsResponse,
    ListSegmentMembersResponse,
    UnfreezeMemberResponse,
)
from ._gen.tallybook.v1.points_service_pb2 import (
    GetBalancesResponse,
    GetEntryResponse,
    GetHoldResponse,
    ListEntriesResponse,
)
from ._gen.tallybook.v1.posting_pb2 import (
    AdjustResponse,
    AwardResponse,
    GiftResponse,
    RedeemResponse,
    ReverseResponse,
)
from ._gen.tallybook.v1.program_service_pb2 import (
    ApplyProgramResponse,
    GetProgramResponse,
    ListProgramRevisionsResponse,
    ListProgramsResponse,
)
from ._gen.tallybook.v1.report_service_pb2 import (
    GetStoredValueReportResponse,
    GetTrialBalanceResponse,
    VerifyResponse,
)
from ._gen.tallybook.v1.stored_value_pb2 import (
    CancelPayoutResponse,
    CancelTopUpResponse,
    ConfirmPayoutResponse,
    ConfirmTopUpResponse,
    NameHolderResponse,
    ReactivateResponse,
    RefundSpendResponse,
    RequestTopUpRefundResponse,
    RequestWithdrawalResponse,
    SpendValueResponse,
    TopUpResponse,
    TransferValueResponse,
)
from ._gen.tallybook.v1.stored_value_service_pb2 import (
    GetMaxRefundResponse,
    GetMaxWithdrawalResponse,
    GetPayoutResponse,
    GetTopUpResponse,
)
from .contract_checkout import CheckoutContract
from .contract_coupons import CouponContract
from .contract_draws import DrawContract
from .contract_growth import GrowthContract
from .contract_mall import MallContract
from .contract_memberships import MembershipContract
from .verbs import TIMEOUT_REPORT_SECONDS, Method, Paged, Unary, Watched

PROGRAMS = "/tallybook.v1.ProgramService"
MEMBERS = "/tallybook.v1.MemberService"
EVENTS = "/tallybook.v1.EventService"
POINTS = "/tallybook.v1.PointsService"
STORED_VALUE = "/tallybook.v1.StoredValueService"
CARDS = "/tallybook.v1.CardService"
REPORTS = "/tallybook.v1.ReportService"

TIMEOUT_VERIFY_SECONDS = 3600.0
TIMEOUT_ISSUE_SECONDS = 3600.0

# The one rpc that is no verb: each client drives its stream itself. This is what one stream gets; the next
# one goes on where it ended.
STREAM_POST = Method(f"{POINTS}/StreamPost", StreamPostResponse.FromString, timeout=60.0)

RECORD_EVENT = Method(f"{EVENTS}/RecordEvent", RecordEventResponse.FromString)


class Contract(
    CheckoutContract, CouponContract, DrawContract, GrowthContract, MallContract, MembershipContract
):
    """The rpcs, under their own names. Their arguments are those of the function beside them.

    RecordEvent has two more names, since its events take other arguments.
    """

    apply_program = Unary(
        Method(f"{PROGRAMS}/ApplyProgram", ApplyProgramResponse.FromString, of_program=False),
        requests.apply_program,
    )
    get_program = Unary(Method(f"{PROGRAMS}/GetProgram", GetProgramResponse.FromString), requests.get_program)
    list_programs = Paged(
        Method(f"{PROGRAMS}/ListPrograms", ListProgramsResponse.FromString, of_program=False),
        requests.list_programs,
        lambda page: page.programs,
    )
    list_program_revisions = Paged(
        Method(f"{PROGRAMS}/ListProgramRevisions", ListProgramRevisionsResponse.FromString),
        requests.list_program_revisions,
        lambda page: page.revisions,
    )

    enroll_member = Unary(
        Method(f"{MEMBERS}/EnrollMember", EnrollMemberResponse.FromString), requests.enroll_member
    )
    get_member = Unary(Method(f"{MEMBERS}/GetMember", GetMemberResponse.FromString), requests.get_member)
    freeze_member = Unary(
        Method(f"{MEMBERS}/FreezeMember", FreezeMemberResponse.FromString), requests.freeze_member
    )
    unfreeze_member = Unary(
        Method(f"{MEMBERS}/UnfreezeMember", UnfreezeMemberResponse.FromString), requests.unfreeze_member
    )
    set_birthday = Unary(
        Method(f"{MEMBERS}/SetBirthday", SetBirthdayResponse.FromString), requests.set_birthday
    )
    tag_member = Unary(Method(f"{MEMBERS}/TagMember", TagMemberResponse.FromString), requests.tag_member)
    untag_member = Unary(
        Method(f"{MEMBERS}/UntagMember", UntagMemberResponse.FromString), requests.untag_member
    )
    link_identity = Unary(
        Method(f"{MEMBERS}/LinkIdentity", LinkIdentityResponse.FromString), requests.link_identity
    )
    unlink_identity = Unary(
        Method(f"{MEMBERS}/UnlinkIdentity", UnlinkIdentityResponse.FromString), requests.unlink_identity
    )
    get_member_by_identity = Unary(
        Method(f"{MEMBERS}/GetMemberByIdentity", GetMemberByIdentityResponse.FromString),
        requests.get_member_by_identity,
    )
    list_identities = Unary(
        Method(f"{MEMBERS}/ListIdentities", ListIdentitiesResponse.FromString), requests.list_identities
    )
    erase_member = Unary(
        Method(f"{MEMBERS}/EraseMember", EraseMemberResponse.FromString), requests.erase_member
    )
    list_reviews = Paged(
        Method(f"{MEMBERS}/ListReviews", ListReviewsResponse.FromString),
        requests.list_reviews,
        lambda page: page.reviews,
    )
    resolve_review = Unary(
        Method(f"{MEMBERS}/ResolveReview", ResolveReviewResponse.FromString), requests.resolve_review
    )
    list_member_segments = Unary(
        Method(f"{MEMBERS}/ListMemberSegments", ListMemberSegmentsResponse.FromString),
        requests.list_member_segments,
    )
    list_segment_members = Paged(
        Method(f"{MEMBERS}/ListSegmentMembers", ListSegmentMembersResponse.FromString),
        requests.list_segment_members,
        lambda page: page.members,
    )
    get_segment_counts = Unary(
        Method(
            f"{MEMBERS}/GetSegmentCounts", GetSegmentCountsResponse.FromString, timeout=TIMEOUT_REPORT_SECONDS
        ),
        requests.get_segment_counts,
    )
    merge_members = Unary(
        Method(f"{MEMBERS}/MergeMembers", MergeMembersResponse.FromString), requests.merge_members
    )
    split_members = Unary(
        Method(f"{MEMBERS}/SplitMembers", SplitMembersResponse.FromString), requests.split_members
    )

    record_purchase = Unary(RECORD_EVENT, requests.record_purchase)
    record_refund = Unary(RECORD_EVENT, requests.record_refund)
    record_event = Unary(RECORD_EVENT, requests.record_event)
    explain_entry = Unary(
        Method(f"{EVENTS}/ExplainEntry", ExplainEntryResponse.FromString), requests.explain_entry
    )
    list_waiting_refunds = Paged(
        Method(f"{EVENTS}/ListWaitingRefunds", ListWaitingRefundsResponse.FromString),
        requests.list_waiting_refunds,
        lambda page: page.refunds,
    )

    award = Unary(Method(f"{POINTS}/Award", AwardResponse.FromString), requests.award)
    redeem = Unary(Method(f"{POINTS}/Redeem", RedeemResponse.FromString), requests.redeem)
    hold = Unary(Method(f"{POINTS}/Hold", HoldResponse.FromString), requests.hold)
    capture = Unary(Method(f"{POINTS}/Capture", CaptureResponse.FromString), requests.capture)
    release = Unary(Method(f"{POINTS}/Release", ReleaseResponse.FromString), requests.release)
    reverse = Unary(Method(f"{POINTS}/Reverse", ReverseResponse.FromString), requests.reverse)
    adjust = Unary(Method(f"{POINTS}/Adjust", AdjustResponse.FromString), requests.adjust)
    gift = Unary(Method(f"{POINTS}/Gift", GiftResponse.FromString), requests.gift)
    batch_post = Unary(Method(f"{POINTS}/BatchPost", bulk.outcomes), requests.batch_post)

    get_balances = Unary(
        Method(f"{POINTS}/GetBalances", GetBalancesResponse.FromString), requests.get_balances
    )
    list_entries = Paged(
        Method(f"{POINTS}/ListEntries", ListEntriesResponse.FromString),
        requests.list_entries,
        lambda page: page.entries,
    )
    get_entry = Unary(Method(f"{POINTS}/GetEntry", GetEntryResponse.FromString), requests.get_entry)
    get_hold = Unary(Method(f"{POINTS}/GetHold", GetHoldResponse.FromString), requests.get_hold)

    top_up = Unary(Method(f"{STORED_VALUE}/TopUp", TopUpResponse.FromString), requests.top_up)
    confirm_top_up = Unary(
        Method(f"{STORED_VALUE}/ConfirmTopUp", ConfirmTopUpResponse.FromString), requests.confirm_top_up
    )
    cancel_top_up = Unary(
        Method(f"{STORED_VALUE}/CancelTopUp", CancelTopUpResponse.FromString), requests.cancel_top_up
    )
    spend_value = Unary(
        Method(f"{STORED_VALUE}/SpendValue", SpendValueResponse.FromString), requests.spend_value
    )
    refund_spend = Unary(
        Method(f"{STORED_VALUE}/RefundSpend", RefundSpendResponse.FromString), requests.refund_spend
    )
    request_top_up_refund = Unary(
        Method(f"{STORED_VALUE}/RequestTopUpRefund", RequestTopUpRefundResponse.FromString),
        requests.request_top_up_refund,
    )
    request_withdrawal = Unary(
        Method(f"{STORED_VALUE}/RequestWithdrawal", RequestWithdrawalResponse.FromString),
        requests.request_withdrawal,
    )
    confirm_payout = Unary(
        Method(f"{STORED_VALUE}/ConfirmPayout", ConfirmPayoutResponse.FromString), requests.confirm_payout
    )
    cancel_payout = Unary(
        Method(f"{STORED_VALUE}/CancelPayout", CancelPayoutResponse.FromString), requests.cancel_payout
    )
    transfer_value = Unary(
        Method(f"{STORED_VALUE}/TransferValue", TransferValueResponse.FromString), requests.transfer_value
    )
    reactivate = Unary(
        Method(f"{STORED_VALUE}/Reactivate", ReactivateResponse.FromString), requests.reactivate
    )
    name_holder = Unary(
        Method(f"{STORED_VALUE}/NameHolder", NameHolderResponse.FromString), requests.name_holder
    )

    get_top_up = Unary(Method(f"{STORED_VALUE}/GetTopUp", GetTopUpResponse.FromString), requests.get_top_up)
    get_payout = Unary(Method(f"{STORED_VALUE}/GetPayout", GetPayoutResponse.FromString), requests.get_payout)
    get_max_refund = Unary(
        Method(f"{STORED_VALUE}/GetMaxRefund", GetMaxRefundResponse.FromString), requests.get_max_refund
    )
    get_max_withdrawal = Unary(
        Method(f"{STORED_VALUE}/GetMaxWithdrawal", GetMaxWithdrawalResponse.FromString),
        requests.get_max_withdrawal,
    )

    issue_cards = Watched(
        Method(f"{CARDS}/IssueCards", IssueCardsResponse.FromString, timeout=TIMEOUT_ISSUE_SECONDS),
        requests.issue_cards,
    )
    activate_card = Unary(
        Method(f"{CARDS}/ActivateCard", ActivateCardResponse.FromString), requests.activate_card
    )
    present_card = Unary(
        Method(f"{CARDS}/PresentCard", PresentCardResponse.FromString), requests.present_card
    )
    claim_card = Unary(Method(f"{CARDS}/ClaimCard", ClaimCardResponse.FromString), requests.claim_card)
    replace_card = Unary(
        Method(f"{CARDS}/ReplaceCard", ReplaceCardResponse.FromString), requests.replace_card
    )
    void_card = Unary(Method(f"{CARDS}/VoidCard", VoidCardResponse.FromString), requests.void_card)
    get_card = Unary(Method(f"{CARDS}/GetCard", GetCardResponse.FromString), requests.get_card)

    get_stored_value_report = Unary(
        Method(
            f"{REPORTS}/GetStoredValueReport",
            GetStoredValueReportResponse.FromString,
            timeout=TIMEOUT_REPORT_SECONDS,
        ),
        requests.get_stored_value_report,
    )

    get_trial_balance = Unary(
        Method(
            f"{REPORTS}/GetTrialBalance", GetTrialBalanceResponse.FromString, timeout=TIMEOUT_REPORT_SECONDS
        ),
        requests.get_trial_balance,
    )
    verify = Watched(
        Method(f"{REPORTS}/Verify", VerifyResponse.FromString, timeout=TIMEOUT_VERIFY_SECONDS),
        requests.verify,
    )
