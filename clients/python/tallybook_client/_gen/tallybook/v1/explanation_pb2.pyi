import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tallybook_client._gen.tallybook.v1 import entry_pb2 as _entry_pb2
from tallybook_client._gen.tallybook.v1 import event_pb2 as _event_pb2
from tallybook_client._gen.tallybook.v1 import rule_pb2 as _rule_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Explanation(_message.Message):
    __slots__ = ("entry", "kind", "revision", "recorded_at", "occurred_at", "sentences", "decisions", "given_back", "awaited_order_id", "rejected", "since", "postings")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SENTENCES_FIELD_NUMBER: _ClassVar[int]
    DECISIONS_FIELD_NUMBER: _ClassVar[int]
    GIVEN_BACK_FIELD_NUMBER: _ClassVar[int]
    AWAITED_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    REJECTED_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    POSTINGS_FIELD_NUMBER: _ClassVar[int]
    entry: int
    kind: str
    revision: int
    recorded_at: _timestamp_pb2.Timestamp
    occurred_at: _timestamp_pb2.Timestamp
    sentences: _containers.RepeatedScalarFieldContainer[str]
    decisions: _containers.RepeatedCompositeFieldContainer[EventDecision]
    given_back: _containers.RepeatedCompositeFieldContainer[UnitsGivenBack]
    awaited_order_id: str
    rejected: _containers.RepeatedCompositeFieldContainer[RejectedRefund]
    since: ChangeSince
    postings: _containers.RepeatedCompositeFieldContainer[_entry_pb2.Posting]
    def __init__(self, entry: _Optional[int] = ..., kind: _Optional[str] = ..., revision: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sentences: _Optional[_Iterable[str]] = ..., decisions: _Optional[_Iterable[_Union[EventDecision, _Mapping]]] = ..., given_back: _Optional[_Iterable[_Union[UnitsGivenBack, _Mapping]]] = ..., awaited_order_id: _Optional[str] = ..., rejected: _Optional[_Iterable[_Union[RejectedRefund, _Mapping]]] = ..., since: _Optional[_Union[ChangeSince, _Mapping]] = ..., postings: _Optional[_Iterable[_Union[_entry_pb2.Posting, _Mapping]]] = ...) -> None: ...

class EventDecision(_message.Message):
    __slots__ = ("event_key", "entry", "revision", "rewards", "recorded_before", "rewards_before", "skipped", "taken")
    EVENT_KEY_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    RECORDED_BEFORE_FIELD_NUMBER: _ClassVar[int]
    REWARDS_BEFORE_FIELD_NUMBER: _ClassVar[int]
    SKIPPED_FIELD_NUMBER: _ClassVar[int]
    TAKEN_FIELD_NUMBER: _ClassVar[int]
    event_key: str
    entry: int
    revision: int
    rewards: _containers.RepeatedCompositeFieldContainer[ExplainedReward]
    recorded_before: bool
    rewards_before: _containers.RepeatedCompositeFieldContainer[_event_pb2.Reward]
    skipped: _containers.RepeatedCompositeFieldContainer[_event_pb2.SkippedRule]
    taken: _containers.RepeatedCompositeFieldContainer[ReclaimedReward]
    def __init__(self, event_key: _Optional[str] = ..., entry: _Optional[int] = ..., revision: _Optional[int] = ..., rewards: _Optional[_Iterable[_Union[ExplainedReward, _Mapping]]] = ..., recorded_before: bool = ..., rewards_before: _Optional[_Iterable[_Union[_event_pb2.Reward, _Mapping]]] = ..., skipped: _Optional[_Iterable[_Union[_event_pb2.SkippedRule, _Mapping]]] = ..., taken: _Optional[_Iterable[_Union[ReclaimedReward, _Mapping]]] = ...) -> None: ...

class ExplainedReward(_message.Message):
    __slots__ = ("reward", "formula", "rounding", "lines")
    REWARD_FIELD_NUMBER: _ClassVar[int]
    FORMULA_FIELD_NUMBER: _ClassVar[int]
    ROUNDING_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    reward: _event_pb2.Reward
    formula: str
    rounding: _rule_pb2.Rounding
    lines: _containers.RepeatedCompositeFieldContainer[CountedLine]
    def __init__(self, reward: _Optional[_Union[_event_pb2.Reward, _Mapping]] = ..., formula: _Optional[str] = ..., rounding: _Optional[_Union[_rule_pb2.Rounding, str]] = ..., lines: _Optional[_Iterable[_Union[CountedLine, _Mapping]]] = ...) -> None: ...

class CountedLine(_message.Message):
    __slots__ = ("line_id", "counted", "share")
    LINE_ID_FIELD_NUMBER: _ClassVar[int]
    COUNTED_FIELD_NUMBER: _ClassVar[int]
    SHARE_FIELD_NUMBER: _ClassVar[int]
    line_id: str
    counted: int
    share: int
    def __init__(self, line_id: _Optional[str] = ..., counted: _Optional[int] = ..., share: _Optional[int] = ...) -> None: ...

class ReclaimedReward(_message.Message):
    __slots__ = ("rule", "unit", "fund", "reward", "part", "before", "amount")
    RULE_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    FUND_FIELD_NUMBER: _ClassVar[int]
    REWARD_FIELD_NUMBER: _ClassVar[int]
    PART_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    rule: str
    unit: str
    fund: str
    reward: int
    part: str
    before: int
    amount: int
    def __init__(self, rule: _Optional[str] = ..., unit: _Optional[str] = ..., fund: _Optional[str] = ..., reward: _Optional[int] = ..., part: _Optional[str] = ..., before: _Optional[int] = ..., amount: _Optional[int] = ...) -> None: ...

class UnitsGivenBack(_message.Message):
    __slots__ = ("spent_by", "entry", "unit", "amount")
    SPENT_BY_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    spent_by: int
    entry: int
    unit: str
    amount: int
    def __init__(self, spent_by: _Optional[int] = ..., entry: _Optional[int] = ..., unit: _Optional[str] = ..., amount: _Optional[int] = ...) -> None: ...

class RejectedRefund(_message.Message):
    __slots__ = ("refund_id", "problem")
    REFUND_ID_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    refund_id: str
    problem: str
    def __init__(self, refund_id: _Optional[str] = ..., problem: _Optional[str] = ...) -> None: ...

class ChangeSince(_message.Message):
    __slots__ = ("anew", "rewards", "taken")
    ANEW_FIELD_NUMBER: _ClassVar[int]
    REWARDS_FIELD_NUMBER: _ClassVar[int]
    TAKEN_FIELD_NUMBER: _ClassVar[int]
    anew: bool
    rewards: _containers.RepeatedCompositeFieldContainer[_event_pb2.Reward]
    taken: _containers.RepeatedCompositeFieldContainer[_event_pb2.TakenReward]
    def __init__(self, anew: bool = ..., rewards: _Optional[_Iterable[_Union[_event_pb2.Reward, _Mapping]]] = ..., taken: _Optional[_Iterable[_Union[_event_pb2.TakenReward, _Mapping]]] = ...) -> None: ...
