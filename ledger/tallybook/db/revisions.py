"""Runs the schema's revisions through Alembic. Imported only by who migrates: Alembic is slow to import.

Knows revisions by number, and neither tables nor when to run.
"""

from __future__ import annotations

import threading
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

MIGRATIONS: Final = "tallybook.db:migrations"
"""Where the revisions are, as a package: a wheel carries them along."""

# Alembic keeps what it works on in module globals, so one thread of a process migrates at a time.
_one_thread = threading.Lock()


def is_known(revision: str) -> bool:
    """Whether this release has the revision; a newer one has some that it has not."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def upgrade(connection: Connection, revision: str) -> None:
    """Run those up to `revision` that the database has not had, in the transaction that is open."""
    config = _config()
    config.attributes["connection"] = connection
    with _one_thread:
        command.upgrade(config, revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    return config
