"""Programs as code: the document, its revisions, and the compiled program. Knows no members and no commands.

A pure module imports what it needs from where it stands (`tallybook.programs.program`): the names here come
with the database's.
"""

from tallybook.programs.compile import compiled
from tallybook.programs.demo import DEMO_PROGRAM
from tallybook.programs.difference import Change
from tallybook.programs.document import Document
from tallybook.programs.expiry import NEVER
from tallybook.programs.parse import parse
from tallybook.programs.problems import Problem, ProgramInvalid, UnknownRevision
from tallybook.programs.program import Holds, Program, Refunds, Unit
from tallybook.programs.queries import (
    ProgramCache,
    apply_program,
    list_programs,
    list_revisions,
    read_revision,
    read_starts,
)
from tallybook.programs.revisions import Applied, Revision, RevisionLine
from tallybook.programs.rounding import Rounding
from tallybook.programs.schema import schema
from tallybook.programs.timeline import Start, Timeline
from tallybook.programs.vocabulary import HOUSE_FUND, LapsedPolicy, ShortfallPolicy, UnitKind

__all__ = [
    "DEMO_PROGRAM",
    "HOUSE_FUND",
    "NEVER",
    "Applied",
    "Change",
    "Document",
    "Holds",
    "LapsedPolicy",
    "Problem",
    "Program",
    "ProgramCache",
    "ProgramInvalid",
    "Refunds",
    "Revision",
    "RevisionLine",
    "Rounding",
    "ShortfallPolicy",
    "Start",
    "Timeline",
    "Unit",
    "UnitKind",
    "UnknownRevision",
    "apply_program",
    "compiled",
    "list_programs",
    "list_revisions",
    "parse",
    "read_revision",
    "read_starts",
    "schema",
]
