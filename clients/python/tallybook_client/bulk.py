"""Batches and streams of commands: what became of each, and what of a stream is not answered yet. No channel.

A stream may break, or outlive its deadline. What was not answered is then sent again on the next one, under
the same request ids, so each command has one effect and one reply.
"""

from collections.abc import Callable, Iterable
from itertools import islice

import grpc

from ._gen.tallybook.v1.batch_pb2 import (
    BatchPostResponse,
    PostResult,
    StreamPostRequest,
    StreamPostResponse,
)
from ._gen.tallybook.v1.card_pb2 import ActivateCardResponse, VoidCardResponse
from ._gen.tallybook.v1.coupon_pb2 import (
    ClaimCouponResponse,
    IssueCouponsResponse,
    RedeemInStoreResponse,
    ReleaseCouponsResponse,
    ReserveCouponsResponse,
    ReturnCouponsResponse,
    RevokeRedemptionResponse,
    TransferCouponResponse,
    UseCouponsResponse,
    VoidCouponResponse,
)
from ._gen.tallybook.v1.event_pb2 import RecordEventResponse
from ._gen.tallybook.v1.hold_pb2 import CaptureResponse, HoldResponse, ReleaseResponse
from ._gen.tallybook.v1.mall_pb2 import (
    AdjustStockResponse,
    CancelOrderResponse,
    FulfilOrderResponse,
    PayOrderResponse,
    PlaceOrderResponse,
    ReturnOrderResponse,
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
    UnfreezeMemberResponse,
)
from ._gen.tallybook.v1.membership_pb2 import (
    BuyMembershipResponse,
    CancelMembershipResponse,
    GrantMembershipDaysResponse,
    RefundMembershipResponse,
    RenewMembershipResponse,
)
from ._gen.tallybook.v1.posting_pb2 import (
    AdjustResponse,
    AwardResponse,
    GiftResponse,
    RedeemResponse,
    ReverseResponse,
)
from ._gen.tallybook.v1.referral_pb2 import BindReferralResponse, IssueReferralCodeResponse
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
from ._gen.tallybook.v1.task_pb2 import ClaimTaskResponse
from ._gen.tallybook.v1.team_pb2 import JoinTeamResponse, LeaveTeamResponse, StartTeamResponse
from ._gen.tallybook.v1.tier_pb2 import (
    EndOverrideResponse,
    OverrideTierResponse,
    ReturnBenefitResponse,
    UseBenefitResponse,
)
from .errors import Failed, TallybookError
from .requests import Command, post_command
from .retry import Attempts, in_spite_of
from .status import error_of_call, error_of_status

Reply = (
    AwardResponse
    | RedeemResponse
    | HoldResponse
    | CaptureResponse
    | ReleaseResponse
    | ReverseResponse
    | AdjustResponse
    | GiftResponse
    | EnrollMemberResponse
    | FreezeMemberResponse
    | UnfreezeMemberResponse
    | SetBirthdayResponse
    | TagMemberResponse
    | UntagMemberResponse
    | EraseMemberResponse
    | ResolveReviewResponse
    | MergeMembersResponse
    | SplitMembersResponse
    | RecordEventResponse
    | TopUpResponse
    | ConfirmTopUpResponse
    | CancelTopUpResponse
    | SpendValueResponse
    | RefundSpendResponse
    | RequestTopUpRefundResponse
    | RequestWithdrawalResponse
    | ConfirmPayoutResponse
    | CancelPayoutResponse
    | ReactivateResponse
    | NameHolderResponse
    | TransferValueResponse
    | ActivateCardResponse
    | VoidCardResponse
    | IssueReferralCodeResponse
    | BindReferralResponse
    | BuyMembershipResponse
    | RenewMembershipResponse
    | GrantMembershipDaysResponse
    | RefundMembershipResponse
    | CancelMembershipResponse
    | OverrideTierResponse
    | EndOverrideResponse
    | UseBenefitResponse
    | ReturnBenefitResponse
    | ClaimTaskResponse
    | StartTeamResponse
    | JoinTeamResponse
    | LeaveTeamResponse
    | IssueCouponsResponse
    | ClaimCouponResponse
    | ReserveCouponsResponse
    | ReleaseCouponsResponse
    | UseCouponsResponse
    | ReturnCouponsResponse
    | VoidCouponResponse
    | TransferCouponResponse
    | RedeemInStoreResponse
    | RevokeRedemptionResponse
    | PlaceOrderResponse
    | PayOrderResponse
    | FulfilOrderResponse
    | CancelOrderResponse
    | ReturnOrderResponse
    | AdjustStockResponse
)
Outcome = Reply | TallybookError


def outcome(result: PostResult) -> Outcome:
    """What became of one command: the reply of its kind, or the exception, not raised."""
    kind = result.WhichOneof("result")
    if kind is None:
        raise ValueError("the server sent a result of no kind that this client knows")
    if kind == "error":
        return error_of_status(result.error)
    reply: Reply = getattr(result, kind)
    return reply


def outcomes(data: bytes) -> list[Outcome]:
    """Read the bytes of a BatchPostResponse."""
    return [outcome(result) for result in BatchPostResponse.FromString(data).results]


class StreamWork:
    """Commands on their way through one stream after another, in order, a few messages at a time."""

    MESSAGES_UNDER_WAY_MAX = 4

    def __init__(
        self,
        commands: Iterable[Command],
        *,
        program: str,
        commands_per_message: int,
        new_attempts: Callable[[], Attempts],
    ) -> None:
        if commands_per_message < 1:
            raise ValueError(f"commands_per_message must be 1 or more, not {commands_per_message}")
        self._commands = iter(commands)
        self._program = program
        self._commands_per_message = commands_per_message
        self._new_attempts = new_attempts
        self._attempts = new_attempts()
        self._sequence = 0
        self._unanswered: dict[int, list[Command]] = {}
        self._doubts: dict[int, Failed] = {}
        self._moved = False
        self._broken: Exception | None = None

    def time_left(self) -> float:
        """Seconds that the next stream may take."""
        return self._attempts.time_left()

    def opening(self) -> list[StreamPostRequest]:
        """What to send first on a new stream: all that is not answered, then new ones. Empty at the end, or
        else it raises there what drawing commands has raised.
        """
        messages = [self._message(*each) for each in self._unanswered.items()]
        while len(messages) < self.MESSAGES_UNDER_WAY_MAX and (message := self.next_message()) is not None:
            messages.append(message)
        if not messages and self._broken is not None:
            raise self._broken
        return messages

    def next_message(self) -> StreamPostRequest | None:
        """The next commands, from now on not answered; None when there are no more.

        Where drawing them raises, there are no more: what was drawn until then is answered first.
        """
        commands: list[Command] = []
        try:
            commands.extend(islice(self._commands, self._commands_per_message))
        except Exception as error:  # noqa: BLE001 - the caller's own, which is raised in the end
            self._broken, self._commands = error, iter(())
        if not commands:
            return None
        self._sequence += 1
        self._unanswered[self._sequence] = commands
        return self._message(self._sequence, commands)

    def _message(self, sequence: int, commands: list[Command]) -> StreamPostRequest:
        items = map(post_command, commands)
        return StreamPostRequest(sequence=sequence, program=self._program, commands=items)

    def answered(self, response: StreamPostResponse) -> list[tuple[Command, Outcome]]:
        """Pair each command of an answered message with what became of it."""
        self._moved = True
        commands = self._unanswered.pop(response.sequence)
        doubt = self._doubts.pop(response.sequence, None)
        outcomes = [in_spite_of(doubt, outcome(result)) for result in response.results]
        return list(zip(commands, outcomes, strict=True))

    def pause_after(self, error: grpc.RpcError) -> float:
        """Seconds to wait before the next stream. Raises what the error means when there shall be none.

        A stream that got something answered before it broke is no failed attempt, whatever broke it.
        """
        failure = error_of_call(error)
        if isinstance(failure, Failed) and failure.in_doubt:
            self._doubts |= dict.fromkeys(self._unanswered, failure)
        if not self._moved:
            return self._attempts.pause_after(error)
        self._moved = False
        self._attempts = self._new_attempts()
        return 0.0

    def close(self) -> None:
        """Raise when a stream that ended well left something unanswered."""
        if self._unanswered:
            raise Failed("the server ended the stream before its last answer", code=grpc.StatusCode.UNKNOWN)
