"""Programs: to apply them, and to read them. Knows no channel."""

from datetime import datetime

from tallybook_client._gen.tallybook.v1.program_service_pb2 import (
    ApplyProgramRequest,
    GetProgramRequest,
    ListProgramRevisionsRequest,
    ListProgramsRequest,
)

from .circumstances import timestamp


def apply_program(
    document: str, *, apply_time: datetime | None = None, etag: str = "", validate_only: bool = False
) -> ApplyProgramRequest:
    """Make a document, YAML or JSON, its program's next revision, at once or at `apply_time`.

    `etag`, of the newest revision, guards against another editor. The reply tells what changes against that;
    with `validate_only`, that is all that happens.
    """
    return ApplyProgramRequest(
        document=document, apply_time=timestamp(apply_time), etag=etag, validate_only=validate_only
    )


def get_program(*, revision: int | None = None) -> GetProgramRequest:
    """Read the program, as it is in force or as it was at a revision."""
    return GetProgramRequest(revision=revision)


def list_programs(*, page_size: int = 0) -> ListProgramsRequest:
    """Read all programs. Pages are fetched as needed."""
    return ListProgramsRequest(page_size=page_size)


def list_program_revisions(*, page_size: int = 0) -> ListProgramRevisionsRequest:
    """Read when each revision of the program takes force, the newest first. Pages are fetched as needed."""
    return ListProgramRevisionsRequest(page_size=page_size)
