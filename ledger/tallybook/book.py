"""The book: open a database, do commands, ask queries. The whole library behind one object."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Any, Self, TypeVar, cast, overload

from sqlalchemy import Connection

from tallybook.codes import CodeKey, needed
from tallybook.commands import KINDS
from tallybook.coupons.by_code import Coupons
from tallybook.db.commit_order import keep_order
from tallybook.db.database import Database, Session
from tallybook.db.schema import prepare_schema
from tallybook.draws.by_lot import Draws
from tallybook.earning.compared import Backtest
from tallybook.earning.replaying import Progress, backtest
from tallybook.engine.batch import Outcome
from tallybook.engine.checks import check_id, check_moment, check_whole
from tallybook.engine.command import AnyCommand, Command, Kinds, Reply
from tallybook.engine.engine import Engine
from tallybook.engine.query import AnyQuery, Query
from tallybook.engine.reader import Reader
from tallybook.engine.sweep import change_days, forget_refusals, settle_due
from tallybook.errors import InvalidInput, TallybookError
from tallybook.journal.seal import Seal
from tallybook.journal.verify import Checked
from tallybook.members.identities import Identity, identify
from tallybook.programs import (
    Applied,
    ProgramCache,
    Revision,
    RevisionLine,
    apply_program,
    list_programs,
    list_revisions,
    read_revision,
)
from tallybook.reports.reconciling import SLACK_DAYS, Settlement, reconcile
from tallybook.reports.rollup import roll_up
from tallybook.reports.sealing import seal_program
from tallybook.reports.settlement import SettlementDifference, SettlementSums
from tallybook.reports.verification import verify_program
from tallybook.stored_value.by_code import Cards
from tallybook.tiers.simulating import LaddersSimulated, simulate_ladders

R = TypeVar("R", bound=Reply)
A = TypeVar("A")
Clock = Callable[[], datetime]

REFUSALS_KEPT_DEFAULT = timedelta(days=30)
REVISION_MAX = 2**31 - 1


def system_clock() -> datetime:
    """The current moment in UTC."""
    return datetime.now(UTC)


class Book:
    """A ledger for loyalty, kept in one database.

    >>> import tallybook as tb
    >>> book = tb.Book.open("sqlite://")
    >>> _ = book.apply(tb.DEMO_PROGRAM)
    >>> _ = book.do(tb.Enroll(program="demo", member="alice", request_id="signup"))
    >>> receipt = book.do(
    ...     tb.Award(program="demo", member="alice", request_id="order-1", unit="points", amount=120)
    ... )
    >>> receipt.balance.available
    120
    >>> book.ask(tb.Balances(program="demo", member="alice")).of("points").available
    120
    """

    def __init__(
        self,
        database: Database,
        clock: Clock = system_clock,
        kinds: Kinds = KINDS,
        code_key: CodeKey | None = None,
    ) -> None:
        self._database = database
        self._code_key = code_key
        self._kinds = kinds
        self._clock: Clock = lambda: clock().astimezone(UTC)
        self._programs = ProgramCache()
        self._engine = Engine(database, self._programs, kinds, self._clock)
        self._reader = Reader(database, self._programs, kinds, self._clock)

    @classmethod
    def open(
        cls,
        url: str,
        *,
        clock: Clock = system_clock,
        migrate: bool = False,
        pool_size: int = 10,
        code_key: CodeKey | None = None,
    ) -> Self:
        """Open the book at a SQLAlchemy URL: `sqlite:///shop.db`, `postgresql://user@host/shop`, or `sqlite://`
        for one that lives in memory.

        An empty database gets its tables. One of an older release is brought up to date if `migrate` is
        set, and is refused with `SchemaOutdated` otherwise. `clock` is the book's clock; it must return
        aware moments. `code_key` hashes codes, such as those of gift cards: it has to be the same as long as
        they are to be good.

        Any number of threads may share a book. On PostgreSQL `pool_size` of them do commands at a time, as
        many look up members, as many read reports and as many make changes such as `apply`, each on a
        connection of its own; the others wait their turn, first come, first served, and are told
        `DatabaseUnavailable` when nobody's has come for a minute. On SQLite so many read at a time, and one
        writes; a book in memory has one connection for everything.
        """
        database = Database(url, pool_size)
        try:
            prepare_schema(database, migrate)
            keep_order(database)
        except BaseException:
            database.dispose()
            raise
        return cls(database, clock, code_key=code_key)

    def close(self) -> None:
        """Close every connection. The book opens them again when it is used again, as in a forked child."""
        self._database.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- doing -------------------------------------------------------------------------------------------

    @overload
    def do(self, commands: Command[R], *, connection: Connection | None = None) -> R: ...
    @overload
    def do(
        self, commands: Sequence[AnyCommand], *, connection: Connection | None = None
    ) -> list[Outcome]: ...
    def do(
        self, commands: AnyCommand | Sequence[AnyCommand], *, connection: Connection | None = None
    ) -> Reply | list[Outcome]:
        """Carry out one command, or many of any kinds.

        One command returns its reply or raises what it was refused with. A list returns an outcome for
        each, in order: the reply, or the error, which is not raised, because its neighbours stand all the
        same.

        With a `connection` of the caller's, everything becomes part of the caller's transaction, which begins
        with it if it has not begun: nothing is committed here, nothing tried again, and database errors are
        the caller's. Raises `InvalidInput` for a connection that commits each statement by itself.
        """
        if isinstance(commands, Command):
            return cast(Reply, _or_raise(self._run([commands], connection)[0]))
        return self._run(commands, connection)

    def _run(self, commands: Sequence[AnyCommand], connection: Connection | None) -> list[Outcome]:
        if connection is None:
            return self._engine.run(commands)
        return self._engine.join(commands, connection)

    @overload
    def simulate(self, commands: Command[R]) -> R: ...
    @overload
    def simulate(self, commands: Sequence[AnyCommand]) -> list[Outcome]: ...
    def simulate(self, commands: AnyCommand | Sequence[AnyCommand]) -> Reply | list[Outcome]:
        """What `do` would answer now. Writes nothing, locks nothing, and uses up no request id."""
        if isinstance(commands, Command):
            return cast(Reply, _or_raise(self._engine.simulate([[commands]])[0][0]))
        return self._engine.simulate([commands])[0]

    def simulate_apart(self, trials: Sequence[Sequence[AnyCommand]]) -> list[list[Outcome]]:
        """What `simulate` answers to each of several lists, none of which sees what another tries."""
        return self._engine.simulate(trials)

    @property
    def cards(self) -> Cards:
        """Gift cards, by their codes. Raises `CodeKeyMissing` for a book that was opened without a key."""
        return Cards(self._engine.run, needed(self._code_key))

    def identify(self, program: str, kind: str, value: str) -> Identity:
        """What members are recognised by, in the form that commands and queries take: see `identify`.

        Raises `InvalidInput`, or `CodeKeyMissing` for a book that was opened without a key.
        """
        return identify(needed(self._code_key), program, kind, value)

    @property
    def coupons(self) -> Coupons:
        """Coupons, by their codes. Raises `CodeKeyMissing` for a book that was opened without a key."""
        return Coupons(self._engine.run, needed(self._code_key))

    @property
    def draws(self) -> Draws:
        """Draws and red packets. Their secrets are sealed with the key of codes, if there is one."""
        return Draws(self._engine.run, self._code_key)

    # --- asking ------------------------------------------------------------------------------------------

    @overload
    def ask(self, queries: Query[A], *, connection: Connection | None = None) -> A: ...
    @overload
    def ask(self, queries: Sequence[AnyQuery], *, connection: Connection | None = None) -> list[Any]: ...
    def ask(
        self, queries: AnyQuery | Sequence[AnyQuery], *, connection: Connection | None = None
    ) -> Any | list[Any]:
        """Answer one query, or many as of one moment.

        One query returns its answer or raises; a list returns an answer or an error for each, in order.
        With a `connection` of the caller's, what the caller's transaction has changed is seen.
        """
        asked = [queries] if isinstance(queries, Query) else queries
        if connection is None:
            answers = self._reader.ask(asked)
        else:
            answers = self._reader.ask_on(Session(connection, owned=False), asked)
        return _or_raise(answers[0]) if isinstance(queries, Query) else answers

    # --- programs ----------------------------------------------------------------------------------------

    def apply(
        self, document: str, *, at: datetime | None = None, etag: str | None = None, simulate: bool = False
    ) -> Applied:
        """Put a program in force, as YAML or JSON: a new numbered revision, unless nothing changed.

        It takes force at once, or `at` a moment up to a year ahead. Revisions take force in the order of
        their numbers: while one is planned, the next takes force with it, and so in its place, or after it.
        The answer tells what changes against the newest revision, in force or planned; with `simulate`, that
        is all that happens.

        Raises `ProgramInvalid` with every problem, its line and column, `StaleEtag` when the newest revision,
        in force or planned, is not at `etag`, `RevisionPlanned` for what would take force before a planned
        one, or `InvalidInput` for a moment that has passed or is too far ahead.
        """
        if at is not None:
            check_moment("at", at)
            at = at.astimezone(UTC)
        with self._database.change() as connection:
            applied = apply_program(connection, document, self._clock(), etag, at=at)
            if simulate:
                connection.rollback()
            elif applied.moves_days:
                before = self._programs.load(connection, applied.program, applied.revision - 1)
                change_days(self._engine, connection, before, applied.in_force_from)
            return applied

    def program(self, code: str, revision: int | None = None) -> Revision:
        """A revision of a program as it was applied, by default the one in force.

        Raises `UnknownProgram` or `UnknownRevision`.
        """
        check_id("program", code)
        if revision is not None:
            check_whole("revision", revision, largest=REVISION_MAX)
        with self._database.snapshot() as session:
            if revision is None:
                timeline = self._programs.load_timeline(session.connection, code)
                revision = timeline.in_force(self._clock())
            return read_revision(session.connection, code, revision)

    def revisions(self, code: str, before: int | None = None, limit: int = 100) -> list[RevisionLine]:
        """Up to `limit` revisions of a program, those before `before`, the newest first, planned ones too.

        Raises `UnknownProgram`.
        """
        check_id("program", code)
        if before is not None:
            check_whole("before", before, largest=REVISION_MAX)
        with self._database.snapshot() as session:
            return list_revisions(session.connection, code, before, limit)

    def programs(self, after: str = "", limit: int = 100) -> list[Revision]:
        """The revisions in force of up to `limit` programs whose code comes after `after`, by code."""
        if after:
            check_id("after", after)
        with self._database.snapshot() as session:
            return list_programs(session.connection, self._clock(), after, limit)

    def backtest(
        self,
        document: str,
        from_: date,
        to: date,
        *,
        members: int | None = None,
        progress: Progress = lambda steps, total: None,
    ) -> Backtest:
        """What a program document would have given for the events of local days `from_` through `to`, against
        what happened. Writes nothing.

        Every member's story is told from its beginning, of merged members as one, under the document from
        the first event on, and what refunds have taken by now is off both sides. What tasks and tiers give is
        in it, as far as sweeps have recorded what time does. Budgets serve events in the order of time.
        `members` is the size of a sample, the same whenever it is drawn; a budget then serves the sample
        alone. Reads one snapshot, event by event. `progress` is told how many more are done, and how many
        there are.

        Raises `ProgramInvalid` for a document that could not be applied, `UnknownProgram`, or `InvalidInput`.
        """
        with self._database.snapshot() as session:
            return backtest(session, document, from_, to, self._clock(), members, progress)

    def simulate_ladders(
        self, document: str, *, progress: Progress = lambda steps, total: None
    ) -> LaddersSimulated:
        """Where the ladders of a program document would put every member with what they have now, against
        where they stand. Writes nothing, and reads one snapshot, member by member.

        Raises `ProgramInvalid` for a document that could not be applied, or `UnknownProgram`.
        """
        with self._database.snapshot() as session:
            return simulate_ladders(session, document, self._programs, self._clock(), progress)

    # --- keeping -----------------------------------------------------------------------------------------

    def sweep(self, limit: int = 1000) -> int:
        """Record what time has done to up to `limit` members; returns how many. Call it until it returns 0.

        Reports, and what is left in pools such as stocks, wait for it or for a command; no other answer does.
        """
        check_whole("limit", limit)
        return settle_due(self._engine, limit)

    def roll_up(self) -> None:
        """Bring the sums behind the trial balance up to date. It is exact without, and quicker with."""
        with self._database.change() as connection:
            roll_up(Session(connection, owned=False))

    def forget_refusals(self, older_than: timedelta = REFUSALS_KEPT_DEFAULT) -> int:
        """Delete recorded refusals of at least this age, 30 days or more; returns how many. Entries stay."""
        if older_than < REFUSALS_KEPT_DEFAULT:
            raise InvalidInput("older_than", f"must be {REFUSALS_KEPT_DEFAULT.days} days or more")
        return forget_refusals(self._database, self._clock() - older_than)

    def verify(
        self, program: str, after: str = "", *, member: str = "", against: Seal | None = None
    ) -> Generator[Checked, None, None]:
        """Replay every member's history, in the order of their names, and check all that follows from it.

        Yields one `Checked` a member, with a `Disagreement` where something does not follow: the member, the
        entry and the problem. What is wrong with the program's revisions and the rollup, and what does not
        agree with the seal `against`, comes first, in a `Checked` without a member.

        `after` resumes behind a member; `member` names the only one to check. Everything is read from one
        snapshot, which closing the generator lets go of. Raises `UnknownProgram`, or `InvalidInput` for a
        seal of another program.
        """
        check_id("program", program)
        for name, value in (("after", after), ("member", member)):
            if value:
                check_id(name, value)
        with self._database.snapshot() as session:
            yield from verify_program(session, program, self._kinds, after, member, against)

    def reconcile(
        self,
        program: str,
        settlement: Settlement,
        *,
        from_: date | None = None,
        to: date | None = None,
        slack_days: int = SLACK_DAYS,
    ) -> Generator[SettlementDifference | SettlementSums, None, None]:
        """Compare what a payment provider settled with the top-ups, card activations and payouts that were
        confirmed: yields each difference, by kind and reference, and at the end the sums of each currency.

        `settlement` is what `read_settlement` reads from a file. What was confirmed on local days `from_`
        through `to`, by default those of the file, has to be in it; what was confirmed up to `slack_days`
        beside them may be. Everything is read from one snapshot, and sorted on disk. Raises `UnknownProgram`,
        or `InvalidInput` for what cannot be read.
        """
        check_id("program", program)
        with self._database.snapshot() as session:
            revision = self._programs.load_timeline(session.connection, program).in_force(self._clock())
            in_force = self._programs.load(session.connection, program, revision)
            yield from reconcile(session, in_force, settlement, from_, to, slack_days)

    def seal(self, program: str) -> Seal:
        """What the program's whole history comes to now, to be kept where the book's keepers cannot write.

        `verify(program, against=seal)` proves later that nothing of it has changed since. What is sealed is
        what stands there: verify it first. Raises `UnknownProgram`.
        """
        check_id("program", program)
        with self._database.snapshot() as session:
            return seal_program(session, program, self._clock())


def _or_raise(outcome: Any) -> Any:
    if isinstance(outcome, TallybookError):
        raise outcome
    return outcome
