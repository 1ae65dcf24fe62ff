"""Verify a whole program: its revisions, a seal, every member, the rollup. Knows SQL by name only.

Everything comes from the one snapshot of the session, so a book in use is verified as it was at one moment.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing

from tallybook.db.database import Session
from tallybook.engine.command import Kinds, redo_with
from tallybook.errors import InvalidInput, UnknownProgram
from tallybook.journal.queries import everything, heads_below
from tallybook.journal.seal import Seal, differences
from tallybook.journal.verify import Basis, Checked, Disagreement, verify_members
from tallybook.programs.proof import Proof, prove, revisions_hash
from tallybook.programs.queries import stored_newest, stored_revisions
from tallybook.reports.rollup import rollup_faults


def verify_program(
    session: Session, program: str, kinds: Kinds, after: str, member: str, against: Seal | None
) -> Generator[Checked, None, None]:
    """Check what belongs to no member, then the members behind `after`; with `member`, that one alone.

    Raises `UnknownProgram`, or `InvalidInput` for a seal of another program.
    """
    if against is not None and against.program != program:
        raise InvalidInput("against", f"seals program {against.program!r}, not {program!r}")
    connection = session.connection
    proof = _prove(session, program)
    if not member:
        yield from _of_nobody(program, proof.faults)
        yield from _of_nobody(program, rollup_faults(session, program))
    if against is not None:
        yield from _verify_against(session, against, member)
    basis = Basis(program, proof.program, proof.newest, redo_with(kinds), kinds.effects)
    yield from verify_members(everything(connection, program, after, member), basis)


def _prove(session: Session, program: str) -> Proof:
    newest = stored_newest(session.connection, program)
    proof = prove(program, newest, stored_revisions(session.connection, program))
    if newest is None and not proof.newest:
        raise UnknownProgram(program=program)
    return proof


def _of_nobody(program: str, faults: Iterator[str] | tuple[str, ...]) -> Iterator[Checked]:
    for fault in faults:
        yield _found(Disagreement(program=program, member="", entry=0, problem=fault))


def _found(disagreement: Disagreement) -> Checked:
    return Checked(member="", entries=0, disagreement=disagreement)


def _verify_against(session: Session, seal: Seal, member: str) -> Iterator[Checked]:
    """Compare with a seal what is as old as the seal."""
    connection, program = session.connection, seal.program
    if revisions_hash(stored_revisions(connection, program, seal.revisions)) != seal.revisions_hash:
        problem = f"the first {seal.revisions} revisions of the program are not as they were sealed"
        yield from _of_nobody(program, (problem,))
    with closing(heads_below(connection, program, seal.position)) as heads:
        for difference in differences(seal, heads):
            if member in ("", difference.member) or not difference.member:
                yield _found(Disagreement(program=program, **difference._asdict()))
