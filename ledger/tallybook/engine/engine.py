"""The engine: batches of commands, each in one transaction, whatever the database does.

Knows connections, retries and the clock it is given; knows no particular command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Final

import structlog
from sqlalchemy import Connection

from tallybook.db.database import Database, Session
from tallybook.db.failures import Failure
from tallybook.engine import gather
from tallybook.engine.attempts import Attempts, insist
from tallybook.engine.batch import Batch, MemberKey, Outcome
from tallybook.engine.command import AnyCommand, Kinds
from tallybook.engine.decide import decide, settle_members
from tallybook.engine.in_force import in_force, since_reached
from tallybook.engine.record import changes
from tallybook.engine.trials import decide_apart
from tallybook.errors import Contention, DatabaseUnavailable, InternalError, OutcomeUnknown
from tallybook.programs import Program, ProgramCache, Timeline, read_starts
from tallybook.traces import named, trace_of

BATCH_MAX: Final = 1000
"""Commands in one transaction; longer lists are carried out in several."""

MOMENTS_MAX: Final = 1000
"""After so many moments at which something fell due, what else is due is left to another transaction; with
those of the last member they may be twice as many. Each takes about as long as a command, a page at which
nobody has looked for years has many thousands, and PostgreSQL ends a transaction that keeps it waiting."""

Find = Callable[[Session], Sequence[MemberKey]]
"""Finds members in the transaction in which something is done to them."""

MEETINGS: Final = frozenset({Failure.CONFLICT, Failure.TRY_AGAIN, Failure.SLOW})
"""What batches do to each other, more than wait for one another. Two that bring the same new members, whom
nobody can lock yet, in part each, may well meet again and again; batches of one command never meet for the
same reason twice. One that takes so long that the server ends it is in its own way."""

_log = structlog.get_logger(__name__)


class Engine:
    """Carries out commands on one database."""

    def __init__(
        self, database: Database, programs: ProgramCache, kinds: Kinds, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._programs = programs
        self._kinds = kinds
        self._clock = clock
        self._known: dict[str, Program] = {}

    def run(self, commands: Sequence[AnyCommand]) -> list[Outcome]:
        """Carry out commands in transactions of their own; an outcome for each, in order."""
        outcomes: list[Outcome] = []
        for start in range(0, len(commands), BATCH_MAX):
            outcomes += self._run_batch(commands[start : start + BATCH_MAX])
        return outcomes

    def join(self, commands: Sequence[AnyCommand], connection: Connection) -> list[Outcome]:
        """Carry out commands in the caller's transaction, which the caller commits or rolls back.

        Database errors are the caller's to handle: they may have ended the transaction.
        """
        session = Session(connection, owned=False)
        session.begin_writing()
        batch = self._gathered(session, commands, locked=True)
        outcomes = _decided(batch, self._kinds)
        writes = changes(batch, self._kinds.effects)
        if writes:
            session.write(writes)
        return outcomes

    def simulate(self, trials: Sequence[Sequence[AnyCommand]]) -> list[list[Outcome]]:
        """What the commands of each trial would come to now, on what is there now, if there were no other
        trial; nothing is locked or written.
        """

        def try_out() -> list[list[Outcome]]:
            commands = [command for trial in trials for command in trial]
            with self._database.snapshot(keyed=True) as session:
                batch = self._gathered(session, commands, locked=False)
            return list(decide_apart(batch, trials, self._kinds))

        try:
            tried = insist(try_out)
        except DatabaseUnavailable as error:
            return [[error for _ in trial] for trial in trials]
        for commands, outcomes in zip(trials, tried, strict=True):
            _log_mistakes(commands, outcomes)
        return tried

    def settle(self, find: Find) -> Swept:
        """Record what time has done to the members that are found, at most `BATCH_MAX`, in one transaction.

        Where that is too much for one, more stays due of some of them. A try that fails is followed by
        another, which looks for them again, and finds none where the one before stood after all.
        """
        swept = Swept(find)
        self._run_batch((), swept)
        return swept

    def settle_under(
        self, program: Program, members: Sequence[MemberKey], now: datetime, connection: Connection
    ) -> None:
        """Record what time has done to members by one revision of their program, on a caller's connection."""
        session = Session(connection, owned=False)
        session.begin_writing()
        timeline = Timeline(tuple(read_starts(connection, program.code)))  # not kept: nobody has committed it
        batch = Batch(
            (), now, also=members, programs={program.code: program}, timelines={program.code: timeline}
        )
        gather.gather(session, batch, [gather.folios_locked, *self._kinds.gatherers])
        gather.gather(session, batch, [partial(since_reached, self._programs)])
        gather.gather(session, batch, [gather.pools_locked])
        self._settle(batch, members)
        writes = changes(batch, self._kinds.effects)
        if writes:
            session.write(writes)

    def now(self) -> datetime:
        """The book's time."""
        return self._clock()

    def _run_batch(
        self,
        commands: Sequence[AnyCommand],
        swept: Swept | None = None,
        trying: Attempts | None = None,
    ) -> list[Outcome]:
        """Carry out a batch, in one transaction unless very much has fallen due of its members."""
        outcomes = self._insist(commands, swept, trying or Attempts())
        while len(outcomes) < len(commands):
            outcomes += self._insist(commands[len(outcomes) :], swept, Attempts())
        return outcomes

    def _insist(self, commands: Sequence[AnyCommand], swept: Swept | None, trying: Attempts) -> list[Outcome]:
        """Try a batch until it stands; halve it when the database will not have it as a whole."""
        meetings = 0
        while True:
            commit = _Commit()
            try:
                return self._attempt(commands, swept, commit)
            except Exception as error:
                failure = self._database.classify(error)
                if failure is None or failure is Failure.BROKEN:
                    raise
                _log.warning("batch_failed", failure=failure.value, size=len(commands), attempt=trying.failed)
                if failure is Failure.REFUSED:
                    return self._halve(commands, error, trying)
                trying.in_doubt |= commit.begun and failure is Failure.GONE
                lost = DatabaseUnavailable() if failure is Failure.GONE else Contention()
                again = trying.again(away=failure is Failure.GONE)
                meetings += failure in MEETINGS
                # Who was quicker once is seen at the next try; a batch that meets others again is too large.
                too_large = failure in MEETINGS and len(commands) > 1 and (meetings > 1 or not again)
                if too_large and trying.may_contend():
                    return self._halve(commands, error, trying)
                if not again:
                    break
        if not commands:
            raise lost  # members that were to be settled have no outcomes to tell it by
        return [OutcomeUnknown() if trying.in_doubt else lost for _ in commands]

    def _attempt(self, commands: Sequence[AnyCommand], swept: Swept | None, commit: _Commit) -> list[Outcome]:
        """Carry out a batch in one transaction: all of it, or its first commands, where very much has fallen
        due of members. What time has done is recorded then, whatever becomes of the commands that follow.
        """
        with self._database.transaction() as session:
            members = () if swept is None else swept.look(session)
            if not commands and not members:
                return []
            batch = self._gathered(session, commands, locked=True, members=members)
            batch.moments_max = MOMENTS_MAX
            unfinished = self._settle(batch, members)
            if swept is not None:
                swept.unfinished = len(unfinished)
            outcomes = _decided(batch, self._kinds)
            writes = changes(batch, self._kinds.effects)
            if writes:
                commit.begun = True
                session.write_and_commit(writes)
        return outcomes

    def _settle(self, batch: Batch, members: Sequence[MemberKey]) -> Sequence[MemberKey]:
        """Settle members that no command is about; returns those of whom more is due."""
        settled = settle_members(batch, members, self._kinds)
        for (_, member), error in settled.failed.items():
            _log.error("settle_failed", member=member, exception=trace_of(error.__cause__))
        return settled.unfinished

    def _gathered(
        self,
        session: Session,
        commands: Sequence[AnyCommand],
        locked: bool,
        members: Sequence[MemberKey] = (),
    ) -> Batch:
        """What a batch needs to know. Which handles it names depends on programs: where those that were known
        turn out to be older than those in force, more may be, and all is gathered once more. So it is where
        folios tell that others are concerned, and where handles have changed hands before folios were locked.

        Pools that were foreseen are locked by then. Where there is more to lock, all is let go, and none
        is foreseen again: whoever has some would wait for the rest, and others the other way round.
        """
        concerned: dict[MemberKey, set[str]] = {}
        foresees = locked and session.is_owned and not members
        while True:
            batch = Batch(commands, self._clock(), also=members, concerned=concerned)
            if foresees:
                batch.wanted_pools |= gather.foreseen_pools(commands, self._known, batch.now)
            foreseen = frozenset(batch.wanted_pools)
            self._gather_by_known(session, batch, locked)
            self._known |= batch.programs
            if batch.overtaken:
                concerned = {}
                if session.is_owned:
                    session.start_over()
                continue
            is_all_there = (
                batch.concerned_members() <= batch.folios.keys()
                and batch.handles_wanted(batch.programs) <= batch.asked_handles
            )
            if is_all_there and foreseen == batch.wanted_pools:
                return batch
            if foreseen:
                session.start_over()
                foresees = False
            elif is_all_there:
                gather.gather(session, batch, (gather.pools_locked if locked else gather.pools_unlocked,))
                return batch
            concerned = batch.concerned

    def _gather_by_known(self, session: Session, batch: Batch, locked: bool) -> None:
        """Gather all that commands, folios and programs tell of; pools only if they were foreseen."""
        gather.gather(session, batch, [gather.holders(self._known)])
        gatherers: Iterable[gather.Gatherer] = (
            gather.folios_locked if locked else gather.folios_unlocked,
            gather.outcomes,
            gather.named_holds,
            gather.named_notes,
            gather.handles_again,
            gather.named_entries,
            gather.named_requests,
            in_force(self._programs, batch.program_codes()),
            *self._kinds.gatherers,
            gather.pools_locked,
        )
        gather.gather(session, batch, gatherers)
        gather.want_named_pools(batch)

    def _halve(self, commands: Sequence[AnyCommand], error: Exception, trying: Attempts) -> list[Outcome]:
        if not commands:
            raise error
        if len(commands) == 1:
            _log.error("command_refused_by_database", kind=commands[0].kind(), error=named(error))
            return [InternalError()]
        middle = len(commands) // 2
        return [
            outcome
            for half in (commands[:middle], commands[middle:])
            for outcome in self._run_batch(half, trying=trying.of_a_part())
        ]


def _decided(batch: Batch, kinds: Kinds) -> list[Outcome]:
    """What `decide` says; mistakes of ours are logged with what went wrong."""
    outcomes = decide(batch, kinds)
    _log_mistakes(batch.commands, outcomes)
    return outcomes


def _log_mistakes(commands: Iterable[AnyCommand], outcomes: Iterable[Outcome]) -> None:
    for command, outcome in zip(commands, outcomes, strict=False):
        if isinstance(outcome, InternalError):
            _log.error("command_failed", kind=command.kind(), exception=trace_of(outcome.__cause__))


class Swept:
    """Members that are looked for to be settled: those `found`, and of how many more is due than was done."""

    def __init__(self, find: Find) -> None:
        self.found: set[MemberKey] = set()
        self.unfinished = 0
        self._find = find

    def look(self, session: Session) -> Sequence[MemberKey]:
        """Look for them."""
        found = self._find(session)
        self.found.update(found)
        return found


class _Commit:
    """Whether an attempt got as far as asking for a commit."""

    begun = False
