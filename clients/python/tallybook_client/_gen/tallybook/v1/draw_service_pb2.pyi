from tallybook_client._gen.tallybook.v1 import draw_pb2 as _draw_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetDrawRequest(_message.Message):
    __slots__ = ("program", "draw", "round")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    DRAW_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    program: str
    draw: str
    round: int
    def __init__(self, program: _Optional[str] = ..., draw: _Optional[str] = ..., round: _Optional[int] = ...) -> None: ...

class GetDrawResponse(_message.Message):
    __slots__ = ("draw",)
    DRAW_FIELD_NUMBER: _ClassVar[int]
    draw: _draw_pb2.DrawRound
    def __init__(self, draw: _Optional[_Union[_draw_pb2.DrawRound, _Mapping]] = ...) -> None: ...

class ListDrawsRequest(_message.Message):
    __slots__ = ("program", "draw", "round", "page_size", "page_token")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    DRAW_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    program: str
    draw: str
    round: int
    page_size: int
    page_token: str
    def __init__(self, program: _Optional[str] = ..., draw: _Optional[str] = ..., round: _Optional[int] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDrawsResponse(_message.Message):
    __slots__ = ("results", "next_page_token")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[_draw_pb2.DrawResult]
    next_page_token: str
    def __init__(self, results: _Optional[_Iterable[_Union[_draw_pb2.DrawResult, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetDrawStandingRequest(_message.Message):
    __slots__ = ("program", "member", "draw")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    DRAW_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    draw: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., draw: _Optional[str] = ...) -> None: ...

class GetDrawStandingResponse(_message.Message):
    __slots__ = ("problem", "left", "cost_unit", "cost", "round", "misses", "guarantee_after")
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    LEFT_FIELD_NUMBER: _ClassVar[int]
    COST_UNIT_FIELD_NUMBER: _ClassVar[int]
    COST_FIELD_NUMBER: _ClassVar[int]
    ROUND_FIELD_NUMBER: _ClassVar[int]
    MISSES_FIELD_NUMBER: _ClassVar[int]
    GUARANTEE_AFTER_FIELD_NUMBER: _ClassVar[int]
    problem: str
    left: int
    cost_unit: str
    cost: int
    round: int
    misses: int
    guarantee_after: int
    def __init__(self, problem: _Optional[str] = ..., left: _Optional[int] = ..., cost_unit: _Optional[str] = ..., cost: _Optional[int] = ..., round: _Optional[int] = ..., misses: _Optional[int] = ..., guarantee_after: _Optional[int] = ...) -> None: ...

class ListWonGoodsRequest(_message.Message):
    __slots__ = ("program", "member", "page_size", "page_token")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    page_size: int
    page_token: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListWonGoodsResponse(_message.Message):
    __slots__ = ("goods", "next_page_token")
    GOODS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    goods: _containers.RepeatedCompositeFieldContainer[_draw_pb2.WonGoods]
    next_page_token: str
    def __init__(self, goods: _Optional[_Iterable[_Union[_draw_pb2.WonGoods, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetRedPacketRequest(_message.Message):
    __slots__ = ("program", "packet")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    PACKET_FIELD_NUMBER: _ClassVar[int]
    program: str
    packet: str
    def __init__(self, program: _Optional[str] = ..., packet: _Optional[str] = ...) -> None: ...

class GetRedPacketResponse(_message.Message):
    __slots__ = ("red_packet",)
    RED_PACKET_FIELD_NUMBER: _ClassVar[int]
    red_packet: _draw_pb2.RedPacket
    def __init__(self, red_packet: _Optional[_Union[_draw_pb2.RedPacket, _Mapping]] = ...) -> None: ...
