"""The machine: anything callers and time can do to a book, in any order, each step checked on paper.

Runs on any database; what it may not meet is a fault. The oracle decides what is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import tallybook as tb
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import create_engine, delete
from tallybook.db.columns import METADATA
from tallybook.db.commit_order import commit_order, keep_order
from tallybook.db.database import Database
from tallybook.db.schema import prepare_schema

from tests.invariants.comparison import (
    Rows,
    answer_of,
    check_chain,
    check_entry,
    check_house,
    check_members,
    check_nothing_left_behind,
    check_past,
    check_rows,
    check_verified,
    read_rows,
    sheet_of,
    shown_sheet,
)
from tests.invariants.drafts import MEMBERS, Drafts
from tests.invariants.oracle import Answer, Oracle
from tests.invariants.page import dues
from tests.invariants.policy import ZONES, Policy, policies

PROGRAM = "shop"
# Before a short month, before clocks go forward in New York, before a leap day, before the end of a year.
STARTS = [
    datetime(2026, 1, 30, 12, tzinfo=UTC),
    datetime(2026, 3, 7, 23, 30, tzinfo=UTC),
    datetime(2024, 2, 28, 4, 0, 1, tzinfo=UTC),
    datetime(2025, 12, 31, 9, tzinfo=UTC),
]
SECOND = timedelta(seconds=1)
INSTANT = timedelta(microseconds=1)
BATCH_MOST = 6
# It looks at the same rows as the machine itself, and costs as much as all the rest.
VERIFY_EVERY = 4


class Desk:
    """A database that machines play on, one after the other, and a caller's own connections to it."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.caller = self.database.engine if url == "sqlite://" else create_engine(url)
        prepare_schema(self.database, migrate=False)
        keep_order(self.database)

    def wipe(self) -> None:
        """Forget the machine before, but not which database this is."""
        with self.database.engine.begin() as connection:
            for table in set(METADATA.sorted_tables) - {commit_order}:
                connection.execute(delete(table))

    def close(self) -> None:
        self.caller.dispose()
        self.database.dispose()


class Machine(RuleBasedStateMachine):
    """A book and the oracle, told the same things."""

    def __init__(self, desk: Desk, steps: int = 0) -> None:
        super().__init__()
        self.desk = desk
        self.steps = steps  # of all machines so far
        self.own_steps = 0
        self.ids = count(1)
        self.remembered: list[tuple[datetime, dict[str, Any]]] = []
        self.unchanged: Rows | None = None
        self.rows: Rows = {}
        self.is_checked = False

    @initialize(data=st.data(), policy=policies(), start=st.sampled_from(STARTS))
    def open(self, data: st.DataObject, policy: Policy, start: datetime) -> None:
        self.desk.wipe()
        self.oracle = Oracle(PROGRAM, policy, start)
        self.reopen()
        self.book.apply(policy.document(PROGRAM))
        self.act([tb.Enroll(program=PROGRAM, member=member, request_id="signup") for member in MEMBERS[:2]])
        self.rows = self.read()
        begin = self.drafts(data)
        self.act([draft() for draft in (begin.award, begin.award, begin.award, begin.adjust, begin.award)])

    # --- commands -----------------------------------------------------------------------------------------

    def drafts(self, data: st.DataObject) -> Drafts:
        return Drafts(data.draw, self.oracle, lambda: f"r{next(self.ids)}")

    def act(self, commands: Sequence[tb.Command]) -> None:
        """Simulate commands and do them: both answer as the oracle does."""
        self.is_checked = False
        note(f"at {self.oracle.now}: {commands}")
        waiting = any(self.has_something_due(command) for command in commands)
        expected = [self.oracle.do(command) for command in commands]
        simulated = [answer_of(outcome) for outcome in self.book.simulate(list(commands))]
        done = self.done(commands)
        assert done == expected
        assert simulated == expected
        if not waiting and all(answer.code or answer.replayed for answer in expected):
            self.unchanged = self.rows

    def done(self, commands: Sequence[tb.Command]) -> list[Answer]:
        """Do one command by itself, or several as a batch."""
        if len(commands) > 1:
            return [answer_of(outcome) for outcome in self.book.do(list(commands))]
        try:
            return [answer_of(self.book.do(commands[0]))]
        except tb.TallybookError as error:
            return [answer_of(error)]

    def is_due(self, member: str, now: datetime | None = None) -> bool:
        """Whether time has something to record for a member."""
        return self.oracle.settled(member, now).version > self.oracle.pages[member].version

    def has_something_due(self, command: tb.Command) -> bool:
        """Whether time has something to record before a command is decided. A page that is ahead of the clock
        takes the other one along.
        """
        pages = self.oracle.pages
        about = [member for member in (command.member, getattr(command, "to_member", "")) if member in pages]
        now = max([self.oracle.now, *(pages[member].recorded_at for member in about)])
        return any(self.is_due(member, now) for member in about)

    @rule(data=st.data())
    def award(self, data: st.DataObject) -> None:
        self.act([self.drafts(data).award()])

    @rule(data=st.data())
    def spend(self, data: st.DataObject) -> None:
        self.act([self.drafts(data).spend()])

    @rule(data=st.data())
    def set_aside(self, data: st.DataObject) -> None:
        self.act([self.drafts(data).set_aside()])

    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        self.act([self.drafts(data).reverse()])

    @rule(data=st.data())
    def adjust(self, data: st.DataObject) -> None:
        self.act([self.drafts(data).adjust()])

    @rule(data=st.data())
    def about_member(self, data: st.DataObject) -> None:
        self.act([self.drafts(data).about_member()])

    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        self.act([self.drafts(data).again()])

    @rule(data=st.data())
    def batch(self, data: st.DataObject) -> None:
        self.act(self.drafts(data).several(BATCH_MOST))

    @rule(data=st.data(), commits=st.booleans())
    def join(self, data: st.DataObject, commits: bool) -> None:
        """Commands in the caller's own transaction, which then stands or is rolled back."""
        commands = self.drafts(data).several(3)
        self.is_checked = False
        note(f"at {self.oracle.now}, joined, {commits=}: {commands}")
        oracle = self.oracle.copied()
        expected = [oracle.do(command) for command in commands]
        with self.desk.caller.connect() as connection:
            transaction = connection.begin()
            outcomes = self.book.do(commands, connection=connection)
            assert [answer_of(outcome) for outcome in outcomes] == expected
            for member in oracle.pages:
                question = tb.Balances(program=PROGRAM, member=member)
                shown = shown_sheet(self.book.ask(question, connection=connection))
                assert shown == sheet_of(oracle.settled(member), oracle.policy)
            if commits:
                transaction.commit()
            else:
                transaction.rollback()
        if commits:
            self.oracle = oracle
        else:
            self.unchanged = self.rows

    # --- time ---------------------------------------------------------------------------------------------

    @rule(seconds=st.sampled_from([1, 59, 60, 900, 3600]))
    def moments_pass(self, seconds: int) -> None:
        self.turn_clock(self.oracle.now + seconds * SECOND)

    @rule(days=st.sampled_from([1, 1, 2, 3, 9, 31]))
    def days_pass(self, days: int) -> None:
        self.turn_clock(self.oracle.now + timedelta(days=days))

    @rule(data=st.data(), offset=st.sampled_from([-INSTANT, timedelta(0), INSTANT]))
    def something_falls_due(self, data: st.DataObject, offset: timedelta) -> None:
        """To the very edge of a moment at which time does something."""
        self._turn_to_a_due_moment(data, offset)

    def _turn_to_a_due_moment(self, data: st.DataObject, offset: timedelta) -> None:
        """To so much before or behind a moment at which time does something."""
        pages = self.oracle.pages.values()
        moments = sorted(
            {due.at for page in pages for due in dues(page, self.oracle.policy)}
            | {start for start, _ in self.oracle.applied}
        )
        ahead = [
            moment for moment in moments if self.oracle.now < moment < self.oracle.now + timedelta(days=400)
        ]
        if ahead:
            self.turn_clock(data.draw(st.sampled_from(ahead[:4])) + offset)

    @rule(seconds=st.sampled_from([1, 3600, 86_400, 5 * 86_400]))
    def clock_goes_back(self, seconds: int) -> None:
        # Not behind a revision: what is in force at a moment that comes twice, nobody could say afterwards.
        in_force = self.oracle.applied[self.oracle.revision - 1][0]
        now = max(self.oracle.now - seconds * SECOND, in_force)
        # What was answered about a time that now comes again is no longer the answer about that time.
        self.remembered = [(as_of, sheets) for as_of, sheets in self.remembered if as_of < now]
        self.oracle.now = now

    def turn_clock(self, now: datetime) -> None:
        """Go forward, and remember what was answered until then."""
        if now > self.oracle.now:
            self.remember()
            self.oracle.now = now

    def remember(self) -> None:
        if all(page.recorded_at <= self.oracle.now for page in self.oracle.pages.values()):
            questions = [tb.Balances(program=PROGRAM, member=member) for member in sorted(self.oracle.pages)]
            sheets = {sheet.member: sheet for sheet in self.book.ask(questions)}
            self.remembered.append((self.oracle.now, sheets))

    # --- keeping the book ---------------------------------------------------------------------------------

    @rule(limit=st.sampled_from([1, 2, 1000]))
    def sweep(self, limit: int) -> None:
        """Sweeping records what is due and comes to an end."""
        due = sum(self.is_due(member) for member in self.oracle.pages)
        swept = 0
        while found := self.book.sweep(limit):
            swept += found
            assert swept <= len(self.oracle.pages), "sweeping finds the same members again"
        assert swept >= due
        self.oracle.sweep()

    @rule(chore=st.sampled_from(["roll up", "forget refusals", "reopen"]))
    def keep(self, chore: str) -> None:
        """What a keeper does beside: none of it changes an answer, but that old refusals are forgotten."""
        if chore == "roll up":
            self.book.roll_up()
        elif chore == "forget refusals":
            self.book.forget_refusals()
            self.oracle.forget_refusals()
        else:
            self.reopen()

    def reopen(self) -> None:
        """Another process opens the book: nothing that matters is in the memory of the first."""
        self.book = tb.Book(self.desk.database, clock=lambda: self.oracle.now)

    @rule(policy=policies())
    def apply_a_revision(self, policy: Policy) -> None:
        """Other rules from now on; another zone or idle limit moves the days of what is there."""
        self.apply(policy)

    @rule(data=st.data(), zone=st.sampled_from(ZONES))
    def midnight_moves(self, data: st.DataObject, zone: str) -> None:
        """To another zone, just when something has fallen due: what is done stays done."""
        self._turn_to_a_due_moment(data, INSTANT)
        self.apply(replace(self.oracle.newest, zone=zone))

    @rule(policy=policies(), seconds=st.sampled_from([0, 1, 3600, 86_400, 9 * 86_400]))
    def plan_a_revision(self, policy: Policy, seconds: int) -> None:
        """Other rules from some moment on, in the order of their numbers; the days stay."""
        self.apply(policy.with_days_of(self.oracle.newest), self.oracle.now + seconds * SECOND)

    def apply(self, policy: Policy, at: datetime | None = None) -> None:
        """Apply a policy: the book answers as the oracle does."""
        try:
            applied = self.book.apply(policy.document(PROGRAM), at=at)
            facts = {name: getattr(applied, name) for name in ("revision", "in_force_from", "unchanged")}
            answer = Answer("", facts)
        except tb.RevisionPlanned as planned:
            answer = Answer(planned.code, planned.facts())
        assert answer == self.oracle.apply(policy, at)
        assert self.book.program(PROGRAM).revision == self.oracle.revision
        self.remembered = [each for each in self.remembered if each[0] < self.oracle.now]

    # --- looking ------------------------------------------------------------------------------------------

    @rule(data=st.data(), size=st.integers(1, 3), unit=st.sampled_from(["", "points"]))
    def browse(self, data: st.DataObject, size: int, unit: str) -> None:
        """A statement by pages is the statement, and each of its entries can be had by itself."""
        member = data.draw(st.sampled_from(sorted(self.oracle.pages)))
        about = {"program": PROGRAM, "member": member}
        lines = self.oracle.settled(member).lines
        wanted = [line for line in reversed(lines) if not unit or any(m.unit == unit for m in line.postings)]
        token, found = "", []
        while True:
            page = self.book.ask(tb.Statement(**about, unit=unit, page_size=size, page_token=token))
            found += page.entries
            token = page.next_page_token
            if not token:
                break
            assert len(page.entries) == size
        assert [entry.version for entry in found] == [line.version for line in wanted]
        for entry in found:
            check_entry(entry, lines[entry.version - 1], member)
            assert self.book.ask(tb.GetEntry(**about, entry=entry.version)) == entry

    @rule(data=st.data(), hours=st.sampled_from([-24 * 40, -30, -1, 0, 1, 30]))
    def look_back(self, data: st.DataObject, hours: int) -> None:
        """At any moment, and at one whose answers are remembered."""
        for member in MEMBERS:
            check_past(self.book, self.oracle, member, self.oracle.now + timedelta(hours=hours))
        if self.remembered:
            as_of, sheets = data.draw(st.sampled_from(self.remembered))
            for member, sheet in sheets.items():
                check_past(self.book, self.oracle, member, as_of)
                assert self.book.ask(tb.PastBalances(program=PROGRAM, member=member, as_of=as_of)) == sheet

    def read(self) -> Rows:
        """What is in the database."""
        with self.desk.database.engine.connect() as connection:
            return read_rows(connection, PROGRAM)

    @invariant()
    def the_book_is_as_on_paper(self) -> None:
        self.steps += 1
        self.own_steps += 1
        before, self.is_checked = self.rows, False
        self.rows = self.read()
        if self.rows != before:
            check_rows(self.rows, self.oracle)
            check_chain(self.rows)
            check_house(self.book, self.oracle)
        if self.own_steps % VERIFY_EVERY == 0:
            check_verified(self.book, self.oracle)
        if self.unchanged is not None:
            check_nothing_left_behind(self.unchanged, self.rows)
            self.unchanged = None
        check_members(self.book, self.oracle)
        self.is_checked = True

    def teardown(self) -> None:
        """At the end, every remembered answer is still the answer; unless a fault was found before."""
        if not self.is_checked:
            return
        check_rows(self.rows, self.oracle)
        check_verified(self.book, self.oracle)
        for as_of, sheets in self.remembered[-5:]:
            for member, sheet in sheets.items():
                assert self.book.ask(tb.PastBalances(program=PROGRAM, member=member, as_of=as_of)) == sheet
