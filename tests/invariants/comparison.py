"""Whether a book is as it is on paper: its answers, its rows and its chain, each against the oracle.

Reads the tables beside the library, so that a wrong row is seen however the library reads it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import msgspec
import tallybook as tb
from sqlalchemy import Connection, select
from tallybook.journal import tables

from tests.invariants.oracle import Answer, Oracle
from tests.invariants.page import ARREARS, MEMBER_ACCOUNTS, Line, Lot, Page, PaperHold, lot_of
from tests.invariants.policy import NEVER, Policy

Rows = dict[str, list[Any]]
TABLES = [tables.folio, tables.lot, tables.hold, tables.entry, tables.posting, tables.refusal]


def answer_of(outcome: tb.Outcome) -> Answer:
    """A reply or an error as plain facts. Wording is not compared."""
    if isinstance(outcome, tb.TallybookError):
        facts = {name: fact for name, fact in outcome.facts().items() if name != "problem"}
        return Answer(outcome.code, facts, getattr(outcome, "replayed", False))
    facts = msgspec.structs.asdict(outcome)
    return Answer("", facts, facts.pop("replayed"))


def sheet_of(page: Page, policy: Policy) -> dict[str, Any]:
    """A member's balances and lots, as `Balances` must show them."""
    sheet = {}
    for unit in policy.units:
        lots = [lot for lot in page.lots if lot.unit == unit and lot.account != ARREARS]
        dated = sorted((page.last_day(policy, unit, lot.expires_on), lot) for lot in lots)
        shown = [
            (
                lot.account,
                lot.fund,
                page.lots[lot],
                None if last_day == NEVER else last_day,
                None if lot.vests_on == date.min else lot.vests_on,
            )
            for last_day, lot in dated
        ]
        sheet[unit] = page.balance(unit), shown
    return sheet


def shown_sheet(sheet: tb.BalanceSheet) -> dict[str, Any]:
    """The same out of an answer."""
    return {
        each.unit: (
            tuple(each.balance),
            [(lot.account, lot.fund, lot.amount, lot.expires_on, lot.vests_on) for lot in each.lots],
        )
        for each in sheet.units
    }


def check_entry(shown: tb.EntryView, line: Line, member: str) -> None:
    """An entry's facts are those of the line; what is not recorded yet has no hash."""
    facts = msgspec.structs.asdict(shown)
    del facts["hash"]
    expected = {name: getattr(line, name) for name in facts if name != "member"}
    assert facts == {"member": member, **expected}


def check_members(book: tb.Book, oracle: Oracle) -> None:
    """Every question about members that is answered from their pages, all of one moment."""
    questions: list[tb.Query[Any]] = []
    checks: list[Callable[[Any], None]] = []
    for member in oracle.pages:
        page = oracle.settled(member)
        about: dict[str, Any] = {"program": oracle.program, "member": member}
        questions += [tb.GetMember(**about), tb.Balances(**about), tb.Statement(**about, page_size=1000)]
        checks += [
            partial(_check_known, oracle.program, page),
            partial(_check_balances, oracle, page),
            partial(_check_statement, page, oracle.pages[member].version),
        ]
        for hold_id in sorted(page.holds)[-3:]:
            questions.append(tb.GetHold(**about, hold_id=hold_id))
            checks.append(partial(_check_hold, page, page.holds[hold_id]))
    for check, answer in zip(checks, book.ask(questions), strict=True):
        check(answer)


STAGES_WITHOUT_ORDERS = {"aware", "interested", "considering", "asleep"}


def _check_known(program: str, page: Page, known: tb.MemberView) -> None:
    facts = msgspec.structs.asdict(known)
    assert facts.pop("program") == program
    assert facts.pop("stage") in STAGES_WITHOUT_ORDERS
    assert facts == {name: getattr(page, name) for name in facts}


def _check_balances(oracle: Oracle, page: Page, sheet: tb.BalanceSheet) -> None:
    assert (sheet.member, sheet.version, sheet.as_of) == (page.member, page.version, oracle.now)
    assert shown_sheet(sheet) == sheet_of(page, oracle.policy)


def _check_statement(page: Page, recorded: int, statement: tb.Page) -> None:
    assert statement.next_page_token == ""
    assert len(statement.entries) == page.version
    for shown, line in zip(statement.entries, reversed(page.lines), strict=True):
        check_entry(shown, line, page.member)
        assert bool(shown.hash) == (line.version <= recorded)


def _check_hold(page: Page, hold: PaperHold, view: tb.HoldView) -> None:
    facts = msgspec.structs.asdict(view.hold)
    facts["lots"] = tuple((lot.fund, lot.expires_on, lot.amount) for lot in view.hold.lots)
    assert facts == vars(hold)
    assert tuple(view.balance) == page.balance(hold.unit)


def check_past(book: tb.Book, oracle: Oracle, member: str, as_of: datetime) -> None:
    """What a member had at a moment."""
    question = tb.PastBalances(program=oracle.program, member=member, as_of=as_of)
    past = oracle.past(member, as_of)
    answer = book.ask([question])[0]
    if past is None:
        assert answer_of(answer).code == "UNKNOWN_MEMBER"
        return
    page, moment, policy = past
    assert (answer.version, answer.as_of) == (page.version, moment)
    assert shown_sheet(answer) == sheet_of(page, policy)


def check_house(book: tb.Book, oracle: Oracle) -> None:
    """Every account holds what the postings say, and every unit sums to zero."""
    sheet = book.ask(tb.TrialBalance(program=oracle.program))
    assert {unit: sheet.difference(unit) for unit in sheet.units()} == dict.fromkeys(sheet.units(), 0)
    assert {(each.unit, each.account, each.fund): each.amount for each in sheet.accounts} == oracle.accounts()


def check_verified(book: tb.Book, oracle: Oracle) -> None:
    """`verify` reads all there is, and finds nothing."""
    versions = [(member, oracle.pages[member].version, None) for member in sorted(oracle.pages)]
    checked = [(each.member, each.entries, each.disagreement) for each in book.verify(oracle.program)]
    assert checked == versions, checked


# --- rows -------------------------------------------------------------------------------------------------


def read_rows(connection: Connection, program: str) -> Rows:
    """Every row of a program that commands write, sorted."""
    rows = {}
    for table in TABLES:
        query = select(table).where(table.c.program == program).order_by(*table.primary_key)
        rows[table.name] = list(connection.execute(query).all())
    return rows


def check_rows(rows: Rows, oracle: Oracle) -> None:
    """The rows are the oracle's: nothing is missing, nothing was left behind."""
    pages = oracle.pages
    assert {row.member: _standing(row) for row in rows["folio"]} == {
        member: _standing(page) for member, page in pages.items()
    }
    lots = {(row.member, Lot(*row[2:7])): row.amount for row in rows["lot"]}
    assert lots == {
        (member, lot): amount for member, page in pages.items() for lot, amount in page.lots.items()
    }
    assert lots == _sums(rows["posting"])
    assert all((amount < 0) == (lot.account == ARREARS) for (_, lot), amount in lots.items())
    owing = {(member, lot.unit) for member, lot in lots if lot.account == ARREARS}
    assert not owing & {(member, lot.unit) for member, lot in lots if lot.account == "available"}
    assert {(row.member, row.hold_id, row.state) for row in rows["hold"]} == {
        (member, hold.hold_id, hold.state) for member, page in pages.items() for hold in page.holds.values()
    }
    refused = {key for key, request in oracle.requests.items() if request.refused_at is not None}
    assert {(row.member, row.request_id) for row in rows["refusal"]} == refused
    _check_versions(rows["entry"], pages)


def check_nothing_left_behind(before: Rows, after: Rows) -> None:
    """A command that was refused, or joined a transaction that was rolled back, left its refusal at most.

    When a folio is to be looked at next is no trace: whoever looks may see that it can wait.
    """
    for name in before.keys() - {"refusal", "folio"}:
        assert before[name] == after[name], f"something was left in {name}"
    assert [_traces(row) for row in before["folio"]] == [_traces(row) for row in after["folio"]]


def _traces(folio: Any) -> dict[str, Any]:
    return {name: value for name, value in folio._mapping.items() if name not in ("next_due_at", "position")}


def _standing(folio: Any) -> tuple[Any, ...]:
    """The single values of a folio's row, or of a page."""
    return folio.version, folio.recorded_at, folio.enrolled_at, folio.active_at, folio.frozen


def _sums(postings: Iterable[Any]) -> dict[tuple[str, Lot], int]:
    """What postings leave in each lot."""
    sums: dict[tuple[str, Lot], int] = {}
    for row in postings:
        for account, change in ((row.from_account, -row.amount), (row.to_account, row.amount)):
            if account in MEMBER_ACCOUNTS:
                lot = row.member, lot_of(row.unit, account, row.fund, row.vests_on, row.expires_on)
                sums[lot] = sums.get(lot, 0) + change
    return {lot: amount for lot, amount in sums.items() if amount}


def _check_versions(entries: Sequence[Any], pages: Mapping[str, Page]) -> None:
    """Each member's entries are numbered without gaps, in the order they were committed in."""
    numbers: dict[str, list[int]] = {}
    positions: dict[str, list[int]] = {}
    for row in entries:
        numbers.setdefault(row.member, []).append(row.version)
        positions.setdefault(row.member, []).append(row.position)
    assert numbers == {member: list(range(1, page.version + 1)) for member, page in pages.items()}
    assert all(found == sorted(found) for found in positions.values())


def check_chain(rows: Rows) -> None:
    """Each hash covers the one before and the entry's canonical bytes, as ARCHITECTURE.md and `seal` say."""
    head: dict[str, bytes] = {}
    postings: dict[tuple[str, int], list[Any]] = {}
    for row in rows["posting"]:
        postings.setdefault((row.member, row.version), []).append(row)
    for row in rows["entry"]:
        fields = ["tallybook-entry-1", *(_canonical(value) for value in row[:-2])]
        for posting in postings.pop((row.member, row.version), []):
            fields += [_canonical(value) for value in posting[4:]]
        blobs = [field.encode() for field in fields]
        lengths = ",".join(str(len(blob)) for blob in blobs) + ":"
        before = head.get(row.member, bytes(32))
        head[row.member] = hashlib.sha256(before + lengths.encode() + b"".join(blobs)).digest()
        assert row.hash == head[row.member], f"entry {row.version} of {row.member} breaks the chain"
    assert not postings, "there are postings without an entry"
    assert {row.member: row.head for row in rows["folio"]} == head


def _canonical(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.hex() if isinstance(value, bytes) else str(value)
