"""A batch: its commands, what was gathered for them, what was decided. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from tallybook.engine.command import AnyCommand, Reply
from tallybook.errors import TallybookError
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey
from tallybook.journal.refusals import RefusalRow
from tallybook.programs.program import Program
from tallybook.programs.timeline import Timeline

MemberKey = tuple[str, str]
RequestKey = tuple[str, str, str]
PoolKey = tuple[str, str]
HandleKey = tuple[str, str, str]
"""Program, kind and key of a handle."""
Outcome = Reply | TallybookError
"""What a command of a batch comes to: its reply, or the error that a command on its own would raise."""


class Stored(NamedTuple):
    """How a request was answered before: `answer` is a reply as JSON, or a refusal's facts as JSON."""

    fingerprint: bytes
    name: str
    answer: str
    refused: bool


LookBack = Callable[[Iterable[tuple[str, int]]], Generator[Any, Any, None]]
"""A gatherer of revisions of programs, for `Batch.revision`. For gatherers to `yield from`."""
LookBackTo = Callable[[Mapping[str, datetime]], Generator[Any, Any, None]]
"""One of all revisions in force since moments, by program, for `Batch.revisions_since`."""


def _nowhere(wanted: Any) -> Generator[Any, Any, None]:
    yield from ()


@dataclass(slots=True)
class Batch:
    """Commands that are carried out in one transaction, and members that are settled with them.

    `programs` are those in force at `now`; `revisions` has them too, and those that commands look back on, of
    each program all since the moment that is `known_since`.
    `holders` has whose the handles are that commands named, by program, kind and key, as this batch has left
    them; `asked_handles` are all that were looked for. `concerned` are others whom a member's commands turned
    out to be about when folios were there: gatherers name them, and all is gathered once more with them. So
    it is where the batch was `overtaken`: somebody took a handle, or gave it up, after it was looked up.
    `pools` has how much was drawn from each of the pools that gatherers wanted, by program and pool.
    `programs_known` tells gatherers that `programs` and `timelines` have all there are. `moments` is at how
    many moments something fell due that it has done; after `moments_max` of them it leaves off, None for
    never.
    """

    commands: Sequence[AnyCommand]
    now: datetime
    also: Sequence[MemberKey] = ()
    folios: dict[MemberKey, Folio] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)
    timelines: dict[str, Timeline] = field(default_factory=dict)
    revisions: dict[tuple[str, int], Program] = field(default_factory=dict)
    known_since: dict[str, datetime] = field(default_factory=dict)
    requests: dict[RequestKey, Stored] = field(default_factory=dict)
    refusals: list[RefusalRow] = field(default_factory=list)
    holders: dict[str, dict[NoteKey, str]] = field(default_factory=dict)
    asked_handles: set[HandleKey] = field(default_factory=set)
    concerned: dict[MemberKey, set[str]] = field(default_factory=dict)
    pools: dict[PoolKey, int] = field(default_factory=dict)
    wanted_pools: set[PoolKey] = field(default_factory=set)
    touched_pools: set[PoolKey] = field(default_factory=set)
    overtaken: bool = False
    programs_known: bool = False
    moments: int = 0
    moments_max: int | None = None
    look_back: LookBack = _nowhere
    look_back_to: LookBackTo = _nowhere

    def members(self) -> list[MemberKey]:
        """The members concerned, sorted, so that every batch locks in the same order."""
        keys = {(command.program, command.member) for command in self.commands} | set(self.also)
        for command in self.commands:
            other = command.counterpart()
            if other is not None:
                keys.add((command.program, other))
        keys |= {(program, member) for program, held in self.holders.items() for member in held.values()}
        keys |= self.concerned_members()
        return sorted(keys)

    def concerned_members(self) -> set[MemberKey]:
        """Those whom gatherers have found that commands are about."""
        return {(program, other) for (program, _), others in self.concerned.items() for other in others}

    def may_have(self, *kinds: type[AnyCommand]) -> bool:
        """Whether there may be commands of these kinds, or such parts of others."""
        return any(
            issubclass(kind, kinds) for each in self.commands for kind in (type(each), *each.part_types)
        )

    def every(self) -> Iterator[AnyCommand]:
        """The commands and their parts, in order: for gatherers, when folios and named notes are there."""
        for command in self.commands:
            yield command
            if command.part_types:
                yield from command.parts(self.folios[command.program, command.member])

    def handles_wanted(self, programs: Mapping[str, Program]) -> set[HandleKey]:
        """The handles that commands name under these programs, and with the holders that are known."""
        return {
            (command.program, *key)
            for command in self.commands
            if command.program in programs
            for key in self.handles_of(command, programs[command.program])
        }

    def handles_of(self, command: AnyCommand, program: Program) -> Sequence[NoteKey]:
        """The handles that a command names."""
        return command.named_handles(program, self.holders.get(program.code, {}))

    def program_codes(self) -> list[str]:
        """The programs concerned."""
        return sorted({program for program, _ in self.members()})

    def program_at(self, code: str, moment: datetime) -> Program:
        """A program as in force at a moment that a command has named.

        For a moment ahead of the batch's, which nobody can have named when a page was recorded ahead of this
        clock, the program in force.
        """
        program = self.revisions.get((code, self.timelines[code].at(moment)))
        if program is None:
            assert moment > self.now, "a moment that is looked back on has been asked for"
            program = self.programs[code]
        return program

    def earlier(self, folio: Folio) -> list[tuple[Program, datetime]]:
        """The program in the revisions before the one in force by which something may be due on a page, each
        with the moment at which the next one took force; as far back as they were asked for.
        """
        since = self.due_since(folio)
        if since is None:
            return []
        code = folio.program
        return [(self.revisions[code, each], until) for each, until in self._earlier(code, since)]

    def due_since(self, folio: Folio) -> datetime | None:
        """Since when something may be due on a page: since what it has reached, or before that what was told
        late. None for what is due by now, if at all.
        """
        due, reached = folio.standing.next_due_at, None
        if due is not None and due < self.now:
            reached = folio.told_until
        if due is None or reached is None:
            return None
        since = reached if folio.standing.is_to_be_looked_at else min(due, reached)
        return since if since < self.now else None

    def revision(self, code: str, number: int) -> Program:
        """A program in a revision that a gatherer asked for."""
        return self.revisions[code, number]

    def revisions_since(self, code: str, moment: datetime) -> list[Program]:
        """A program in the revisions before the one in force that were so since a moment, in their order, as
        far back as they were asked for.
        """
        return [self.revisions[code, each] for each, _ in self._earlier(code, moment)]

    def _earlier(self, code: str, moment: datetime) -> list[tuple[int, datetime]]:
        since = max(moment, self.known_since.get(code, self.now))
        return self.timelines[code].earlier(since, self.programs[code].revision)

    def request_keys(self) -> list[RequestKey]:
        """The request ids of the batch."""
        return list({(c.program, c.member, c.request_id) for c in self.commands})
