"""Programs in the database: applied, read, listed, cached. On SQLite and on PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event

import pytest
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import IntegrityError
from tallybook.db.columns import METADATA
from tallybook.db.database import Database
from tallybook.errors import StaleEtag, UnknownProgram
from tallybook.programs import (
    DEMO_PROGRAM,
    Applied,
    ProgramCache,
    ProgramInvalid,
    Start,
    Timeline,
    UnknownRevision,
    apply_program,
    list_programs,
    list_revisions,
    parse,
    read_revision,
    tables,
)

from tests.programs.documents import SMALL, base, text, unit

NOW = datetime(2026, 5, 17, 9, 30, tzinfo=UTC)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    database = Database(database_url, pool_size=10)
    METADATA.create_all(database.engine, tables=[tables.program, tables.program_revision])
    yield database.engine
    database.dispose()


def apply(engine: Engine, document: str, expected_etag: str | None = None, by: str = "") -> Applied:
    with engine.begin() as connection:
        return apply_program(connection, document, NOW, expected_etag, applied_by=by)


def revisions(engine: Engine) -> int:
    with engine.begin() as connection:
        return connection.execute(select(func.count()).select_from(tables.program_revision)).scalar_one()


def test_the_first_document_is_revision_1(engine: Engine) -> None:
    applied = apply(engine, SMALL, by="alice")
    assert applied == Applied("shop", 1, parse(SMALL).etag(), in_force_from=NOW)
    with engine.begin() as connection:
        found = read_revision(connection, "shop", 1)
    assert (found.program, found.revision, found.etag) == ("shop", 1, applied.etag)
    assert (found.document, found.applied_by) == (SMALL, "alice")
    assert (found.applied_at, found.in_force_from) == (NOW, NOW)


def test_the_same_document_again_changes_nothing(engine: Engine) -> None:
    first = apply(engine, SMALL)
    for again in (SMALL, "# Now with a comment.\n" + SMALL, text(timezone="Europe/Berlin")):
        assert apply(engine, again) == Applied("shop", 1, first.etag, NOW, unchanged=True)
        assert apply(engine, again, expected_etag="long gone").unchanged
    assert revisions(engine) == 1


def test_another_document_is_the_next_revision(engine: Engine) -> None:
    first = apply(engine, SMALL)
    second = apply(engine, SMALL + "funds: [bonus]\n", expected_etag=first.etag)
    third = apply(engine, SMALL, expected_etag=second.etag)
    assert [each.revision for each in (first, second, third)] == [1, 2, 3]
    assert third.etag == first.etag != second.etag
    with engine.begin() as connection:
        assert [read_revision(connection, "shop", number).etag for number in (1, 2, 3)] == [
            first.etag,
            second.etag,
            third.etag,
        ]
        assert read_revision(connection, "shop", 2).document.endswith("funds: [bonus]\n")


def test_a_stale_etag_is_refused_with_both_etags(engine: Engine) -> None:
    first = apply(engine, SMALL)
    second = apply(engine, SMALL + "funds: [bonus]\n")
    with pytest.raises(StaleEtag) as caught:
        apply(engine, SMALL + "funds: [partner]\n", expected_etag=first.etag)
    assert caught.value.facts() == {"program": "shop", "expected": first.etag, "current": second.etag}
    assert revisions(engine) == 2


def test_an_etag_of_a_program_that_is_not_there_is_stale(engine: Engine) -> None:
    with pytest.raises(StaleEtag):
        apply(engine, SMALL, expected_etag="abc")
    assert apply(engine, SMALL, expected_etag="").revision == 1


def test_mistakes_leave_nothing_behind(engine: Engine) -> None:
    with pytest.raises(ProgramInvalid):
        apply(engine, SMALL + "fund: [bonus]\n")
    assert revisions(engine) == 0


@pytest.mark.parametrize(
    ("document", "line", "path", "message"),
    [
        (SMALL.replace("points", "stars"), 3, "units", "leaves out points, which members may have"),
        (SMALL + "    scale: 2\n", 6, "units.points.scale", "was 0, and every balance is counted in it"),
        (
            SMALL.replace("redeemable", "qualifying"),
            5,
            "units.points.kind",
            "was redeemable, and members have",
        ),
    ],
)
def test_changes_that_would_falsify_balances_are_refused(
    engine: Engine, document: str, line: int, path: str, message: str
) -> None:
    apply(engine, SMALL)
    with pytest.raises(ProgramInvalid) as caught:
        apply(engine, document)
    (problem,) = caught.value.problems
    assert (problem.line, problem.path) == (line, path)
    assert problem.message.startswith(message)
    assert revisions(engine) == 1


def test_a_scale_taken_out_is_a_change_of_scale(engine: Engine) -> None:
    apply(engine, SMALL + "    scale: 2\n")
    with pytest.raises(ProgramInvalid) as caught:
        apply(engine, SMALL)
    assert (caught.value.problems[0].line, caught.value.problems[0].column) == (4, 3)


def test_the_transaction_is_the_callers(engine: Engine) -> None:
    with engine.connect() as connection:
        apply_program(connection, SMALL, NOW)
        connection.rollback()
    assert revisions(engine) == 0


def test_what_is_not_there_is_unknown(engine: Engine) -> None:
    apply(engine, SMALL)
    with engine.begin() as connection:
        with pytest.raises(UnknownProgram) as no_program:
            read_revision(connection, "shup", 1)
        with pytest.raises(UnknownProgram):
            list_revisions(connection, "shup")
        with pytest.raises(UnknownRevision) as no_revision:
            read_revision(connection, "shop", 2)
    assert no_program.value.facts() == {"program": "shup"}
    assert no_revision.value.facts() == {"program": "shop", "revision": 2}
    assert str(no_revision.value) == "Program 'shop' has no revision 2."


def test_programs_are_listed_by_code_in_pages(engine: Engine) -> None:
    for code in ("b", "a", "B", "a.b", "c"):
        apply(engine, text(program=code))
    apply(engine, text(program="a", funds=["bonus"]))
    with engine.begin() as connection:
        pages = [list_programs(connection, NOW, after, 2) for after in ("", "a", "b", "c")]
    assert [[(each.program, each.revision) for each in page] for page in pages] == [
        [("B", 1), ("a", 2)],
        [("a.b", 1), ("b", 1)],
        [("c", 1)],
        [],
    ]


def test_of_many_who_apply_the_same_document_one_makes_a_revision(engine: Engine) -> None:
    start = Barrier(8)

    def at_once(_: int) -> Applied:
        start.wait()
        return apply(engine, SMALL)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(at_once, range(8)))
    assert sorted(applied.unchanged for applied in found) == [False] + [True] * 7
    assert {applied.revision for applied in found} == {1}
    assert revisions(engine) == 1


def test_of_two_editors_one_is_told_of_the_other(engine: Engine) -> None:
    seen = apply(engine, SMALL).etag
    start = Barrier(8)

    def edit(number: int) -> str:
        start.wait()
        try:
            return str(apply(engine, SMALL + f"funds: [fund{number}]\n", expected_etag=seen).revision)
        except StaleEtag:
            return "stale"

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(edit, range(8))) == ["2"] + ["stale"] * 7


def test_many_different_documents_become_one_row_of_revisions(engine: Engine) -> None:
    start = Barrier(8)

    def write(number: int) -> int:
        start.wait()
        return apply(engine, SMALL + f"funds: [fund{number}]\n").revision

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(write, range(8))) == list(range(1, 9))


def test_the_second_first_revision_follows_the_first(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    METADATA.create_all(database.engine, tables=[tables.program, tables.program_revision])
    ahead = Event()

    def follow() -> Applied:
        ahead.wait()
        return apply(database.engine, SMALL + "funds: [bonus]\n")

    with ThreadPoolExecutor(1) as pool, database.engine.begin() as connection:
        second = pool.submit(follow)
        first = apply_program(connection, SMALL, NOW)
        ahead.set()
        with pytest.raises(TimeoutError):
            second.result(timeout=timedelta(milliseconds=300).total_seconds())
        connection.commit()
        assert (first.revision, second.result().revision) == (1, 2)
    database.dispose()


def test_a_revision_number_below_1_is_refused_by_the_database(engine: Engine) -> None:
    row = {"program": "shop", "revision": 0, "etag": "e", "updated_at": NOW}
    with engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(insert(tables.program).values(row))


def test_the_cache_compiles_each_revision_once(engine: Engine) -> None:
    cache = ProgramCache()
    apply(engine, SMALL)
    with engine.begin() as connection:
        first = cache.load(connection, "shop", 1)
        assert cache.load(connection, "shop", 1) is first
        assert cache.get("shop", 1) is first
        assert cache.get("shop", 2) is None
    apply(engine, text(timezone="Asia/Tokyo", units=unit(), rules=base()))
    with engine.begin() as connection:
        second = cache.load(connection, "shop", 2)
        assert (second.revision, second.timezone) == (2, "Asia/Tokyo")
        assert cache.load(connection, "shop", 1) is first
        with pytest.raises(UnknownProgram):
            cache.load(connection, "shup", 1)
        with pytest.raises(UnknownProgram):
            cache.load_timeline(connection, "shup")


def test_a_revision_says_which_was_the_first_with_its_ladders(engine: Engine) -> None:
    ladder = {"status": {"tiers": [{"code": "gold", "any_of": [{"units": {"points": 10}}]}]}}
    tokyo = "Asia/Tokyo"
    for changes in (
        {"ladders": ladder},
        {"ladders": ladder, "display_name": "Shop"},
        {"ladders": ladder, "display_name": "Shop", "timezone": tokyo},
        {"ladders": ladder, "timezone": tokyo},
        {"timezone": tokyo},
    ):
        apply(engine, text(units=unit(kind="qualifying"), **changes))
    with engine.begin() as connection:
        firsts = [read_revision(connection, "shop", number).ladders_revision for number in range(1, 6)]
        found = ProgramCache().load(connection, "shop", 4)
    assert firsts == [1, 1, 3, 3, 5]
    assert (found.ladders_revision, found.ladders_since) == (3, found.in_force_from)


def test_the_cache_is_bounded() -> None:
    cache = ProgramCache(programs_max=3)
    timeline = Timeline(tuple(Start(revision, NOW, NOW) for revision in range(1, 11)))
    for revision in range(1, 11):
        cache.put("demo", revision, DEMO_PROGRAM, timeline)
    assert [revision for revision in range(1, 11) if cache.get("demo", revision)] == [8, 9, 10]
