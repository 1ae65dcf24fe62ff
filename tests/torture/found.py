"""What stands in a book: read from the tables by plain SQL, and judged by the book itself. Writes nothing."""

from collections import Counter
from typing import Any

import tallybook as tb
from sqlalchemy import create_engine, text

from tests.torture.history import Found, Key

OF_MEMBERS = "('available', 'pending', 'held', 'arrears')"

ENTRIES = "SELECT member, request_id, version FROM entry WHERE program = :program AND request_id IS NOT NULL"
REFUSALS = "SELECT member, request_id FROM refusal WHERE program = :program"
WORTH = f"""
    SELECT member,
           SUM(CASE WHEN to_account IN {OF_MEMBERS} THEN amount ELSE 0 END
             - CASE WHEN from_account IN {OF_MEMBERS} THEN amount ELSE 0 END)
      FROM posting WHERE program = :program GROUP BY member
"""


def read_book(url: str, program: str) -> Found:
    """The entries, the refusals and the members' worth, by requests and postings alone."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:

            def rows(query: str) -> list[Any]:
                return list(connection.execute(text(query), {"program": program}))

            entries: dict[Key, list[int]] = {}
            for member, request_id, version in rows(ENTRIES):
                entries.setdefault((member, request_id), []).append(version)
            refusals = Counter((member, request_id) for member, request_id in rows(REFUSALS))
            worth = Counter({member: int(amount) for member, amount in rows(WORTH)})
            return Found(entries, refusals, worth)
    finally:
        engine.dispose()


def problems(url: str, program: str) -> list[str]:
    """What `verify` and the trial balance have to say against the book."""
    with tb.Book.open(url) as book:
        found = [
            f"verify: {checked.disagreement}"
            for checked in book.verify(program)
            if checked.disagreement is not None
        ]
        sheet = book.ask(tb.TrialBalance(program=program))
        sums = {unit: sheet.difference(unit) for unit in sheet.units()}
    return found + [f"trial balance: {unit} sums to {sum_}" for unit, sum_ in sums.items() if sum_]
