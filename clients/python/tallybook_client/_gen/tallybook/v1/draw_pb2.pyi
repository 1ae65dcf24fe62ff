import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DrawGiftKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DRAW_GIFT_KIND_UNSPECIFIED: _ClassVar[DrawGiftKind]
    DRAW_GIFT_KIND_UNITS: _ClassVar[DrawGiftKind]
    DRAW_GIFT_KIND_BONUS: _ClassVar[DrawGiftKind]
    DRAW_GIFT_KIND_MEMBERSHIP_DAYS: _ClassVar[DrawGiftKind]
    DRAW_GIFT_KIND_COUPON: _ClassVar[DrawGiftKind]
    DRAW_GIFT_KIND_GOODS: _ClassVar[DrawGiftKind]

class RedPacketState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RED_PACKET_STATE_UNSPECIFIED: _ClassVar[RedPacketState]
    RED_PACKET_STATE_OPEN: _ClassVar[RedPacketState]
    RED_PACKET_STATE_DONE: _ClassVar[RedPacketState]
    RED_PACKET_STATE_LAPSED: _ClassVar[RedPacketState]
DRAW_GIFT_KIND_UNSPECIFIED: DrawGiftKind
DRAW_GIFT_KIND_UNITS: DrawGiftKind
DRAW_GIFT_KIND_BONUS: DrawGiftKind
DRAW_GIFT_KIND_MEMBERSHIP_DAYS: DrawGiftKind
DRAW_GIFT_KIND_COUPON: DrawGiftKind
DRAW_GIFT_KIND_GOODS: DrawGiftKind
RED_PACKET_STATE_UNSPECIFIED: RedPacketState
RED_PACKET_STATE_OPEN: RedPacketState
RED_PACKET_STATE_DONE: RedPacketState
RED_PACKET_STATE_LAPSED: RedPacketState

class DrawGift(_message.Message):
    __slots__ = ("kind", "named", "amount")
    KIND_FIELD_NUMBER: _ClassVar[int]
    NAMED_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    kind: DrawGiftKind
    named: str
    amount: int
    def __init__(self, kind: _Optional[_Union[DrawGiftKind, str]] = ..., named: _Optional[str] = ..., amount: _Optional[int] = ...) -> None: ...

class PrizeOdds(_message.Message):
    __slots__ = ("prize", "weight", "stock", "most_per_member", "is_sure")
    PRIZE_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    STOCK_FIELD_NUMBER: _ClassVar[int]
    MOST_PER_MEMBER_FIELD_NUMBER: _ClassVar[int]
    IS_SURE_FIELD_NUMBER: _ClassVar[int]
    prize: str
    weight: int
    stock: int
    most_per_member: int
    is_sure: bool
    def __init__(self, prize: _Optional[str] = ..., weight: _Optional[int] = ..., stock: _Optional[int] = ..., most_per_member: _Optional[int] = ..., is_sure: bool = ...) -> None: ...

class OddsTable(_message.Message):
    __slots__ = ("hash", "odds", "blank_weight", "guarantee_after", "fallback")
    HASH_FIELD_NUMBER: _ClassVar[int]
    ODDS_FIELD_NUMBER: _ClassVar[int]
    BLANK_WEIGHT_FIELD_NUMBER: _ClassVar[int]
    GUARANTEE_AFTER_FIELD_NUMBER: _ClassVar[int]
    FALLBACK_FIELD_NUMBER: _ClassVar[int]
    hash: str
    odds: _containers.RepeatedCompositeFieldContainer[PrizeOdds]
    blank_weight: int
    guarantee_after: int
    fallback: str
    def __init__(self, hash: _Optional[str] = ..., odds: _Optional[_Iterable[_Union[PrizeOdds, _Mapping]]] = ..., blank_weight: _Optional[int] = ..., guarantee_after: _Optional[int] = ..., fallback: _Optional[str] = ...) -> None: ...

class DrawPrize(_message.Message):
    __slots__ = ("prize", "display_name", "weight", "left", "gives")
    PRIZE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    GIVES_FIELD_NUMBER: _ClassVar[int]
    prize: str
    display_name: str
    weight: int
    left: int
    gives: _containers.RepeatedCompositeFieldContainer[DrawGift]
    def __init__(self, prize: _Optional[str] = ..., display_name: _Optional[str] = ..., weight: _Optional[int] = ..., left: _Optional[int] = ..., gives: _Optional[_Iterable[_Union[DrawGift, _Mapping]]] = ...) -> None: ...

class DrawRound(_message.Message):
    __slots__ = ("draw", "display_name", "round", "commitment", "seed", "record", "results", "opened_at", "closed_at", "given_before", "tables", "prizes")
    class GivenBeforeEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    DRAW_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    COMMITMENT_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    OPENED_AT_FIELD_NUMBER: _ClassVar[int]
    CLOSED_AT_FIELD_NUMBER: _ClassVar[int]
    GIVEN_BEFORE_FIELD_NUMBER: _ClassVar[int]
    TABLES_FIELD_NUMBER: _ClassVar[int]
    PRIZES_FIELD_NUMBER: _ClassVar[int]
    draw: str
    display_name: str
    round: int
    commitment: str
    seed: str
    record: str
    results: int
    opened_at: _timestamp_pb2.Timestamp
    closed_at: _timestamp_pb2.Timestamp
    given_before: _containers.ScalarMap[str, int]
    tables: _containers.RepeatedCompositeFieldContainer[OddsTable]
    prizes: _containers.RepeatedCompositeFieldContainer[DrawPrize]
    def __init__(self, draw: _Optional[str] = ..., display_name: _Optional[str] = ..., round: _Optional[int] = ..., commitment: _Optional[str] = ..., seed: _Optional[str] = ..., record: _Optional[str] = ..., results: _Optional[int] = ..., opened_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., closed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., given_before: _Optional[_Mapping[str, int]] = ..., tables: _Optional[_Iterable[_Union[OddsTable, _Mapping]]] = ..., prizes: _Optional[_Iterable[_Union[DrawPrize, _Mapping]]] = ...) -> None: ...

class DrawResult(_message.Message):
    __slots__ = ("ordinal", "alias", "nonce", "table", "prize", "record")
    ORDINAL_FIELD_NUMBER: _ClassVar[int]
    ALIAS_FIELD_NUMBER: _ClassVar[int]
    NONCE_FIELD_NUMBER: _ClassVar[int]
    TABLE_FIELD_NUMBER: _ClassVar[int]
    PRIZE_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    ordinal: int
    alias: str
    nonce: str
    table: str
    prize: str
    record: str
    def __init__(self, ordinal: _Optional[int] = ..., alias: _Optional[str] = ..., nonce: _Optional[str] = ..., table: _Optional[str] = ..., prize: _Optional[str] = ..., record: _Optional[str] = ...) -> None: ...

class WonGoods(_message.Message):
    __slots__ = ("won", "draw", "prize", "goods", "won_at", "delivered_at", "carrier", "number")
    WON_FIELD_NUMBER: _ClassVar[int]
    DRAW_FIELD_NUMBER: _ClassVar[int]
    PRIZE_FIELD_NUMBER: _ClassVar[int]
    GOODS_FIELD_NUMBER: _ClassVar[int]
    WON_AT_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_AT_FIELD_NUMBER: _ClassVar[int]
    CARRIER_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    won: str
    draw: str
    prize: str
    goods: str
    won_at: _timestamp_pb2.Timestamp
    delivered_at: _timestamp_pb2.Timestamp
    carrier: str
    number: str
    def __init__(self, won: _Optional[str] = ..., draw: _Optional[str] = ..., prize: _Optional[str] = ..., goods: _Optional[str] = ..., won_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delivered_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., carrier: _Optional[str] = ..., number: _Optional[str] = ...) -> None: ...

class RedPacketShare(_message.Message):
    __slots__ = ("ordinal", "alias", "amount", "record")
    ORDINAL_FIELD_NUMBER: _ClassVar[int]
    ALIAS_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    ordinal: int
    alias: str
    amount: int
    record: str
    def __init__(self, ordinal: _Optional[int] = ..., alias: _Optional[str] = ..., amount: _Optional[int] = ..., record: _Optional[str] = ...) -> None: ...

class RedPacket(_message.Message):
    __slots__ = ("packet", "packet_kind", "giver", "unit", "total", "shares", "state", "claimed", "made_at", "ends_at", "commitment", "seed", "record", "claims")
    PACKET_FIELD_NUMBER: _ClassVar[int]
    PACKET_KIND_FIELD_NUMBER: _ClassVar[int]
    GIVER_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    SHARES_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CLAIMED_FIELD_NUMBER: _ClassVar[int]
    MADE_AT_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    COMMITMENT_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    CLAIMS_FIELD_NUMBER: _ClassVar[int]
    packet: str
    packet_kind: str
    giver: str
    unit: str
    total: int
    shares: int
    state: RedPacketState
    claimed: int
    made_at: _timestamp_pb2.Timestamp
    ends_at: _timestamp_pb2.Timestamp
    commitment: str
    seed: str
    record: str
    claims: _containers.RepeatedCompositeFieldContainer[RedPacketShare]
    def __init__(self, packet: _Optional[str] = ..., packet_kind: _Optional[str] = ..., giver: _Optional[str] = ..., unit: _Optional[str] = ..., total: _Optional[int] = ..., shares: _Optional[int] = ..., state: _Optional[_Union[RedPacketState, str]] = ..., claimed: _Optional[int] = ..., made_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., ends_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., commitment: _Optional[str] = ..., seed: _Optional[str] = ..., record: _Optional[str] = ..., claims: _Optional[_Iterable[_Union[RedPacketShare, _Mapping]]] = ...) -> None: ...

class OpenDrawRequest(_message.Message):
    __slots__ = ("program", "draw", "request_id", "occurred_at", "source", "reason", "metadata")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    DRAW_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    program: str
    draw: str
    request_id: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    def __init__(self, program: _Optional[str] = ..., draw: _Optional[str] = ..., request_id: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ...) -> None: ...

class OpenDrawResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "draw", "round", "commitment", "record")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    DRAW_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    COMMITMENT_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    draw: str
    round: int
    commitment: str
    record: str
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., draw: _Optional[str] = ..., round: _Optional[int] = ..., commitment: _Optional[str] = ..., record: _Optional[str] = ...) -> None: ...

class CloseDrawRequest(_message.Message):
    __slots__ = ("program", "draw", "request_id", "occurred_at", "source", "reason", "metadata")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    DRAW_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    program: str
    draw: str
    request_id: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    def __init__(self, program: _Optional[str] = ..., draw: _Optional[str] = ..., request_id: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ...) -> None: ...

class CloseDrawResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "draw", "round", "results", "seed", "commitment", "record")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    DRAW_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    COMMITMENT_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    draw: str
    round: int
    results: int
    seed: str
    commitment: str
    record: str
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., draw: _Optional[str] = ..., round: _Optional[int] = ..., results: _Optional[int] = ..., seed: _Optional[str] = ..., commitment: _Optional[str] = ..., record: _Optional[str] = ...) -> None: ...

class DrawRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "draw", "nonce", "occurred_at", "source", "reason", "metadata")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    DRAW_FIELD_NUMBER: _ClassVar[int]
    NONCE_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    draw: str
    nonce: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., draw: _Optional[str] = ..., nonce: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ...) -> None: ...

class DrawResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "draw", "round", "ordinal", "alias", "nonce", "record", "prize", "display_name", "gave", "won", "cost_unit", "cost")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    DRAW_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    ORDINAL_FIELD_NUMBER: _ClassVar[int]
    ALIAS_FIELD_NUMBER: _ClassVar[int]
    NONCE_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    PRIZE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    GAVE_FIELD_NUMBER: _ClassVar[int]
    WON_FIELD_NUMBER: _ClassVar[int]
    COST_UNIT_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    draw: str
    round: int
    ordinal: int
    alias: str
    nonce: str
    record: str
    prize: str
    display_name: str
    gave: _containers.RepeatedCompositeFieldContainer[DrawGift]
    won: str
    cost_unit: str
    cost: int
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., draw: _Optional[str] = ..., round: _Optional[int] = ..., ordinal: _Optional[int] = ..., alias: _Optional[str] = ..., nonce: _Optional[str] = ..., record: _Optional[str] = ..., prize: _Optional[str] = ..., display_name: _Optional[str] = ..., gave: _Optional[_Iterable[_Union[DrawGift, _Mapping]]] = ..., won: _Optional[str] = ..., cost_unit: _Optional[str] = ..., cost: _Optional[int] = ...) -> None: ...

class DeliverPrizeRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "won", "carrier", "number", "occurred_at", "source", "reason", "metadata")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    WON_FIELD_NUMBER: _ClassVar[int]
    CARRIER_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    won: str
    carrier: str
    number: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., won: _Optional[str] = ..., carrier: _Optional[str] = ..., number: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ...) -> None: ...

class DeliverPrizeResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "won", "prize", "goods")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    WON_FIELD_NUMBER: _ClassVar[int]
    PRIZE_FIELD_NUMBER: _ClassVar[int]
    GOODS_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    won: str
    prize: str
    goods: str
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., won: _Optional[str] = ..., prize: _Optional[str] = ..., goods: _Optional[str] = ...) -> None: ...

class CreateRedPacketRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "packet", "packet_kind", "total", "shares", "occurred_at", "source", "reason", "metadata")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PACKET_FIELD_NUMBER: _ClassVar[int]
    PACKET_KIND_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    SHARES_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    packet: str
    packet_kind: str
    total: int
    shares: int
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., packet: _Optional[str] = ..., packet_kind: _Optional[str] = ..., total: _Optional[int] = ..., shares: _Optional[int] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ...) -> None: ...

class CreateRedPacketResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "packet", "unit", "total", "shares", "ends_at", "commitment", "record")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    PACKET_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    SHARES_FIELD_NUMBER: _ClassVar[int]
    ENDS_AT_FIELD_NUMBER: _ClassVar[int]
    COMMITMENT_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    packet: str
    unit: str
    total: int
    shares: int
    ends_at: _timestamp_pb2.Timestamp
    commitment: str
    record: str
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., packet: _Optional[str] = ..., unit: _Optional[str] = ..., total: _Optional[int] = ..., shares: _Optional[int] = ..., ends_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., commitment: _Optional[str] = ..., record: _Optional[str] = ...) -> None: ...

class ClaimRedPacketRequest(_message.Message):
    __slots__ = ("program", "member", "request_id", "packet", "occurred_at", "source", "reason", "metadata")
    class MetadataEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    PACKET_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    request_id: str
    packet: str
    occurred_at: _timestamp_pb2.Timestamp
    source: str
    reason: str
    metadata: _containers.ScalarMap[str, str]
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., request_id: _Optional[str] = ..., packet: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., reason: _Optional[str] = ..., metadata: _Optional[_Mapping[str, str]] = ...) -> None: ...

class ClaimRedPacketResponse(_message.Message):
    __slots__ = ("entry", "recorded_at", "replayed", "packet", "unit", "amount", "ordinal", "shares", "alias", "record")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    PACKET_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ORDINAL_FIELD_NUMBER: _ClassVar[int]
    SHARES_FIELD_NUMBER: _ClassVar[int]
    ALIAS_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    entry: int
    recorded_at: _timestamp_pb2.Timestamp
    replayed: bool
    packet: str
    unit: str
    amount: int
    ordinal: int
    shares: int
    alias: str
    record: str
    def __init__(self, entry: _Optional[int] = ..., recorded_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., replayed: bool = ..., packet: _Optional[str] = ..., unit: _Optional[str] = ..., amount: _Optional[int] = ..., ordinal: _Optional[int] = ..., shares: _Optional[int] = ..., alias: _Optional[str] = ..., record: _Optional[str] = ...) -> None: ...
