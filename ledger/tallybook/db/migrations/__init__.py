"""Every change the schema has gone through, as Alembic revisions. Knows nothing of today's tables."""
