"""Mistakes of our own: logged whole, told to the caller as a number. Knows the log alone."""

from __future__ import annotations

import secrets
from typing import Any

import structlog
import tallybook as tb

from tallybook_server.errors import Incident

_log = structlog.get_logger(__name__)


def tellable(error: Exception, **context: Any) -> tb.TallybookError:
    """An error as the caller may know it: the library's own as they are, any other as an incident."""
    if isinstance(error, tb.TallybookError) and not isinstance(error, tb.InternalError):
        return error
    return incident_of(error, **context)


def incident_of(error: BaseException, **context: Any) -> Incident:
    """Log an error that nobody foresaw, with where it came up, and return what may be told of it."""
    incident = secrets.token_hex(6)
    _log.error("incident", incident=incident, exc_info=error, **context)
    return Incident(incident=incident)
