"""Handles: notes that are in a program only once by their key, and lead to whoever holds them."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ClassVar

import pytest
import tallybook as tb
from sqlalchemy import text
from tallybook.commands import KINDS
from tallybook.db.database import Database
from tallybook.db.schema import prepare_schema
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import Refusal, UnknownHold
from tallybook.journal.accounts import GIFTED, NEVER, VESTED
from tallybook.journal.moves import Lot, credit, move_out
from tallybook.journal.notes import Note, NoteKey
from tallybook.members.spending import choose_lots

from tests.clocks import SetClock

BADGE = "@badge"
NAME = "@~name"


class Badged(Reply, frozen=True, kw_only=True):
    """Who had the badge before."""

    was: str = ""


class TakeBadge(Command[Badged], frozen=True, kw_only=True, tag="take_badge"):
    """Take a badge that nobody has, or give up one's own."""

    badge: str
    kind_of_badge: str = BADGE
    gives_up: bool = False
    reply_type: ClassVar[type[Reply]] = Badged

    def named_handles(self, program: object, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        return ((self.kind_of_badge, self.badge),)

    def decide(self, desk: Desk) -> Badged:
        holder = desk.holder(self.kind_of_badge, self.badge)
        if holder is not None and holder is not desk.folio:
            raise UnknownHold(member=holder.member, hold=self.badge)
        body = None if self.gives_up else Note('"worn"')
        desk.folio.put_note(self.kind_of_badge, body, self.badge)
        was = "" if holder is None else holder.member
        return Badged(entry=desk.entry, recorded_at=desk.now, was=was)


class PayBadge(Command[Badged], frozen=True, kw_only=True, tag="pay_badge"):
    """Give points to whoever has a badge."""

    badge: str
    reply_type: ClassVar[type[Reply]] = Badged

    def counterpart_handle(self) -> NoteKey:
        return BADGE, self.badge

    def decide(self, desk: Desk) -> Badged:
        if desk.other is None:
            raise UnknownHold(member=self.member, hold=self.badge)
        parts = choose_lots(desk, desk.unit("points"), 10)
        move_out(desk.folio, parts, GIFTED)
        lot = Lot("points", "house", VESTED, NEVER)
        credit(desk.other, lot, GIFTED, 10, desk.program, desk.today)
        return Badged(entry=desk.entry, recorded_at=desk.now, was=desk.other.member)


@pytest.fixture
def book(database_url: str) -> Iterator[tb.Book]:
    """A book that knows badges, with three members."""
    kinds = KINDS._replace(
        commands={**KINDS.commands, TakeBadge.kind(): TakeBadge, PayBadge.kind(): PayBadge}
    )
    database = Database(database_url, 5)
    prepare_schema(database, migrate=False)
    with tb.Book(database, SetClock(), kinds) as opened:
        opened.apply(tb.DEMO_PROGRAM)
        for member in ("a", "b", "c"):
            opened.do(tb.Enroll(program="demo", member=member, request_id="enroll"))
        yield opened


def take(member: str, badge: str, request: str = "take", **fields: Any) -> TakeBadge:
    """The command."""
    return TakeBadge(program="demo", member=member, request_id=request, badge=badge, **fields)


def pay(member: str, badge: str, request: str = "pay") -> PayBadge:
    """The command."""
    return PayBadge(program="demo", member=member, request_id=request, badge=badge)


def disagreements(book: tb.Book) -> list[str]:
    """What verify finds."""
    return [each.disagreement.problem for each in book.verify("demo") if each.disagreement]


def test_a_handle_is_held_by_one_member_at_a_time(book: tb.Book) -> None:
    book.do(take("a", "gold"))
    with pytest.raises(Refusal) as refused:
        book.do(take("b", "gold"))
    assert refused.value.facts() == {"member": "a", "hold": "gold"}
    book.do(take("a", "gold", "back", gives_up=True))
    assert book.do(take("b", "gold", "again")).was == ""
    assert disagreements(book) == []


def test_within_a_batch_too(book: tb.Book) -> None:
    first, second, back, third = book.do(
        [
            take("a", "gold"),
            take("b", "gold"),
            take("a", "gold", "back", gives_up=True),
            take("c", "gold"),
        ]
    )
    assert not isinstance(first, tb.TallybookError)
    assert isinstance(second, UnknownHold)
    assert not isinstance(back, tb.TallybookError)
    assert not isinstance(third, tb.TallybookError)
    assert isinstance(book.simulate([take("a", "gold", "late")])[0], UnknownHold)
    assert disagreements(book) == []


def test_of_many_who_take_it_at_once_one_gets_it(book: tb.Book) -> None:
    def race(number: int) -> list[bool]:
        with ThreadPoolExecutor(3) as pool:
            outcomes = list(
                pool.map(lambda who: book.do([take(who, f"gold-{number}", f"r{number}")])[0], "abc")
            )
        return [isinstance(each, tb.TallybookError) for each in outcomes]

    for number in range(8):
        assert sorted(race(number)) == [False, True, True]
    assert disagreements(book) == []


def test_a_handle_finds_the_other_side_of_an_entry(book: tb.Book) -> None:
    book.do(tb.Award(program="demo", member="a", request_id="award", unit="points", amount=30))
    with pytest.raises(UnknownHold):
        book.do(pay("a", "gold"))
    taken, paid = book.do([take("b", "gold"), pay("a", "gold", "in the same batch")])
    assert not isinstance(taken, tb.TallybookError)
    assert isinstance(paid, Badged)
    assert paid.was == "b"
    assert book.do(pay("a", "gold", "later")).was == "b"
    assert book.ask(tb.Balances(program="demo", member="b")).of("points").available == 20
    assert disagreements(book) == []


def test_what_is_private_is_in_no_entry_and_goes_without_a_trace(book: tb.Book, database_url: str) -> None:
    book.do(take("a", "Ada Lovelace", kind_of_badge=NAME))
    with pytest.raises(UnknownHold):
        book.do(take("b", "Ada Lovelace", kind_of_badge=NAME))
    entry = book.ask(tb.GetEntry(program="demo", member="a", entry=2))
    assert "Ada" not in str(entry)
    assert disagreements(book) == []
    book.do(take("a", "Ada Lovelace", "forget", kind_of_badge=NAME, gives_up=True))
    assert disagreements(book) == []
    assert "Ada" not in everything_told(database_url)


def everything_told(url: str) -> str:
    """What the entries say, requests left out, and all notes."""
    database = Database(url, 1)
    try:
        with database.change() as connection:
            entries = connection.execute(text("SELECT notes, reply, content, metadata, reason FROM entry"))
            notes = connection.execute(text("SELECT kind, key, body FROM note"))
            return f"{entries.all()} {notes.all()}"
    finally:
        database.dispose()


def test_a_handle_written_by_hand_is_found(book: tb.Book, database_url: str) -> None:
    book.do(take("a", "gold"))
    database = Database(database_url, 1)
    with database.change() as connection:
        connection.execute(text("UPDATE note SET member = 'b' WHERE kind = '@badge'"))
    database.dispose()
    found = {each.member for each in book.verify("demo") if each.disagreement}
    assert found == {"a", "b"}
