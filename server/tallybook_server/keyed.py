"""What rpcs share that hash codes or identities before anything is queued. Knows the key and the lanes."""

from __future__ import annotations

from typing import Any

import tallybook as tb

from tallybook_server.book_lanes import Lanes
from tallybook_server.calls import Context


class Keyed:
    """The lanes, and the key where the operator has given one."""

    def __init__(self, lanes: Lanes, key: tb.CodeKey | None) -> None:
        self._lanes = lanes
        self._known_key = key

    @property
    def _key(self) -> tb.CodeKey:
        """Raises `CodeKeyMissing` where there is none."""
        if self._known_key is None:
            raise tb.CodeKeyMissing
        return self._known_key

    async def _carried_out(self, command: tb.Command[Any], context: Context) -> Any:
        """The reply to a command; raises what it was refused with."""
        (outcome,) = await self._lanes.write.put(command, context.time_remaining())
        return answered(outcome)


def answered(outcome: Any) -> Any:
    """An outcome that is a reply; raises one that is an error."""
    if isinstance(outcome, tb.TallybookError):
        raise outcome
    return outcome
