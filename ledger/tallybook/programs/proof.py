"""Whether a program's revisions are still as they were applied. Pure: no clock, no database.

A revision is never changed, and its etag is computed from its document: one that was edited shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from tallybook.journal.as_stored import moment
from tallybook.journal.entries import canonical, moment_text
from tallybook.journal.replay import Broken
from tallybook.programs.compile import compiled
from tallybook.programs.parse import parse
from tallybook.programs.problems import ProgramInvalid
from tallybook.programs.program import Program


class StoredRevision(NamedTuple):
    """A revision as it is stored, the moment as text, which may be none."""

    revision: int
    etag: str
    document: str
    applied_at: str
    applied_by: str


class Proof(NamedTuple):
    """What is wrong with a program's revisions, the number of the newest, and the newest if it is sound."""

    faults: tuple[str, ...]
    newest: int
    program: Program | None


def prove(code: str, in_force: tuple[int, str] | None, revisions: Iterable[StoredRevision]) -> Proof:
    """Check all revisions of a program, in order, and what is said of the one in force: number and etag."""
    faults: list[str] = []
    program: Program | None = None
    last: tuple[int, str] = 0, ""
    for each in revisions:
        if each.revision != last[0] + 1:
            faults.append(f"revision {last[0] + 1} of the program is missing")
        last = each.revision, each.etag
        program, fault = _prove_one(code, each)
        if fault:
            faults.append(f"revision {each.revision} of the program {fault}")
    if in_force != last:
        shown = "no revision" if in_force is None else f"revision {in_force[0]} with etag {in_force[1]}"
        faults.append(f"{shown} of the program is in force, the newest is {last[0]} with etag {last[1]}")
    return Proof(tuple(faults), last[0], program)


def _prove_one(code: str, stored: StoredRevision) -> tuple[Program | None, str]:
    try:
        document = parse(stored.document)
    except (ProgramInvalid, TypeError, ValueError) as error:
        first = error.problems[0] if isinstance(error, ProgramInvalid) else error
        return None, f"is no program document: {first}"
    if document.program != code:
        return None, f"is a document of program {document.program!r}"
    if document.etag() != stored.etag:
        return None, f"is not the document that was applied: its etag is {document.etag()}, not {stored.etag}"
    return compiled(document, stored.revision), ""


def revisions_hash(revisions: Iterable[StoredRevision]) -> str:
    """SHA-256, in hexadecimal, over the fields of all revisions in turn, in canonical bytes as of entries."""
    digest = hashlib.sha256()
    for each in revisions:
        try:
            applied_at = moment_text(moment(each.applied_at))
        except Broken:
            applied_at = str(each.applied_at)
        digest.update(canonical([*map(str, each[:3]), applied_at, str(each.applied_by)]))
    return digest.hexdigest()
