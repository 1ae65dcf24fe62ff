"""The PL/pgSQL that the library is measured against does the same work, and answers the same."""

import random
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import msgspec
import pytest
import tallybook as tb

from bench.awards import Crowd, Wish, Wishes, admit, command
from bench.baseline import Answer, Baseline
from bench.stage import Stage, libpq_url

CROWD = Crowd(members=12, funds=2)
BATCHES = 30

OUTCOMES = {
    "CARRIED_OUT": lambda outcome: isinstance(outcome, tb.Awarded) and not outcome.replayed,
    "REPLAYED": lambda outcome: isinstance(outcome, tb.Awarded) and outcome.replayed,
    "REQUEST_ID_REUSED": lambda outcome: isinstance(outcome, tb.RequestIdReused),
    "UNKNOWN_MEMBER": lambda outcome: isinstance(outcome, tb.UnknownMember),
    "UNKNOWN_FUND": lambda outcome: isinstance(outcome, tb.UnknownFund),
}

COUNTS = """
    SELECT (SELECT count(*) FROM {schema}.entry), (SELECT count(*) FROM {schema}.posting),
        (SELECT count(*) FROM {schema}.lot), (SELECT count(*) FROM {schema}.folio)
"""
ENTRIES = "SELECT member, version, kind, request_id FROM {schema}.entry ORDER BY member, version"
POSTINGS = """
    SELECT member, version, line, unit, fund, vests_on, expires_on, from_account, to_account, amount
    FROM {schema}.posting ORDER BY member, version, line
"""
LOTS = """
    SELECT member, unit, account, fund, vests_on, expires_on, amount
    FROM {schema}.lot ORDER BY member, unit, account, fund, vests_on, expires_on
"""
FOLIOS = "SELECT member, version, next_due_at, frozen FROM {schema}.folio ORDER BY member"
COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, collation_name FROM information_schema.columns
    WHERE table_schema = '{schema}' AND table_name IN ('folio', 'lot', 'entry', 'posting') ORDER BY 1, 2
"""
INDEXES = """
    SELECT tablename, regexp_replace(indexdef, '^.* USING ', '') FROM pg_indexes WHERE schemaname = '{schema}'
    AND tablename IN ('folio', 'lot', 'entry', 'posting') ORDER BY 1, 2
"""


class Sides:
    """The library and the baseline, each in a database of its own, brought to the same start."""

    def __init__(
        self, stage: Stage, book: tb.Book, book_url: str, baseline: Baseline, other_url: str
    ) -> None:
        self._stage = stage
        self._book = book
        self._urls = {"public": book_url, "baseline": other_url}
        self._baseline = baseline

    def award(self, wishes: list[Wish]) -> list[tuple[tb.Outcome, Answer]]:
        """The same awards on both sides; what each answered, award by award."""
        outcomes = self._book.do([command(wish) for wish in wishes])
        return list(zip(outcomes, self._baseline.award(wishes), strict=True))

    def rows(self, query: str) -> tuple[list[Any], list[Any]]:
        """What both sides hold."""
        ours, theirs = (self._rows(query, schema) for schema in ("public", "baseline"))
        return ours, theirs

    def _rows(self, query: str, schema: str) -> list[Any]:
        with self._stage.connect(self._urls[schema]) as connection:
            return connection.execute(query.format(schema=schema).encode()).fetchall()


@pytest.fixture
def sides(stage: Stage) -> Iterator[Sides]:
    with (
        stage.database() as ours,
        stage.database() as theirs,
        tb.Book.open(ours) as book,
        closing(Baseline(libpq_url(theirs))) as baseline,
    ):
        admit(book, CROWD)
        baseline.lay(CROWD)
        yield Sides(stage, book, ours, baseline, theirs)


def awards_with_mistakes(seed: int) -> Iterator[list[Wish]]:
    """Batches that name members twice, repeat requests, also with other bodies, and hold wrong names."""
    draw = random.Random(seed)
    wishes = Wishes(CROWD, "tried")
    past = wishes.take(1)
    for _ in range(BATCHES):
        batch = wishes.take(draw.randint(1, 20))
        batch += draw.choices(past, k=draw.randint(0, 3))
        batch += [wish._replace(amount=wish.amount + 1) for wish in draw.choices(past, k=draw.randint(0, 2))]
        batch += draw.choices(batch, k=draw.randint(0, 2))
        past += batch
        # Not to be repeated with another body: only the library remembers what it refused.
        batch += [wish._replace(member="nobody") for wish in wishes.take(draw.randint(0, 1))]
        batch += [wish._replace(fund="nobody") for wish in wishes.take(draw.randint(0, 1))]
        draw.shuffle(batch)
        yield batch


@pytest.mark.parametrize("seed", range(3))
def test_both_sides_answer_alike_and_hold_the_same_rows(sides: Sides, seed: int) -> None:
    seen = set()
    for batch in awards_with_mistakes(seed):
        for outcome, answer in sides.award(batch):
            assert OUTCOMES[answer.outcome](outcome), (outcome, answer)
            assert not isinstance(outcome, tb.Awarded) or answer.entry == outcome.entry
            seen.add(answer.outcome)
    assert seen == set(OUTCOMES)
    for query in (COUNTS, ENTRIES, POSTINGS, LOTS, FOLIOS):
        ours, theirs = sides.rows(query)
        assert ours == theirs


def test_a_reply_says_the_same_on_both_sides(sides: Sides) -> None:
    for outcome, answer in sides.award(Wishes(CROWD, "replies").take(10)):
        assert isinstance(outcome, tb.Awarded)
        assert answer.reply is not None
        theirs = msgspec.json.decode(answer.reply, type=tb.Awarded)
        assert msgspec.structs.replace(theirs, recorded_at=outcome.recorded_at) == outcome


def test_the_baseline_keeps_its_chain(sides: Sides) -> None:
    for batch in awards_with_mistakes(seed=7):
        sides.award(batch)
    _, broken = sides.rows(
        "SELECT f.member FROM {schema}.folio f WHERE f.head <> (SELECT e.hash FROM {schema}.entry e"
        " WHERE e.program = f.program AND e.member = f.member AND e.version = f.version)"
    )
    assert broken == []
    _, repeated = sides.rows("SELECT hash FROM {schema}.entry GROUP BY hash HAVING count(*) > 1")
    assert repeated == []


@pytest.mark.parametrize("query", [COLUMNS, INDEXES], ids=["columns", "indexes"])
def test_both_sides_have_the_same_tables(sides: Sides, query: str) -> None:
    ours, theirs = sides.rows(query)
    assert ours == theirs
