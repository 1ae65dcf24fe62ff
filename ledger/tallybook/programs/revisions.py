"""What is told of a program's revisions. Pure: no clock, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from tallybook.programs.difference import Change
from tallybook.programs.timeline import Start


@dataclass(frozen=True, slots=True)
class Applied:
    """What a document became, or would: the program's newest revision; `unchanged` when it was that before.

    `changes` are what it changes of the revision before it: none where nothing changed, and of the first.
    `moves_days` says whether what members have already may vest or lapse at other moments than before.
    """

    program: str
    revision: int
    etag: str
    in_force_from: datetime
    unchanged: bool = False
    changes: tuple[Change, ...] = ()
    moves_days: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision of a program as it was applied: `document` is the text, comments and all.

    `ladders_revision` is the first one with the same ladders.
    """

    program: str
    revision: int
    etag: str
    applied_at: datetime
    in_force_from: datetime
    ladders_revision: int
    applied_by: str
    document: str

    @property
    def start(self) -> Start:
        """When it was applied, and from when on it is in force."""
        return Start(self.revision, self.applied_at, self.in_force_from, self.ladders_revision)


class RevisionLine(NamedTuple):
    """A revision in the list of a program's, without its document."""

    revision: int
    etag: str
    applied_at: datetime
    in_force_from: datetime
    applied_by: str
