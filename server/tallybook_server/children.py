"""Processes that others fork: what they hold and how they end. Knows nothing of what they do."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Final, NoReturn

FIRST_FREE_FD: Final = 3
GC_THRESHOLDS: Final = (50_000, 20, 20)


def live(line: int, life: Callable[[], None]) -> NoReturn:
    """A child's whole life. It holds the file `line` of its parent and no other, and never returns.

    Pipes of the parent that the child held too would hide the parent's end from who waits for it.
    """
    code = 1
    try:
        hold_only(line)
        life()
        code = 0
    except BaseException:  # noqa: BLE001 - the end of this process, whatever it is
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def hold_only(*lines: int) -> None:
    """Close all files of the parent but the standard ones and these."""
    first = FIRST_FREE_FD
    for line in sorted(lines):
        os.closerange(first, line)
        first = line + 1
    os.closerange(first, os.sysconf("SC_OPEN_MAX"))


def give_way() -> None:
    """Let this thread, and those it starts, interrupt nobody when they wake up: they wait for room.

    gRPC's threads wake up at every turn, and whom they interrupt is often the scribe or the database, which
    all calls wait for. Where the system knows no such thing, or does not allow it, all goes on as it was.
    """
    if hasattr(os, "SCHED_BATCH"):
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def tune() -> None:
    """What is here now stays: the collector need not look at it again, nor so often at the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
