"""What a log may tell of a mistake of ours: where it came up. Pure: no clock, no database.

The message of an error repeats what it was given, and the local variables around it are what was being done:
what members bought, or the code of a card. So neither is told, by whatever formats the log.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator


def trace_of(error: BaseException | None) -> str:
    """The files, lines and functions that an error went through, its type and, of a database's, its code; and
    before it the same of the errors that led to it. Empty for None.
    """
    return "\n\nwhich led to:\n\n".join(map(_one, reversed(list(_behind(error)))))


def named(error: BaseException) -> str:
    """The type of an error and, of a database's, the code by which its documentation knows it."""
    kind = type(error)
    code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
    return f"{kind.__module__}.{kind.__qualname__}" + (f" {code}" if code else "")


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and one after the other those that it came of."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _one(error: BaseException) -> str:
    return "".join(traceback.format_tb(error.__traceback__)) + named(error)
