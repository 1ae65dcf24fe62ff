import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from tallybook_client._gen.tallybook.v1 import program_pb2 as _program_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ApplyProgramRequest(_message.Message):
    __slots__ = ("document", "etag", "validate_only", "apply_time")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    APPLY_TIME_FIELD_NUMBER: _ClassVar[int]
    document: str
    etag: str
    validate_only: bool
    apply_time: _timestamp_pb2.Timestamp
    def __init__(self, document: _Optional[str] = ..., etag: _Optional[str] = ..., validate_only: bool = ..., apply_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ApplyProgramResponse(_message.Message):
    __slots__ = ("revision", "etag", "program", "unchanged", "changes", "moves_days")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    UNCHANGED_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    MOVES_DAYS_FIELD_NUMBER: _ClassVar[int]
    revision: int
    etag: str
    program: _program_pb2.Program
    unchanged: bool
    changes: _containers.RepeatedCompositeFieldContainer[ProgramChange]
    moves_days: bool
    def __init__(self, revision: _Optional[int] = ..., etag: _Optional[str] = ..., program: _Optional[_Union[_program_pb2.Program, _Mapping]] = ..., unchanged: bool = ..., changes: _Optional[_Iterable[_Union[ProgramChange, _Mapping]]] = ..., moves_days: bool = ...) -> None: ...

class ProgramChange(_message.Message):
    __slots__ = ("path", "before", "after")
    PATH_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    path: str
    before: str
    after: str
    def __init__(self, path: _Optional[str] = ..., before: _Optional[str] = ..., after: _Optional[str] = ...) -> None: ...

class GetProgramRequest(_message.Message):
    __slots__ = ("program", "revision")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    program: str
    revision: int
    def __init__(self, program: _Optional[str] = ..., revision: _Optional[int] = ...) -> None: ...

class GetProgramResponse(_message.Message):
    __slots__ = ("program",)
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    program: _program_pb2.Program
    def __init__(self, program: _Optional[_Union[_program_pb2.Program, _Mapping]] = ...) -> None: ...

class ListProgramsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListProgramsResponse(_message.Message):
    __slots__ = ("programs", "next_page_token")
    PROGRAMS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    programs: _containers.RepeatedCompositeFieldContainer[_program_pb2.Program]
    next_page_token: str
    def __init__(self, programs: _Optional[_Iterable[_Union[_program_pb2.Program, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListProgramRevisionsRequest(_message.Message):
    __slots__ = ("program", "page_size", "page_token")
    PROGRAM_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    program: str
    page_size: int
    page_token: str
    def __init__(self, program: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListProgramRevisionsResponse(_message.Message):
    __slots__ = ("revisions", "next_page_token")
    REVISIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    revisions: _containers.RepeatedCompositeFieldContainer[ProgramRevision]
    next_page_token: str
    def __init__(self, revisions: _Optional[_Iterable[_Union[ProgramRevision, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ProgramRevision(_message.Message):
    __slots__ = ("revision", "etag", "applied_at", "in_force_from")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    APPLIED_AT_FIELD_NUMBER: _ClassVar[int]
    IN_FORCE_FROM_FIELD_NUMBER: _ClassVar[int]
    revision: int
    etag: str
    applied_at: _timestamp_pb2.Timestamp
    in_force_from: _timestamp_pb2.Timestamp
    def __init__(self, revision: _Optional[int] = ..., etag: _Optional[str] = ..., applied_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., in_force_from: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
