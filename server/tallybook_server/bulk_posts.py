"""Many commands in one message: from PostCommands to the lanes, and back to PostResults. Knows no gRPC."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import tallybook as tb
from tallybook_client._gen.tallybook.v1.batch_pb2 import PostCommand, PostResult

from tallybook_server.book_lanes import Lanes, Trial
from tallybook_server.errors import status_message
from tallybook_server.incidents import tellable
from tallybook_server.kinds import KINDS
from tallybook_server.settings import COMMANDS_PER_CALL_MAX

BREATH: Final = 50
"""After so many commands the event loop gets to do something else."""


class BulkPost:
    """The commands of one message, read. `pieces` are those that can be decided at all."""

    def __init__(self, fields: list[str], read: list[tb.Command[Any] | tb.TallybookError]) -> None:
        self._fields = fields
        self._read = read
        self.pieces = [each for each in read if not isinstance(each, tb.TallybookError)]

    async def results(self, outcomes: Sequence[Any]) -> list[PostResult]:
        """A result for each command, in the order of the commands, given those of the pieces."""
        of_pieces = iter(outcomes)
        results = []
        for number, (field, read) in enumerate(zip(self._fields, self._read, strict=True), start=1):
            outcome = read if isinstance(read, tb.TallybookError) else next(of_pieces)
            results.append(_result(field, outcome))
            if not number % BREATH:
                await asyncio.sleep(0)
        return results


def _result(field: str, outcome: Any) -> PostResult:
    if isinstance(outcome, tb.TallybookError):
        return PostResult(error=status_message(outcome))
    response: Any = {field: KINDS[field].response(outcome)}
    return PostResult(**response)


async def read_bulk(commands: Sequence[PostCommand], program: str, trial: bool) -> BulkPost:
    """Read the commands of a message. Raises `InvalidInput` when their number is wrong."""
    if not 1 <= len(commands) <= COMMANDS_PER_CALL_MAX:
        raise tb.InvalidInput("commands", f"must be 1 to {COMMANDS_PER_CALL_MAX}, not {len(commands)}")
    fields: list[str] = []
    read: list[tb.Command[Any] | tb.TallybookError] = []
    for number, item in enumerate(commands, start=1):
        field = item.WhichOneof("command")
        fields.append(field or "")
        read.append(_read_one(item, field, program, trial))
        if not number % BREATH:
            await asyncio.sleep(0)
    return BulkPost(fields, read)


def _read_one(
    item: PostCommand, field: str | None, program: str, trial: bool
) -> tb.Command[Any] | tb.TallybookError:
    if field is None:
        return tb.InvalidInput("command", "must be one of a kind that this server knows")
    request = getattr(item, field)
    if request.program and program and request.program != program:
        return tb.InvalidInput("program", f"must be that of its batch, {program}, or empty")
    if request.validate_only and not trial:
        return tb.InvalidInput("validate_only", "must be set on a batch as a whole")
    try:
        return KINDS[field].command(request, program)
    except Exception as error:  # noqa: BLE001 - told as an incident, unless it may be told as it is
        return tellable(error, request=field)


async def carry_out(
    bulk: BulkPost, lanes: Lanes, trial: bool, seconds_left: float | None
) -> list[PostResult]:
    """Carry out what was read, or try it. Raises `Overloaded` or `Draining`."""
    outcomes: list[Any] = []
    if bulk.pieces and trial:
        (tried,) = await lanes.read.put(Trial(bulk.pieces), seconds_left)
        outcomes = tried if isinstance(tried, list) else [tried] * len(bulk.pieces)  # it was not its turn
    elif bulk.pieces:
        chunks = await lanes.write.put_all(bulk.pieces, seconds_left)
        outcomes = [outcome for chunk in chunks for outcome in chunk]
    return await bulk.results(outcomes)
