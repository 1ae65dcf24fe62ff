"""A batch: its commands, what was gathered for them, what was decided. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from tallybook.engine.command import AnyCommand, Reply
from tallybook.errors import TallybookError
from tallybook.journal.folio import Folio
from tallybook.journal.refusals import RefusalRow
from tallybook.programs.program import Program

MemberKey = tuple[str, str]
RequestKey = tuple[str, str, str]
Outcome = Reply | TallybookError
"""What a command of a batch comes to: its reply, or the error that a command on its own would raise."""


class Stored(NamedTuple):
    """How a request was answered before: `answer` is a reply as JSON, or a refusal's facts as JSON."""

    fingerprint: bytes
    name: str
    answer: str
    refused: bool


@dataclass(slots=True)
class Batch:
    """Commands that are carried out in one transaction, and members that are settled with them."""

    commands: Sequence[AnyCommand]
    now: datetime
    also: Sequence[MemberKey] = ()
    folios: dict[MemberKey, Folio] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)
    requests: dict[RequestKey, Stored] = field(default_factory=dict)
    refusals: list[RefusalRow] = field(default_factory=list)

    def members(self) -> list[MemberKey]:
        """The members concerned, sorted, so that every batch locks in the same order."""
        keys = {(command.program, command.member) for command in self.commands} | set(self.also)
        for command in self.commands:
            other = command.counterpart()
            if other is not None:
                keys.add((command.program, other))
        return sorted(keys)

    def program_codes(self) -> list[str]:
        """The programs concerned."""
        return sorted({program for program, _ in self.members()})

    def request_keys(self) -> list[RequestKey]:
        """The request ids of the batch."""
        return list({(c.program, c.member, c.request_id) for c in self.commands})
