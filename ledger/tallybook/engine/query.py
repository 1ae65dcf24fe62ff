"""What a query is, and one that a folio answers. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec

from tallybook.engine.checks import check_id
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey
from tallybook.programs.program import Program

A = TypeVar("A")


class Query(msgspec.Struct, Generic[A], frozen=True, kw_only=True):
    """A question to the book about one program. Raises `InvalidInput` when it makes no sense in itself."""

    program: str

    def __post_init__(self) -> None:
        check_id("program", self.program)
        self.check()

    def check(self) -> None:
        """Check the fields of this kind of query; raise `InvalidInput`."""


class FolioQuery(Query[A], frozen=True, kw_only=True):
    """A question that one member's folio answers: many of them are read together."""

    member: str

    def __post_init__(self) -> None:
        check_id("member", self.member)
        super().__post_init__()

    def named_hold(self) -> str | None:
        """The hold this is about, if there is one."""
        return None

    def named_notes(self) -> Sequence[NoteKey]:
        """The filed notes this is about."""
        return ()

    def answer(self, folio: Folio, program: Program, now: datetime) -> A:
        """The answer, from a folio that was settled in memory. Pure; raises what the query documents."""
        raise NotImplementedError


AnyQuery = Query[Any]
