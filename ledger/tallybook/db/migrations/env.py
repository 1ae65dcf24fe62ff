"""Runs revisions on the connection that `tallybook.db.schema` hands over. Knows no URL and no tables.

Alembic executes this file. The transaction is the caller's: it holds the lock that keeps other processes out.
"""

from __future__ import annotations

from alembic import context

from tallybook.db.schema import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
context.run_migrations()
