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
    ListProgramRevisionsRequest,
    ListProgramRevisionsResponse,
    ListProgramsRequest,
    ListProgramsResponse,
)

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import Context, unary
from tallybook_server.convert_days import moment
from tallybook_server.convert_program import (
    change_message,
    program_message,
    revision_line_message,
    revision_message,
)
from tallybook_server.methods import Handler
from tallybook_server.pages import rows_that_fit

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
        "ListProgramRevisions": slow(ListProgramRevisionsRequest, _list_revisions),
    }


def _apply(book: tb.Book, request: ApplyProgramRequest) -> ApplyProgramResponse:
    trial = request.validate_only
    at = moment("apply_time", request.apply_time) if request.HasField("apply_time") else None
    try:
        applied = book.apply(request.document, at=at, etag=request.etag or None, simulate=trial)
    except tb.InvalidInput as error:
        raise tb.InvalidInput("apply_time" if error.field == "at" else error.field, error.problem) from error
    if trial and not applied.unchanged:
        program = program_message(request.document, applied.revision, applied.etag)
    else:
        program = revision_message(book.program(applied.program, applied.revision))
    return ApplyProgramResponse(
        revision=applied.revision,
        etag=applied.etag,
        program=program,
        unchanged=applied.unchanged,
        changes=map(change_message, applied.changes),
        moves_days=applied.moves_days,
    )


def _get(book: tb.Book, request: GetProgramRequest) -> GetProgramResponse:
    _check_program(request.program)
    if request.HasField("revision") and request.revision < 1:
        raise tb.InvalidInput("revision", f"must be above zero, not {request.revision}")
    revision = request.revision if request.HasField("revision") else None
    return GetProgramResponse(program=revision_message(book.program(request.program, revision)))


def _list(book: tb.Book, request: ListProgramsRequest) -> ListProgramsResponse:
    size = _page_size(request.page_size)
    found = book.programs(after=_position("programs", request.page_token), limit=size + 1)
    programs = [revision_message(revision) for revision in found[:size]]
    size = rows_that_fit(programs)
    more = _token("programs", found[size - 1].program) if len(found) > size else ""
    return ListProgramsResponse(programs=programs[:size], next_page_token=more)


def _list_revisions(book: tb.Book, request: ListProgramRevisionsRequest) -> ListProgramRevisionsResponse:
    _check_program(request.program)
    size, of = _page_size(request.page_size), f"revisions/{request.program}"
    position = _position(of, request.page_token)
    found = book.revisions(request.program, before=int(position) if position else None, limit=size + 1)
    more = _token(of, str(found[size - 1].revision)) if len(found) > size else ""
    return ListProgramRevisionsResponse(
        revisions=map(revision_line_message, found[:size]), next_page_token=more
    )


def _check_program(program: str) -> None:
    if not program:
        raise tb.InvalidInput("program", "must not be empty")


def _page_size(asked: int) -> int:
    if asked < 0:
        raise tb.InvalidInput("page_size", f"must be zero or more, not {asked}")
    return min(asked, PAGE_SIZE_MAX) or PAGE_SIZE_DEFAULT


def _token(of: str, position: str) -> str:
    return base64.urlsafe_b64encode(_digest(of, position) + position.encode()).decode().rstrip("=")


def _position(of: str, token: str) -> str:
    """What a page of a list begins behind. Its digest tells an edited token; it grants nothing."""
    if not token:
        return ""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        position = raw[_DIGEST_BYTES:].decode()
    except (binascii.Error, ValueError):
        raise tb.PageTokenInvalid(problem="it is not a token of ours") from None
    if _token(of, position) != token:
        raise tb.PageTokenInvalid(problem="it was edited, or belongs to another list")
    return position


def _digest(of: str, position: str) -> bytes:
    return hashlib.blake2b(f"{of}\x00{position}".encode(), digest_size=_DIGEST_BYTES).digest()
