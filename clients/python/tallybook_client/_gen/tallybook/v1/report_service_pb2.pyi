import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetTrialBalanceRequest(_message.Message):
    __slots__ = ("program", "unit")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    UNIT_FIELD_NUMBER: _ClassVar[int]
    program: str
    unit: str
    def __init__(self, program: _Optional[str] = ..., unit: _Optional[str] = ...) -> None: ...

class GetTrialBalanceResponse(_message.Message):
    __slots__ = ("rows", "as_of")
    ROWS_FIELD_NUMBER: _ClassVar[int]
    AS_OF_FIELD_NUMBER: _ClassVar[int]
    rows: _containers.RepeatedCompositeFieldContainer[TrialBalanceRow]
    as_of: _timestamp_pb2.Timestamp
    def __init__(self, rows: _Optional[_Iterable[_Union[TrialBalanceRow, _Mapping]]] = ..., as_of: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class TrialBalanceRow(_message.Message):
    __slots__ = ("unit", "account", "fund", "amount")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    FUND_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    unit: str
    account: str
    fund: str
    amount: str
    def __init__(self, unit: _Optional[str] = ..., account: _Optional[str] = ..., fund: _Optional[str] = ..., amount: _Optional[str] = ...) -> None: ...

class GetStoredValueReportRequest(_message.Message):
    __slots__ = ("program",)
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    program: str
    def __init__(self, program: _Optional[str] = ...) -> None: ...

class GetStoredValueReportResponse(_message.Message):
    __slots__ = ("sheets",)
    SHEETS_FIELD_NUMBER: _ClassVar[int]
    sheets: _containers.RepeatedCompositeFieldContainer[MoneySheet]
    def __init__(self, sheets: _Optional[_Iterable[_Union[MoneySheet, _Mapping]]] = ...) -> None: ...

class MoneySheet(_message.Message):
    __slots__ = ("unit", "currency", "principal", "bonus", "balances")
    UNIT_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    BONUS_FIELD_NUMBER: _ClassVar[int]
    BALANCES_FIELD_NUMBER: _ClassVar[int]
    unit: str
    currency: str
    principal: FundSheet
    bonus: FundSheet
    balances: bool
    def __init__(self, unit: _Optional[str] = ..., currency: _Optional[str] = ..., principal: _Optional[_Union[FundSheet, _Mapping]] = ..., bonus: _Optional[_Union[FundSheet, _Mapping]] = ..., balances: bool = ...) -> None: ...

class FundSheet(_message.Message):
    __slots__ = ("came_in", "with_members", "spent", "paid_back", "lapsed", "forfeited")
    CAME_IN_FIELD_NUMBER: _ClassVar[int]
    WITH_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    SPENT_FIELD_NUMBER: _ClassVar[int]
    PAID_BACK_FIELD_NUMBER: _ClassVar[int]
    LAPSED_FIELD_NUMBER: _ClassVar[int]
    FORFEITED_FIELD_NUMBER: _ClassVar[int]
    came_in: str
    with_members: str
    spent: str
    paid_back: str
    lapsed: str
    forfeited: str
    def __init__(self, came_in: _Optional[str] = ..., with_members: _Optional[str] = ..., spent: _Optional[str] = ..., paid_back: _Optional[str] = ..., lapsed: _Optional[str] = ..., forfeited: _Optional[str] = ...) -> None: ...

class VerifyRequest(_message.Message):
    __slots__ = ("program", "member")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    program: str
    member: str
    def __init__(self, program: _Optional[str] = ..., member: _Optional[str] = ...) -> None: ...

class VerifyResponse(_message.Message):
    __slots__ = ("progress", "disagreement", "summary")
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    DISAGREEMENT_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    progress: VerifyProgress
    disagreement: VerifyDisagreement
    summary: VerifySummary
    def __init__(self, progress: _Optional[_Union[VerifyProgress, _Mapping]] = ..., disagreement: _Optional[_Union[VerifyDisagreement, _Mapping]] = ..., summary: _Optional[_Union[VerifySummary, _Mapping]] = ...) -> None: ...

class VerifyProgress(_message.Message):
    __slots__ = ("members_done", "members_total", "entries_done")
    MEMBERS_DONE_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_TOTAL_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_DONE_FIELD_NUMBER: _ClassVar[int]
    members_done: int
    members_total: int
    entries_done: int
    def __init__(self, members_done: _Optional[int] = ..., members_total: _Optional[int] = ..., entries_done: _Optional[int] = ...) -> None: ...

class VerifyDisagreement(_message.Message):
    __slots__ = ("member", "entry", "problem")
    MEMBER_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    member: str
    entry: int
    problem: str
    def __init__(self, member: _Optional[str] = ..., entry: _Optional[int] = ..., problem: _Optional[str] = ...) -> None: ...

class VerifySummary(_message.Message):
    __slots__ = ("members", "entries", "disagreements")
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    DISAGREEMENTS_FIELD_NUMBER: _ClassVar[int]
    members: int
    entries: int
    disagreements: int
    def __init__(self, members: _Optional[int] = ..., entries: _Optional[int] = ..., disagreements: _Optional[int] = ...) -> None: ...
