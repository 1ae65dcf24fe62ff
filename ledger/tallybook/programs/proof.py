"""Whether a program's revisions are still as they were applied. Pure: no clock, no database.

A revision is never changed, and its etag is computed from its document: one that was edited shows. They take
force in the order of their numbers, and none before it was applied. Which was the first with its ladders
follows from their documents.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from tallybook.journal.as_stored import moment
from tallybook.journal.entries import canonical, moment_text
from tallybook.journal.replay import Broken
from tallybook.programs.changes import same_ladders
from tallybook.programs.compile import compiled
from tallybook.programs.document import Document
from tallybook.programs.local_days import BEGINNING_OF_TIME
from tallybook.programs.parse import parse
from tallybook.programs.problems import ProgramInvalid
from tallybook.programs.program import Program
from tallybook.programs.timeline import Start, Timeline


class StoredRevision(NamedTuple):
    """A revision as it is stored, its moments as texts, which may be none."""

    revision: int
    etag: str
    document: str
    applied_at: str
    in_force_from: str
    applied_by: str
    ladders_revision: int


class Proof(NamedTuple):
    """What is wrong with a program's revisions, the number of the newest, and the newest if it is sound."""

    faults: tuple[str, ...]
    newest: int
    program: Program | None


def prove(code: str, newest: tuple[int, str] | None, revisions: Iterable[StoredRevision]) -> Proof:
    """Check all revisions of a program, in order, and what is said of the newest: number and etag."""
    faults: list[str] = []
    document: Document | None = None
    last: tuple[int, str] = 0, ""
    starts: list[Start] = []
    for each in revisions:
        if each.revision != last[0] + 1:
            faults.append(f"revision {last[0] + 1} of the program is missing")
        last = each.revision, each.etag
        start, late = _prove_start(each, starts[-1].in_force_from if starts else None)
        before, (document, fault) = document, _prove_one(code, each)
        moved = "" if before is None or document is None else _prove_ladders(each, starts, before, document)
        if start is None:  # its moments cannot be read: as if it had taken force with the one before
            start = starts[-1] if starts else Start(1, BEGINNING_OF_TIME, BEGINNING_OF_TIME)
        starts.append(start)
        faults += [f"revision {each.revision} of the program {said}" for said in (fault, late, moved) if said]
    if newest != last:
        shown = "no revision" if newest is None else f"revision {newest[0]} with etag {newest[1]}"
        faults.append(
            f"{shown} of the program is said to be the newest, which is {last[0]} with etag {last[1]}"
        )
    timeline = Timeline(tuple(starts)) if len(starts) == last[0] else None
    program = None if document is None else compiled(document, last[0], timeline)
    return Proof(tuple(faults), last[0], program)


def _prove_one(code: str, stored: StoredRevision) -> tuple[Document | None, str]:
    try:
        document = parse(stored.document)
    except (ProgramInvalid, TypeError, ValueError) as error:
        first = error.problems[0] if isinstance(error, ProgramInvalid) else error
        return None, f"is no program document: {first}"
    if document.program != code:
        return None, f"is a document of program {document.program!r}"
    if document.etag() != stored.etag:
        return None, f"is not the document that was applied: its etag is {document.etag()}, not {stored.etag}"
    return document, ""


def _prove_ladders(stored: StoredRevision, starts: Sequence[Start], before: Document, now: Document) -> str:
    """What is wrong with the revision that is said to be the first with the ladders of one."""
    first = starts[-1].ladders_revision if same_ladders(before, now) else stored.revision
    if stored.ladders_revision == first:
        return ""
    return f"is said to have the ladders of revision {stored.ladders_revision}, and has those of {first}"


def _prove_start(stored: StoredRevision, before: datetime | None) -> tuple[Start | None, str]:
    """From when on a revision is in force, and what is wrong with that, given when the one before was."""
    try:
        applied_at, start = moment(stored.applied_at), moment(stored.in_force_from)
    except Broken as broken:
        return None, f"has a moment that cannot be read: {broken}"
    told = Start(stored.revision, applied_at, start, stored.ladders_revision)
    if start < applied_at:
        return told, f"is in force from {stored.in_force_from}, before it was applied"
    if before is not None and start < before:
        return told, f"is in force from {stored.in_force_from}, before the one it follows"
    return told, ""


def revisions_hash(revisions: Iterable[StoredRevision]) -> str:
    """SHA-256, in hexadecimal, over the fields of all revisions in turn, in canonical bytes as of entries."""
    digest = hashlib.sha256()
    for each in revisions:
        moments = _told(each.applied_at), _told(each.in_force_from)
        digest.update(canonical([*map(str, each[:3]), *moments, str(each.applied_by)]))
    return digest.hexdigest()


def _told(stored: str) -> str:
    """A moment in the one way that every database tells it; as it stands where it is none."""
    try:
        return moment_text(moment(stored))
    except Broken:
        return str(stored)
