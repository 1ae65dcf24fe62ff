"""The tables of programs: the newest revision, and every one there was. Knows SQLAlchemy types only."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Table, TypedColumns

from tallybook.db.columns import COUNT, INSTANT, KEY, METADATA, TEXT


class ProgramColumns(TypedColumns):
    """A program and its newest revision. Its row is what two who apply at once take turns at."""

    program = Column(KEY, primary_key=True)
    revision = Column(COUNT, nullable=False)
    etag = Column(KEY, nullable=False)
    updated_at = Column(INSTANT, nullable=False)


class RevisionColumns(TypedColumns):
    """A revision of a program, as it was applied. Never changed and never deleted."""

    program = Column(KEY, primary_key=True)
    revision = Column(COUNT, primary_key=True)
    document = Column(TEXT, nullable=False)
    etag = Column(KEY, nullable=False)
    applied_at = Column(INSTANT, nullable=False)
    in_force_from = Column(INSTANT, nullable=False)
    ladders_revision = Column(COUNT, nullable=False)
    applied_by = Column(TEXT, nullable=False)


program = Table(
    "program", METADATA, ProgramColumns, CheckConstraint("revision > 0", name="program_newest_revision")
)

program_revision = Table(
    "program_revision",
    METADATA,
    RevisionColumns,
    CheckConstraint("revision > 0", name="program_revision_number"),
    CheckConstraint("in_force_from >= applied_at", name="program_revision_start"),
    CheckConstraint("ladders_revision BETWEEN 1 AND revision", name="program_revision_tiers"),
)
