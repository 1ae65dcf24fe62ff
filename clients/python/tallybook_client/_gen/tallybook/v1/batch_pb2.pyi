from google.rpc import status_pb2 as _status_pb2
from tallybook_client._gen.tallybook.v1 import event_pb2 as _event_pb2
from tallybook_client._gen.tallybook.v1 import hold_pb2 as _hold_pb2
from tallybook_client._gen.tallybook.v1 import member_service_pb2 as _member_service_pb2
from tallybook_client._gen.tallybook.v1 import posting_pb2 as _posting_pb2
from tallybook_client._gen.tallybook.v1 import stored_value_pb2 as _stored_value_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PostCommand(_message.Message):
    __slots__ = ("award", "redeem", "hold", "capture", "release", "reverse", "adjust", "gift", "enroll_member", "freeze_member", "unfreeze_member", "record_event", "top_up", "confirm_top_up", "cancel_top_up", "spend_value", "refund_spend", "request_top_up_refund", "request_withdrawal", "confirm_payout", "cancel_payout", "reactivate", "name_holder")
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
    def __init__(self, award: _Optional[_Union[_posting_pb2.AwardRequest, _Mapping]] = ..., redeem: _Optional[_Union[_posting_pb2.RedeemRequest, _Mapping]] = ..., hold: _Optional[_Union[_hold_pb2.HoldRequest, _Mapping]] = ..., capture: _Optional[_Union[_hold_pb2.CaptureRequest, _Mapping]] = ..., release: _Optional[_Union[_hold_pb2.ReleaseRequest, _Mapping]] = ..., reverse: _Optional[_Union[_posting_pb2.ReverseRequest, _Mapping]] = ..., adjust: _Optional[_Union[_posting_pb2.AdjustRequest, _Mapping]] = ..., gift: _Optional[_Union[_posting_pb2.GiftRequest, _Mapping]] = ..., enroll_member: _Optional[_Union[_member_service_pb2.EnrollMemberRequest, _Mapping]] = ..., freeze_member: _Optional[_Union[_member_service_pb2.FreezeMemberRequest, _Mapping]] = ..., unfreeze_member: _Optional[_Union[_member_service_pb2.UnfreezeMemberRequest, _Mapping]] = ..., record_event: _Optional[_Union[_event_pb2.RecordEventRequest, _Mapping]] = ..., top_up: _Optional[_Union[_stored_value_pb2.TopUpRequest, _Mapping]] = ..., confirm_top_up: _Optional[_Union[_stored_value_pb2.ConfirmTopUpRequest, _Mapping]] = ..., cancel_top_up: _Optional[_Union[_stored_value_pb2.CancelTopUpRequest, _Mapping]] = ..., spend_value: _Optional[_Union[_stored_value_pb2.SpendValueRequest, _Mapping]] = ..., refund_spend: _Optional[_Union[_stored_value_pb2.RefundSpendRequest, _Mapping]] = ..., request_top_up_refund: _Optional[_Union[_stored_value_pb2.RequestTopUpRefundRequest, _Mapping]] = ..., request_withdrawal: _Optional[_Union[_stored_value_pb2.RequestWithdrawalRequest, _Mapping]] = ..., confirm_payout: _Optional[_Union[_stored_value_pb2.ConfirmPayoutRequest, _Mapping]] = ..., cancel_payout: _Optional[_Union[_stored_value_pb2.CancelPayoutRequest, _Mapping]] = ..., reactivate: _Optional[_Union[_stored_value_pb2.ReactivateRequest, _Mapping]] = ..., name_holder: _Optional[_Union[_stored_value_pb2.NameHolderRequest, _Mapping]] = ...) -> None: ...

class PostResult(_message.Message):
    __slots__ = ("award", "redeem", "hold", "capture", "release", "reverse", "adjust", "gift", "enroll_member", "freeze_member", "unfreeze_member", "record_event", "top_up", "confirm_top_up", "error", "cancel_top_up", "spend_value", "refund_spend", "request_top_up_refund", "request_withdrawal", "confirm_payout", "cancel_payout", "reactivate", "name_holder")
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
    def __init__(self, award: _Optional[_Union[_posting_pb2.AwardResponse, _Mapping]] = ..., redeem: _Optional[_Union[_posting_pb2.RedeemResponse, _Mapping]] = ..., hold: _Optional[_Union[_hold_pb2.HoldResponse, _Mapping]] = ..., capture: _Optional[_Union[_hold_pb2.CaptureResponse, _Mapping]] = ..., release: _Optional[_Union[_hold_pb2.ReleaseResponse, _Mapping]] = ..., reverse: _Optional[_Union[_posting_pb2.ReverseResponse, _Mapping]] = ..., adjust: _Optional[_Union[_posting_pb2.AdjustResponse, _Mapping]] = ..., gift: _Optional[_Union[_posting_pb2.GiftResponse, _Mapping]] = ..., enroll_member: _Optional[_Union[_member_service_pb2.EnrollMemberResponse, _Mapping]] = ..., freeze_member: _Optional[_Union[_member_service_pb2.FreezeMemberResponse, _Mapping]] = ..., unfreeze_member: _Optional[_Union[_member_service_pb2.UnfreezeMemberResponse, _Mapping]] = ..., record_event: _Optional[_Union[_event_pb2.RecordEventResponse, _Mapping]] = ..., top_up: _Optional[_Union[_stored_value_pb2.TopUpResponse, _Mapping]] = ..., confirm_top_up: _Optional[_Union[_stored_value_pb2.ConfirmTopUpResponse, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ..., cancel_top_up: _Optional[_Union[_stored_value_pb2.CancelTopUpResponse, _Mapping]] = ..., spend_value: _Optional[_Union[_stored_value_pb2.SpendValueResponse, _Mapping]] = ..., refund_spend: _Optional[_Union[_stored_value_pb2.RefundSpendResponse, _Mapping]] = ..., request_top_up_refund: _Optional[_Union[_stored_value_pb2.RequestTopUpRefundResponse, _Mapping]] = ..., request_withdrawal: _Optional[_Union[_stored_value_pb2.RequestWithdrawalResponse, _Mapping]] = ..., confirm_payout: _Optional[_Union[_stored_value_pb2.ConfirmPayoutResponse, _Mapping]] = ..., cancel_payout: _Optional[_Union[_stored_value_pb2.CancelPayoutResponse, _Mapping]] = ..., reactivate: _Optional[_Union[_stored_value_pb2.ReactivateResponse, _Mapping]] = ..., name_holder: _Optional[_Union[_stored_value_pb2.NameHolderResponse, _Mapping]] = ...) -> None: ...

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
