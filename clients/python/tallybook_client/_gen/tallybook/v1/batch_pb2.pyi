from google.rpc import status_pb2 as _status_pb2
from tallybook_client._gen.tallybook.v1 import card_pb2 as _card_pb2
from tallybook_client._gen.tallybook.v1 import coupon_pb2 as _coupon_pb2
from tallybook_client._gen.tallybook.v1 import event_pb2 as _event_pb2
from tallybook_client._gen.tallybook.v1 import hold_pb2 as _hold_pb2
from tallybook_client._gen.tallybook.v1 import mall_pb2 as _mall_pb2
from tallybook_client._gen.tallybook.v1 import member_command_pb2 as _member_command_pb2
from tallybook_client._gen.tallybook.v1 import member_service_pb2 as _member_service_pb2
from tallybook_client._gen.tallybook.v1 import membership_pb2 as _membership_pb2
from tallybook_client._gen.tallybook.v1 import posting_pb2 as _posting_pb2
from tallybook_client._gen.tallybook.v1 import referral_pb2 as _referral_pb2
from tallybook_client._gen.tallybook.v1 import stored_value_pb2 as _stored_value_pb2
from tallybook_client._gen.tallybook.v1 import task_pb2 as _task_pb2
from tallybook_client._gen.tallybook.v1 import team_pb2 as _team_pb2
from tallybook_client._gen.tallybook.v1 import tier_pb2 as _tier_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PostCommand(_message.Message):
    __slots__ = ("award", "redeem", "hold", "capture", "release", "reverse", "adjust", "gift", "enroll_member", "freeze_member", "unfreeze_member", "record_event", "top_up", "confirm_top_up", "cancel_top_up", "spend_value", "refund_spend", "request_top_up_refund", "request_withdrawal", "confirm_payout", "cancel_payout", "reactivate", "name_holder", "set_birthday", "tag_member", "untag_member", "erase_member", "resolve_review", "merge_members", "split_members", "transfer_value", "activate_card", "void_card", "issue_referral_code", "bind_referral", "buy_membership", "renew_membership", "grant_membership_days", "refund_membership", "cancel_membership", "override_tier", "end_override", "use_benefit", "return_benefit", "claim_task", "start_team", "join_team", "leave_team", "issue_coupons", "claim_coupon", "reserve_coupons", "release_coupons", "use_coupons", "return_coupons", "void_coupon", "transfer_coupon", "redeem_in_store", "revoke_redemption", "place_order", "pay_order", "fulfil_order", "cancel_order", "return_order", "adjust_stock")
    AWARD_FIELD_NUMBER: _ClassVar[int]
    REDEEM_FIELD_NUMBER: _ClassVar[int]
    HOLD_FIELD_NUMBER: _ClassVar[int]
    CAPTURE_FIELD_NUMBER: _ClassVar[int]
    RELEASE_FIELD_NUMBER: _ClassVar[int]
    REVERSE_FIELD_NUMBER: _ClassVar[int]
    ADJUST_FIELD_NUMBER: _ClassVar[int]
    GIFT_FIELD_NUMBER: _ClassVar[int]
    ENROLL_MEMBER_FIELD_NUMBER: _ClassVar[int]
    FREEZE_MEMBER_FIELD_NUMBER: _ClassVar[int]
    UNFREEZE_MEMBER_FIELD_NUMBER: _ClassVar[int]
    RECORD_EVENT_FIELD_NUMBER: _ClassVar[int]
    TOP_UP_FIELD_NUMBER: _ClassVar[int]
    CONFIRM_TOP_UP_FIELD_NUMBER: _ClassVar[int]
    CANCEL_TOP_UP_FIELD_NUMBER: _ClassVar[int]
    SPEND_VALUE_FIELD_NUMBER: _ClassVar[int]
    REFUND_SPEND_FIELD_NUMBER: _ClassVar[int]
    REQUEST_TOP_UP_REFUND_FIELD_NUMBER: _ClassVar[int]
    REQUEST_WITHDRAWAL_FIELD_NUMBER: _ClassVar[int]
    CONFIRM_PAYOUT_FIELD_NUMBER: _ClassVar[int]
    CANCEL_PAYOUT_FIELD_NUMBER: _ClassVar[int]
    REACTIVATE_FIELD_NUMBER: _ClassVar[int]
    NAME_HOLDER_FIELD_NUMBER: _ClassVar[int]
    SET_BIRTHDAY_FIELD_NUMBER: _ClassVar[int]
    TAG_MEMBER_FIELD_NUMBER: _ClassVar[int]
    UNTAG_MEMBER_FIELD_NUMBER: _ClassVar[int]
    ERASE_MEMBER_FIELD_NUMBER: _ClassVar[int]
    RESOLVE_REVIEW_FIELD_NUMBER: _ClassVar[int]
    MERGE_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    SPLIT_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_VALUE_FIELD_NUMBER: _ClassVar[int]
    ACTIVATE_CARD_FIELD_NUMBER: _ClassVar[int]
    VOID_CARD_FIELD_NUMBER: _ClassVar[int]
    ISSUE_REFERRAL_CODE_FIELD_NUMBER: _ClassVar[int]
    BIND_REFERRAL_FIELD_NUMBER: _ClassVar[int]
    BUY_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    RENEW_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    GRANT_MEMBERSHIP_DAYS_FIELD_NUMBER: _ClassVar[int]
    REFUND_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    CANCEL_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_TIER_FIELD_NUMBER: _ClassVar[int]
    END_OVERRIDE_FIELD_NUMBER: _ClassVar[int]
    USE_BENEFIT_FIELD_NUMBER: _ClassVar[int]
    RETURN_BENEFIT_FIELD_NUMBER: _ClassVar[int]
    CLAIM_TASK_FIELD_NUMBER: _ClassVar[int]
    START_TEAM_FIELD_NUMBER: _ClassVar[int]
    JOIN_TEAM_FIELD_NUMBER: _ClassVar[int]
    LEAVE_TEAM_FIELD_NUMBER: _ClassVar[int]
    ISSUE_COUPONS_FIELD_NUMBER: _ClassVar[int]
    CLAIM_COUPON_FIELD_NUMBER: _ClassVar[int]
    RESERVE_COUPONS_FIELD_NUMBER: _ClassVar[int]
    RELEASE_COUPONS_FIELD_NUMBER: _ClassVar[int]
    USE_COUPONS_FIELD_NUMBER: _ClassVar[int]
    RETURN_COUPONS_FIELD_NUMBER: _ClassVar[int]
    VOID_COUPON_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_COUPON_FIELD_NUMBER: _ClassVar[int]
    REDEEM_IN_STORE_FIELD_NUMBER: _ClassVar[int]
    REVOKE_REDEMPTION_FIELD_NUMBER: _ClassVar[int]
    PLACE_ORDER_FIELD_NUMBER: _ClassVar[int]
    PAY_ORDER_FIELD_NUMBER: _ClassVar[int]
    FULFIL_ORDER_FIELD_NUMBER: _ClassVar[int]
    CANCEL_ORDER_FIELD_NUMBER: _ClassVar[int]
    RETURN_ORDER_FIELD_NUMBER: _ClassVar[int]
    ADJUST_STOCK_FIELD_NUMBER: _ClassVar[int]
    award: _posting_pb2.AwardRequest
    redeem: _posting_pb2.RedeemRequest
    hold: _hold_pb2.HoldRequest
    capture: _hold_pb2.CaptureRequest
    release: _hold_pb2.ReleaseRequest
    reverse: _posting_pb2.ReverseRequest
    adjust: _posting_pb2.AdjustRequest
    gift: _posting_pb2.GiftRequest
    enroll_member: _member_service_pb2.EnrollMemberRequest
    freeze_member: _member_service_pb2.FreezeMemberRequest
    unfreeze_member: _member_service_pb2.UnfreezeMemberRequest
    record_event: _event_pb2.RecordEventRequest
    top_up: _stored_value_pb2.TopUpRequest
    confirm_top_up: _stored_value_pb2.ConfirmTopUpRequest
    cancel_top_up: _stored_value_pb2.CancelTopUpRequest
    spend_value: _stored_value_pb2.SpendValueRequest
    refund_spend: _stored_value_pb2.RefundSpendRequest
    request_top_up_refund: _stored_value_pb2.RequestTopUpRefundRequest
    request_withdrawal: _stored_value_pb2.RequestWithdrawalRequest
    confirm_payout: _stored_value_pb2.ConfirmPayoutRequest
    cancel_payout: _stored_value_pb2.CancelPayoutRequest
    reactivate: _stored_value_pb2.ReactivateRequest
    name_holder: _stored_value_pb2.NameHolderRequest
    set_birthday: _member_command_pb2.SetBirthdayRequest
    tag_member: _member_command_pb2.TagMemberRequest
    untag_member: _member_command_pb2.UntagMemberRequest
    erase_member: _member_command_pb2.EraseMemberRequest
    resolve_review: _member_command_pb2.ResolveReviewRequest
    merge_members: _member_command_pb2.MergeMembersRequest
    split_members: _member_command_pb2.SplitMembersRequest
    transfer_value: _stored_value_pb2.TransferValueRequest
    activate_card: _card_pb2.ActivateCardRequest
    void_card: _card_pb2.VoidCardRequest
    issue_referral_code: _referral_pb2.IssueReferralCodeRequest
    bind_referral: _referral_pb2.BindReferralRequest
    buy_membership: _membership_pb2.BuyMembershipRequest
    renew_membership: _membership_pb2.RenewMembershipRequest
    grant_membership_days: _membership_pb2.GrantMembershipDaysRequest
    refund_membership: _membership_pb2.RefundMembershipRequest
    cancel_membership: _membership_pb2.CancelMembershipRequest
    override_tier: _tier_pb2.OverrideTierRequest
    end_override: _tier_pb2.EndOverrideRequest
    use_benefit: _tier_pb2.UseBenefitRequest
    return_benefit: _tier_pb2.ReturnBenefitRequest
    claim_task: _task_pb2.ClaimTaskRequest
    start_team: _team_pb2.StartTeamRequest
    join_team: _team_pb2.JoinTeamRequest
    leave_team: _team_pb2.LeaveTeamRequest
    issue_coupons: _coupon_pb2.IssueCouponsRequest
    claim_coupon: _coupon_pb2.ClaimCouponRequest
    reserve_coupons: _coupon_pb2.ReserveCouponsRequest
    release_coupons: _coupon_pb2.ReleaseCouponsRequest
    use_coupons: _coupon_pb2.UseCouponsRequest
    return_coupons: _coupon_pb2.ReturnCouponsRequest
    void_coupon: _coupon_pb2.VoidCouponRequest
    transfer_coupon: _coupon_pb2.TransferCouponRequest
    redeem_in_store: _coupon_pb2.RedeemInStoreRequest
    revoke_redemption: _coupon_pb2.RevokeRedemptionRequest
    place_order: _mall_pb2.PlaceOrderRequest
    pay_order: _mall_pb2.PayOrderRequest
    fulfil_order: _mall_pb2.FulfilOrderRequest
    cancel_order: _mall_pb2.CancelOrderRequest
    return_order: _mall_pb2.ReturnOrderRequest
    adjust_stock: _mall_pb2.AdjustStockRequest
    def __init__(self, award: _Optional[_Union[_posting_pb2.AwardRequest, _Mapping]] = ..., redeem: _Optional[_Union[_posting_pb2.RedeemRequest, _Mapping]] = ..., hold: _Optional[_Union[_hold_pb2.HoldRequest, _Mapping]] = ..., capture: _Optional[_Union[_hold_pb2.CaptureRequest, _Mapping]] = ..., release: _Optional[_Union[_hold_pb2.ReleaseRequest, _Mapping]] = ..., reverse: _Optional[_Union[_posting_pb2.ReverseRequest, _Mapping]] = ..., adjust: _Optional[_Union[_posting_pb2.AdjustRequest, _Mapping]] = ..., gift: _Optional[_Union[_posting_pb2.GiftRequest, _Mapping]] = ..., enroll_member: _Optional[_Union[_member_service_pb2.EnrollMemberRequest, _Mapping]] = ..., freeze_member: _Optional[_Union[_member_service_pb2.FreezeMemberRequest, _Mapping]] = ..., unfreeze_member: _Optional[_Union[_member_service_pb2.UnfreezeMemberRequest, _Mapping]] = ..., record_event: _Optional[_Union[_event_pb2.RecordEventRequest, _Mapping]] = ..., top_up: _Optional[_Union[_stored_value_pb2.TopUpRequest, _Mapping]] = ..., confirm_top_up: _Optional[_Union[_stored_value_pb2.ConfirmTopUpRequest, _Mapping]] = ..., cancel_top_up: _Optional[_Union[_stored_value_pb2.CancelTopUpRequest, _Mapping]] = ..., spend_value: _Optional[_Union[_stored_value_pb2.SpendValueRequest, _Mapping]] = ..., refund_spend: _Optional[_Union[_stored_value_pb2.RefundSpendRequest, _Mapping]] = ..., request_top_up_refund: _Optional[_Union[_stored_value_pb2.RequestTopUpRefundRequest, _Mapping]] = ..., request_withdrawal: _Optional[_Union[_stored_value_pb2.RequestWithdrawalRequest, _Mapping]] = ..., confirm_payout: _Optional[_Union[_stored_value_pb2.ConfirmPayoutRequest, _Mapping]] = ..., cancel_payout: _Optional[_Union[_stored_value_pb2.CancelPayoutRequest, _Mapping]] = ..., reactivate: _Optional[_Union[_stored_value_pb2.ReactivateRequest, _Mapping]] = ..., name_holder: _Optional[_Union[_stored_value_pb2.NameHolderRequest, _Mapping]] = ..., set_birthday: _Optional[_Union[_member_command_pb2.SetBirthdayRequest, _Mapping]] = ..., tag_member: _Optional[_Union[_member_command_pb2.TagMemberRequest, _Mapping]] = ..., untag_member: _Optional[_Union[_member_command_pb2.UntagMemberRequest, _Mapping]] = ..., erase_member: _Optional[_Union[_member_command_pb2.EraseMemberRequest, _Mapping]] = ..., resolve_review: _Optional[_Union[_member_command_pb2.ResolveReviewRequest, _Mapping]] = ..., merge_members: _Optional[_Union[_member_command_pb2.MergeMembersRequest, _Mapping]] = ..., split_members: _Optional[_Union[_member_command_pb2.SplitMembersRequest, _Mapping]] = ..., transfer_value: _Optional[_Union[_stored_value_pb2.TransferValueRequest, _Mapping]] = ..., activate_card: _Optional[_Union[_card_pb2.ActivateCardRequest, _Mapping]] = ..., void_card: _Optional[_Union[_card_pb2.VoidCardRequest, _Mapping]] = ..., issue_referral_code: _Optional[_Union[_referral_pb2.IssueReferralCodeRequest, _Mapping]] = ..., bind_referral: _Optional[_Union[_referral_pb2.BindReferralRequest, _Mapping]] = ..., buy_membership: _Optional[_Union[_membership_pb2.BuyMembershipRequest, _Mapping]] = ..., renew_membership: _Optional[_Union[_membership_pb2.RenewMembershipRequest, _Mapping]] = ..., grant_membership_days: _Optional[_Union[_membership_pb2.GrantMembershipDaysRequest, _Mapping]] = ..., refund_membership: _Optional[_Union[_membership_pb2.RefundMembershipRequest, _Mapping]] = ..., cancel_membership: _Optional[_Union[_membership_pb2.CancelMembershipRequest, _Mapping]] = ..., override_tier: _Optional[_Union[_tier_pb2.OverrideTierRequest, _Mapping]] = ..., end_override: _Optional[_Union[_tier_pb2.EndOverrideRequest, _Mapping]] = ..., use_benefit: _Optional[_Union[_tier_pb2.UseBenefitRequest, _Mapping]] = ..., return_benefit: _Optional[_Union[_tier_pb2.ReturnBenefitRequest, _Mapping]] = ..., claim_task: _Optional[_Union[_task_pb2.ClaimTaskRequest, _Mapping]] = ..., start_team: _Optional[_Union[_team_pb2.StartTeamRequest, _Mapping]] = ..., join_team: _Optional[_Union[_team_pb2.JoinTeamRequest, _Mapping]] = ..., leave_team: _Optional[_Union[_team_pb2.LeaveTeamRequest, _Mapping]] = ..., issue_coupons: _Optional[_Union[_coupon_pb2.IssueCouponsRequest, _Mapping]] = ..., claim_coupon: _Optional[_Union[_coupon_pb2.ClaimCouponRequest, _Mapping]] = ..., reserve_coupons: _Optional[_Union[_coupon_pb2.ReserveCouponsRequest, _Mapping]] = ..., release_coupons: _Optional[_Union[_coupon_pb2.ReleaseCouponsRequest, _Mapping]] = ..., use_coupons: _Optional[_Union[_coupon_pb2.UseCouponsRequest, _Mapping]] = ..., return_coupons: _Optional[_Union[_coupon_pb2.ReturnCouponsRequest, _Mapping]] = ..., void_coupon: _Optional[_Union[_coupon_pb2.VoidCouponRequest, _Mapping]] = ..., transfer_coupon: _Optional[_Union[_coupon_pb2.TransferCouponRequest, _Mapping]] = ..., redeem_in_store: _Optional[_Union[_coupon_pb2.RedeemInStoreRequest, _Mapping]] = ..., revoke_redemption: _Optional[_Union[_coupon_pb2.RevokeRedemptionRequest, _Mapping]] = ..., place_order: _Optional[_Union[_mall_pb2.PlaceOrderRequest, _Mapping]] = ..., pay_order: _Optional[_Union[_mall_pb2.PayOrderRequest, _Mapping]] = ..., fulfil_order: _Optional[_Union[_mall_pb2.FulfilOrderRequest, _Mapping]] = ..., cancel_order: _Optional[_Union[_mall_pb2.CancelOrderRequest, _Mapping]] = ..., return_order: _Optional[_Union[_mall_pb2.ReturnOrderRequest, _Mapping]] = ..., adjust_stock: _Optional[_Union[_mall_pb2.AdjustStockRequest, _Mapping]] = ...) -> None: ...

class PostResult(_message.Message):
    __slots__ = ("award", "redeem", "hold", "capture", "release", "reverse", "adjust", "gift", "enroll_member", "freeze_member", "unfreeze_member", "record_event", "top_up", "confirm_top_up", "error", "cancel_top_up", "spend_value", "refund_spend", "request_top_up_refund", "request_withdrawal", "confirm_payout", "cancel_payout", "reactivate", "name_holder", "set_birthday", "tag_member", "untag_member", "erase_member", "resolve_review", "merge_members", "split_members", "transfer_value", "activate_card", "void_card", "issue_referral_code", "bind_referral", "buy_membership", "renew_membership", "grant_membership_days", "refund_membership", "cancel_membership", "override_tier", "end_override", "use_benefit", "return_benefit", "claim_task", "start_team", "join_team", "leave_team", "issue_coupons", "claim_coupon", "reserve_coupons", "release_coupons", "use_coupons", "return_coupons", "void_coupon", "transfer_coupon", "redeem_in_store", "revoke_redemption", "place_order", "pay_order", "fulfil_order", "cancel_order", "return_order", "adjust_stock")
    AWARD_FIELD_NUMBER: _ClassVar[int]
    REDEEM_FIELD_NUMBER: _ClassVar[int]
    HOLD_FIELD_NUMBER: _ClassVar[int]
    CAPTURE_FIELD_NUMBER: _ClassVar[int]
    RELEASE_FIELD_NUMBER: _ClassVar[int]
    REVERSE_FIELD_NUMBER: _ClassVar[int]
    ADJUST_FIELD_NUMBER: _ClassVar[int]
    GIFT_FIELD_NUMBER: _ClassVar[int]
    ENROLL_MEMBER_FIELD_NUMBER: _ClassVar[int]
    FREEZE_MEMBER_FIELD_NUMBER: _ClassVar[int]
    UNFREEZE_MEMBER_FIELD_NUMBER: _ClassVar[int]
    RECORD_EVENT_FIELD_NUMBER: _ClassVar[int]
    TOP_UP_FIELD_NUMBER: _ClassVar[int]
    CONFIRM_TOP_UP_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    CANCEL_TOP_UP_FIELD_NUMBER: _ClassVar[int]
    SPEND_VALUE_FIELD_NUMBER: _ClassVar[int]
    REFUND_SPEND_FIELD_NUMBER: _ClassVar[int]
    REQUEST_TOP_UP_REFUND_FIELD_NUMBER: _ClassVar[int]
    REQUEST_WITHDRAWAL_FIELD_NUMBER: _ClassVar[int]
    CONFIRM_PAYOUT_FIELD_NUMBER: _ClassVar[int]
    CANCEL_PAYOUT_FIELD_NUMBER: _ClassVar[int]
    REACTIVATE_FIELD_NUMBER: _ClassVar[int]
    NAME_HOLDER_FIELD_NUMBER: _ClassVar[int]
    SET_BIRTHDAY_FIELD_NUMBER: _ClassVar[int]
    TAG_MEMBER_FIELD_NUMBER: _ClassVar[int]
    UNTAG_MEMBER_FIELD_NUMBER: _ClassVar[int]
    ERASE_MEMBER_FIELD_NUMBER: _ClassVar[int]
    RESOLVE_REVIEW_FIELD_NUMBER: _ClassVar[int]
    MERGE_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    SPLIT_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_VALUE_FIELD_NUMBER: _ClassVar[int]
    ACTIVATE_CARD_FIELD_NUMBER: _ClassVar[int]
    VOID_CARD_FIELD_NUMBER: _ClassVar[int]
    ISSUE_REFERRAL_CODE_FIELD_NUMBER: _ClassVar[int]
    BIND_REFERRAL_FIELD_NUMBER: _ClassVar[int]
    BUY_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    RENEW_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    GRANT_MEMBERSHIP_DAYS_FIELD_NUMBER: _ClassVar[int]
    REFUND_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    CANCEL_MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_TIER_FIELD_NUMBER: _ClassVar[int]
    END_OVERRIDE_FIELD_NUMBER: _ClassVar[int]
    USE_BENEFIT_FIELD_NUMBER: _ClassVar[int]
    RETURN_BENEFIT_FIELD_NUMBER: _ClassVar[int]
    CLAIM_TASK_FIELD_NUMBER: _ClassVar[int]
    START_TEAM_FIELD_NUMBER: _ClassVar[int]
    JOIN_TEAM_FIELD_NUMBER: _ClassVar[int]
    LEAVE_TEAM_FIELD_NUMBER: _ClassVar[int]
    ISSUE_COUPONS_FIELD_NUMBER: _ClassVar[int]
    CLAIM_COUPON_FIELD_NUMBER: _ClassVar[int]
    RESERVE_COUPONS_FIELD_NUMBER: _ClassVar[int]
    RELEASE_COUPONS_FIELD_NUMBER: _ClassVar[int]
    USE_COUPONS_FIELD_NUMBER: _ClassVar[int]
    RETURN_COUPONS_FIELD_NUMBER: _ClassVar[int]
    VOID_COUPON_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_COUPON_FIELD_NUMBER: _ClassVar[int]
    REDEEM_IN_STORE_FIELD_NUMBER: _ClassVar[int]
    REVOKE_REDEMPTION_FIELD_NUMBER: _ClassVar[int]
    PLACE_ORDER_FIELD_NUMBER: _ClassVar[int]
    PAY_ORDER_FIELD_NUMBER: _ClassVar[int]
    FULFIL_ORDER_FIELD_NUMBER: _ClassVar[int]
    CANCEL_ORDER_FIELD_NUMBER: _ClassVar[int]
    RETURN_ORDER_FIELD_NUMBER: _ClassVar[int]
    ADJUST_STOCK_FIELD_NUMBER: _ClassVar[int]
    award: _posting_pb2.AwardResponse
    redeem: _posting_pb2.RedeemResponse
    hold: _hold_pb2.HoldResponse
    capture: _hold_pb2.CaptureResponse
    release: _hold_pb2.ReleaseResponse
    reverse: _posting_pb2.ReverseResponse
    adjust: _posting_pb2.AdjustResponse
    gift: _posting_pb2.GiftResponse
    enroll_member: _member_service_pb2.EnrollMemberResponse
    freeze_member: _member_service_pb2.FreezeMemberResponse
    unfreeze_member: _member_service_pb2.UnfreezeMemberResponse
    record_event: _event_pb2.RecordEventResponse
    top_up: _stored_value_pb2.TopUpResponse
    confirm_top_up: _stored_value_pb2.ConfirmTopUpResponse
    error: _status_pb2.Status
    cancel_top_up: _stored_value_pb2.CancelTopUpResponse
    spend_value: _stored_value_pb2.SpendValueResponse
    refund_spend: _stored_value_pb2.RefundSpendResponse
    request_top_up_refund: _stored_value_pb2.RequestTopUpRefundResponse
    request_withdrawal: _stored_value_pb2.RequestWithdrawalResponse
    confirm_payout: _stored_value_pb2.ConfirmPayoutResponse
    cancel_payout: _stored_value_pb2.CancelPayoutResponse
    reactivate: _stored_value_pb2.ReactivateResponse
    name_holder: _stored_value_pb2.NameHolderResponse
    set_birthday: _member_command_pb2.SetBirthdayResponse
    tag_member: _member_command_pb2.TagMemberResponse
    untag_member: _member_command_pb2.UntagMemberResponse
    erase_member: _member_command_pb2.EraseMemberResponse
    resolve_review: _member_command_pb2.ResolveReviewResponse
    merge_members: _member_command_pb2.MergeMembersResponse
    split_members: _member_command_pb2.SplitMembersResponse
    transfer_value: _stored_value_pb2.TransferValueResponse
    activate_card: _card_pb2.ActivateCardResponse
    void_card: _card_pb2.VoidCardResponse
    issue_referral_code: _referral_pb2.IssueReferralCodeResponse
    bind_referral: _referral_pb2.BindReferralResponse
    buy_membership: _membership_pb2.BuyMembershipResponse
    renew_membership: _membership_pb2.RenewMembershipResponse
    grant_membership_days: _membership_pb2.GrantMembershipDaysResponse
    refund_membership: _membership_pb2.RefundMembershipResponse
    cancel_membership: _membership_pb2.CancelMembershipResponse
    override_tier: _tier_pb2.OverrideTierResponse
    end_override: _tier_pb2.EndOverrideResponse
    use_benefit: _tier_pb2.UseBenefitResponse
    return_benefit: _tier_pb2.ReturnBenefitResponse
    claim_task: _task_pb2.ClaimTaskResponse
    start_team: _team_pb2.StartTeamResponse
    join_team: _team_pb2.JoinTeamResponse
    leave_team: _team_pb2.LeaveTeamResponse
    issue_coupons: _coupon_pb2.IssueCouponsResponse
    claim_coupon: _coupon_pb2.ClaimCouponResponse
    reserve_coupons: _coupon_pb2.ReserveCouponsResponse
    release_coupons: _coupon_pb2.ReleaseCouponsResponse
    use_coupons: _coupon_pb2.UseCouponsResponse
    return_coupons: _coupon_pb2.ReturnCouponsResponse
    void_coupon: _coupon_pb2.VoidCouponResponse
    transfer_coupon: _coupon_pb2.TransferCouponResponse
    redeem_in_store: _coupon_pb2.RedeemInStoreResponse
    revoke_redemption: _coupon_pb2.RevokeRedemptionResponse
    place_order: _mall_pb2.PlaceOrderResponse
    pay_order: _mall_pb2.PayOrderResponse
    fulfil_order: _mall_pb2.FulfilOrderResponse
    cancel_order: _mall_pb2.CancelOrderResponse
    return_order: _mall_pb2.ReturnOrderResponse
    adjust_stock: _mall_pb2.AdjustStockResponse
    def __init__(self, award: _Optional[_Union[_posting_pb2.AwardResponse, _Mapping]] = ..., redeem: _Optional[_Union[_posting_pb2.RedeemResponse, _Mapping]] = ..., hold: _Optional[_Union[_hold_pb2.HoldResponse, _Mapping]] = ..., capture: _Optional[_Union[_hold_pb2.CaptureResponse, _Mapping]] = ..., release: _Optional[_Union[_hold_pb2.ReleaseResponse, _Mapping]] = ..., reverse: _Optional[_Union[_posting_pb2.ReverseResponse, _Mapping]] = ..., adjust: _Optional[_Union[_posting_pb2.AdjustResponse, _Mapping]] = ..., gift: _Optional[_Union[_posting_pb2.GiftResponse, _Mapping]] = ..., enroll_member: _Optional[_Union[_member_service_pb2.EnrollMemberResponse, _Mapping]] = ..., freeze_member: _Optional[_Union[_member_service_pb2.FreezeMemberResponse, _Mapping]] = ..., unfreeze_member: _Optional[_Union[_member_service_pb2.UnfreezeMemberResponse, _Mapping]] = ..., record_event: _Optional[_Union[_event_pb2.RecordEventResponse, _Mapping]] = ..., top_up: _Optional[_Union[_stored_value_pb2.TopUpResponse, _Mapping]] = ..., confirm_top_up: _Optional[_Union[_stored_value_pb2.ConfirmTopUpResponse, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ..., cancel_top_up: _Optional[_Union[_stored_value_pb2.CancelTopUpResponse, _Mapping]] = ..., spend_value: _Optional[_Union[_stored_value_pb2.SpendValueResponse, _Mapping]] = ..., refund_spend: _Optional[_Union[_stored_value_pb2.RefundSpendResponse, _Mapping]] = ..., request_top_up_refund: _Optional[_Union[_stored_value_pb2.RequestTopUpRefundResponse, _Mapping]] = ..., request_withdrawal: _Optional[_Union[_stored_value_pb2.RequestWithdrawalResponse, _Mapping]] = ..., confirm_payout: _Optional[_Union[_stored_value_pb2.ConfirmPayoutResponse, _Mapping]] = ..., cancel_payout: _Optional[_Union[_stored_value_pb2.CancelPayoutResponse, _Mapping]] = ..., reactivate: _Optional[_Union[_stored_value_pb2.ReactivateResponse, _Mapping]] = ..., name_holder: _Optional[_Union[_stored_value_pb2.NameHolderResponse, _Mapping]] = ..., set_birthday: _Optional[_Union[_member_command_pb2.SetBirthdayResponse, _Mapping]] = ..., tag_member: _Optional[_Union[_member_command_pb2.TagMemberResponse, _Mapping]] = ..., untag_member: _Optional[_Union[_member_command_pb2.UntagMemberResponse, _Mapping]] = ..., erase_member: _Optional[_Union[_member_command_pb2.EraseMemberResponse, _Mapping]] = ..., resolve_review: _Optional[_Union[_member_command_pb2.ResolveReviewResponse, _Mapping]] = ..., merge_members: _Optional[_Union[_member_command_pb2.MergeMembersResponse, _Mapping]] = ..., split_members: _Optional[_Union[_member_command_pb2.SplitMembersResponse, _Mapping]] = ..., transfer_value: _Optional[_Union[_stored_value_pb2.TransferValueResponse, _Mapping]] = ..., activate_card: _Optional[_Union[_card_pb2.ActivateCardResponse, _Mapping]] = ..., void_card: _Optional[_Union[_card_pb2.VoidCardResponse, _Mapping]] = ..., issue_referral_code: _Optional[_Union[_referral_pb2.IssueReferralCodeResponse, _Mapping]] = ..., bind_referral: _Optional[_Union[_referral_pb2.BindReferralResponse, _Mapping]] = ..., buy_membership: _Optional[_Union[_membership_pb2.BuyMembershipResponse, _Mapping]] = ..., renew_membership: _Optional[_Union[_membership_pb2.RenewMembershipResponse, _Mapping]] = ..., grant_membership_days: _Optional[_Union[_membership_pb2.GrantMembershipDaysResponse, _Mapping]] = ..., refund_membership: _Optional[_Union[_membership_pb2.RefundMembershipResponse, _Mapping]] = ..., cancel_membership: _Optional[_Union[_membership_pb2.CancelMembershipResponse, _Mapping]] = ..., override_tier: _Optional[_Union[_tier_pb2.OverrideTierResponse, _Mapping]] = ..., end_override: _Optional[_Union[_tier_pb2.EndOverrideResponse, _Mapping]] = ..., use_benefit: _Optional[_Union[_tier_pb2.UseBenefitResponse, _Mapping]] = ..., return_benefit: _Optional[_Union[_tier_pb2.ReturnBenefitResponse, _Mapping]] = ..., claim_task: _Optional[_Union[_task_pb2.ClaimTaskResponse, _Mapping]] = ..., start_team: _Optional[_Union[_team_pb2.StartTeamResponse, _Mapping]] = ..., join_team: _Optional[_Union[_team_pb2.JoinTeamResponse, _Mapping]] = ..., leave_team: _Optional[_Union[_team_pb2.LeaveTeamResponse, _Mapping]] = ..., issue_coupons: _Optional[_Union[_coupon_pb2.IssueCouponsResponse, _Mapping]] = ..., claim_coupon: _Optional[_Union[_coupon_pb2.ClaimCouponResponse, _Mapping]] = ..., reserve_coupons: _Optional[_Union[_coupon_pb2.ReserveCouponsResponse, _Mapping]] = ..., release_coupons: _Optional[_Union[_coupon_pb2.ReleaseCouponsResponse, _Mapping]] = ..., use_coupons: _Optional[_Union[_coupon_pb2.UseCouponsResponse, _Mapping]] = ..., return_coupons: _Optional[_Union[_coupon_pb2.ReturnCouponsResponse, _Mapping]] = ..., void_coupon: _Optional[_Union[_coupon_pb2.VoidCouponResponse, _Mapping]] = ..., transfer_coupon: _Optional[_Union[_coupon_pb2.TransferCouponResponse, _Mapping]] = ..., redeem_in_store: _Optional[_Union[_coupon_pb2.RedeemInStoreResponse, _Mapping]] = ..., revoke_redemption: _Optional[_Union[_coupon_pb2.RevokeRedemptionResponse, _Mapping]] = ..., place_order: _Optional[_Union[_mall_pb2.PlaceOrderResponse, _Mapping]] = ..., pay_order: _Optional[_Union[_mall_pb2.PayOrderResponse, _Mapping]] = ..., fulfil_order: _Optional[_Union[_mall_pb2.FulfilOrderResponse, _Mapping]] = ..., cancel_order: _Optional[_Union[_mall_pb2.CancelOrderResponse, _Mapping]] = ..., return_order: _Optional[_Union[_mall_pb2.ReturnOrderResponse, _Mapping]] = ..., adjust_stock: _Optional[_Union[_mall_pb2.AdjustStockResponse, _Mapping]] = ...) -> None: ...

class BatchPostRequest(_message.Message):
    __slots__ = ("program", "commands", "validate_only")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    COMMANDS_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    program: str
    commands: _containers.RepeatedCompositeFieldContainer[PostCommand]
    validate_only: bool
    def __init__(self, program: _Optional[str] = ..., commands: _Optional[_Iterable[_Union[PostCommand, _Mapping]]] = ..., validate_only: bool = ...) -> None: ...

class BatchPostResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[PostResult]
    def __init__(self, results: _Optional[_Iterable[_Union[PostResult, _Mapping]]] = ...) -> None: ...

class StreamPostRequest(_message.Message):
    __slots__ = ("sequence", "program", "commands")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    COMMANDS_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    program: str
    commands: _containers.RepeatedCompositeFieldContainer[PostCommand]
    def __init__(self, sequence: _Optional[int] = ..., program: _Optional[str] = ..., commands: _Optional[_Iterable[_Union[PostCommand, _Mapping]]] = ...) -> None: ...

class StreamPostResponse(_message.Message):
    __slots__ = ("sequence", "results")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    results: _containers.RepeatedCompositeFieldContainer[PostResult]
    def __init__(self, sequence: _Optional[int] = ..., results: _Optional[_Iterable[_Union[PostResult, _Mapping]]] = ...) -> None: ...
