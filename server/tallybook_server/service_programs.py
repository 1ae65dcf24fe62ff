"""ProgramService: the configuration that everything else is decided by."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

import tallybook as tb
from google.protobuf.message import Message
from tallybook_client._gen.tallybook.v1.program_service_pb2 import (
    DESCRIPTOR,
    ApplyProgramRequest,
    ApplyProgramResponse,
    GetProgramRequest,
    GetProgramResponse,
    ListProgramsRequest,
    ListProgramsResponse,
)

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import Context, unary
from tallybook_server.convert_program import program_message, revision_message
from tallybook_server.methods import Handler

NAME: Final = DESCRIPTOR.services_by_name["ProgramService"].full_name
PAGE_SIZE_DEFAULT: Final = 50
PAGE_SIZE_MAX: Final = 100
"""A program comes with its whole document, and a message has its limit."""

_DIGEST_BYTES: Final = 9


def handlers(lanes: Lanes) -> dict[str, Handler]:
    """The rpcs by name. They are rare, and each is carried out by a thread of its own."""

    def slow(kind: type[Message], act: Callable[[tb.Book, Any], Message]) -> Handler:
        def start(request: Any, context: Context) -> Awaitable[Message]:
            return asyncio.get_running_loop().run_in_executor(lanes.slow, partial(act, lanes.book, request))

        return unary(kind, start, lambda _, response: response)

    return {
        "ApplyProgram": slow(ApplyProgramRequest, _apply),
        "GetProgram": slow(GetProgramRequest, _get),
        "ListPrograms": slow(ListProgramsRequest, _list),
    }


def _apply(book: tb.Book, request: ApplyProgramRequest) -> ApplyProgramResponse:
    trial = request.validate_only
    applied = book.apply(request.document, etag=request.etag or None, simulate=trial)
    if trial and not applied.unchanged:
        program = program_message(request.document, applied.revision, applied.etag, None)
    else:
        program = revision_message(book.program(applied.program, applied.revision))
    return ApplyProgramResponse(
        revision=applied.revision, etag=applied.etag, program=program, unchanged=applied.unchanged
    )


def _get(book: tb.Book, request: GetProgramRequest) -> GetProgramResponse:
    if not request.program:
        raise tb.InvalidInput("program", "must not be empty")
    if request.HasField("revision") and request.revision < 1:
        raise tb.InvalidInput("revision", f"must be above zero, not {request.revision}")
    revision = request.revision if request.HasField("revision") else None
    return GetProgramResponse(program=revision_message(book.program(request.program, revision)))


def _list(book: tb.Book, request: ListProgramsRequest) -> ListProgramsResponse:
    if request.page_size < 0:
        raise tb.InvalidInput("page_size", f"must be zero or more, not {request.page_size}")
    size = min(request.page_size, PAGE_SIZE_MAX) or PAGE_SIZE_DEFAULT
    found = book.programs(after=_position(request.page_token), limit=size + 1)
    more = _token(found[size - 1].program) if len(found) > size else ""
    return ListProgramsResponse(
        programs=[revision_message(revision) for revision in found[:size]], next_page_token=more
    )


def _token(program: str) -> str:
    return base64.urlsafe_b64encode(_digest(program) + program.encode()).decode().rstrip("=")


def _position(token: str) -> str:
    """The program that a page begins after. Its digest tells an edited token; it grants nothing."""
    if not token:
        return ""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        program = raw[_DIGEST_BYTES:].decode()
    except (binascii.Error, ValueError):
        raise tb.PageTokenInvalid(problem="it is not a token of ours") from None
    if _token(program) != token:
        raise tb.PageTokenInvalid(problem="it was edited, or belongs to another list")
    return program


def _digest(program: str) -> bytes:
    return hashlib.blake2b(b"programs\x00" + program.encode(), digest_size=_DIGEST_BYTES).digest()
