"""Mistakes of our own: logged whole, told to the caller as a number. Knows the log alone."""

from __future__ import annotations

import secrets
from typing import Any

import structlog

from tallybook_server.errors import Incident

_log = structlog.get_logger(__name__)


def incident_of(error: BaseException, **context: Any) -> Incident:
    """Log an error that nobody foresaw, with where it came up, and return what may be told of it."""
    incident = secrets.token_hex(6)
    _log.error("incident", incident=incident, exc_info=error, **context)
    return Incident(incident=incident)
