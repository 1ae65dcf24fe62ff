"""A revision may be planned: it takes force by itself, in the order of the numbers, and is seen coming."""

from datetime import timedelta
from typing import Any

import pytest
import tallybook as tb

from tests.clocks import SetClock
from tests.slices.shop import PROGRAM, Shop

MORE = PROGRAM.replace("funds: [partner]", "funds: [partner, campaign]")
TOKYO = PROGRAM.replace("timezone: UTC", "timezone: Asia/Tokyo")
IDLE = PROGRAM.replace(
    "stars: {kind: redeemable}",
    "stars: {kind: redeemable, expiry: {kind: after_idle_months, months: 1}}",
)
DEARER = PROGRAM.replace("units: 1,", "units: 2,")
GEMS = PROGRAM.replace("units:\n", "units:\n  gems: {kind: redeemable}\n")


def spent(shop: Shop) -> int:
    """What a dollar earns now."""
    (moved,) = shop.book.do(shop.buying(100)).moved
    return int(moved.given)


def test_a_planned_revision_takes_force_by_itself(shop: Shop, clock: SetClock) -> None:
    at = clock.now + timedelta(days=2)
    planned = shop.book.apply(DEARER, at=at)
    assert (planned.revision, planned.in_force_from, planned.unchanged) == (2, at, False)
    assert (shop.book.program("shop").revision, spent(shop)) == (1, 1)
    clock.now = at - timedelta(microseconds=1)
    assert (shop.book.program("shop").revision, spent(shop)) == (1, 1)
    clock.now = at
    assert (shop.book.program("shop").revision, spent(shop)) == (2, 2)
    assert [each.revision for each in shop.book.programs()] == [2]
    assert [entry.revision for entry in shop.statement().entries] == [2, 1, 1, 1]
    assert shop.problems() == []


def test_simulating_and_asking_follow_the_plan(shop: Shop, clock: SetClock, database_url: str) -> None:
    shop.book.apply(MORE, at=clock.now + timedelta(days=2))
    given = shop.awarding(1, fund="campaign")
    with pytest.raises(tb.UnknownFund):
        shop.book.simulate(given)
    clock.forward(days=2)
    assert shop.book.simulate(given).amount == 1
    with tb.Book.open(database_url, clock=clock) as other:
        assert other.simulate(given).amount == 1


def test_a_unit_of_a_planned_revision_is_there_from_its_moment_on(shop: Shop, clock: SetClock) -> None:
    shop.book.apply(GEMS, at=clock.now + timedelta(days=2))
    before = clock.now
    clock.forward(days=3)
    shop.award(1, unit="gems")

    def units(**as_of: Any) -> list[str]:
        query = tb.PastBalances if as_of else tb.Balances
        sheet = shop.book.ask(query(program="shop", member="m1", **as_of))
        return [each.unit for each in sheet.units]

    assert units() == ["gems", "points", "stars", "growth"]
    assert units(as_of=before + timedelta(days=1)) == ["points", "stars", "growth"]
    assert units(as_of=before + timedelta(days=2)) == ["gems", "points", "stars", "growth"]


def test_what_is_to_come_is_not_asked_by_a_plan(shop: Shop, clock: SetClock) -> None:
    shop.book.apply(GEMS, at=clock.now + timedelta(days=2))
    past = shop.book.ask(tb.PastBalances(program="shop", member="m1", as_of=clock.now + timedelta(days=9)))
    assert [each.unit for each in past.units] == ["points", "stars", "growth"]


def test_nothing_takes_force_before_what_is_planned(shop: Shop, clock: SetClock) -> None:
    at = clock.now + timedelta(days=2)
    shop.book.apply(DEARER, at=at)
    for sooner in (None, clock.now, at - timedelta(microseconds=1)):
        with pytest.raises(tb.RevisionPlanned) as caught:
            shop.book.apply(MORE, at=sooner)
        assert caught.value.facts() == {"program": "shop", "revision": 2, "in_force_from": at}
    later = shop.book.apply(MORE, at=at + timedelta(days=1))
    assert (later.revision, later.in_force_from) == (3, at + timedelta(days=1))
    clock.now = at
    with pytest.raises(tb.RevisionPlanned):
        shop.book.apply(PROGRAM)
    clock.forward(days=1)
    assert shop.book.apply(PROGRAM).revision == 4
    assert shop.problems() == []


def test_what_is_planned_for_the_same_moment_takes_the_place_of_a_plan(shop: Shop, clock: SetClock) -> None:
    at = clock.now + timedelta(days=2)
    shop.book.apply(DEARER, at=at)
    assert shop.book.apply(PROGRAM, at=at).revision == 3
    clock.now = at
    assert spent(shop) == 1
    assert [entry.revision for entry in shop.statement().entries] == [3, 1]


def test_a_plan_that_is_told_again_is_the_same_plan(shop: Shop, clock: SetClock) -> None:
    at = clock.now + timedelta(days=2)
    first = shop.book.apply(DEARER, at=at)
    for again in (at, None, at + timedelta(days=1), clock.now - timedelta(days=1)):
        told = shop.book.apply("# again\n" + DEARER, at=again, etag="long gone")
        assert (told.revision, told.in_force_from, told.unchanged) == (2, at, True)
        assert (told.etag, told.changes, told.moves_days) == (first.etag, (), False)
    clock.forward(days=3)
    assert shop.book.apply(DEARER).in_force_from == at


def test_editors_follow_the_newest_revision_planned_or_not(shop: Shop, clock: SetClock) -> None:
    in_force = shop.book.program("shop")
    at = clock.now + timedelta(days=2)
    planned = shop.book.apply(DEARER, at=at, etag=in_force.etag)
    with pytest.raises(tb.StaleEtag) as caught:
        shop.book.apply(MORE, at=at, etag=in_force.etag)
    assert caught.value.current == planned.etag
    assert shop.book.apply(MORE, at=at, etag=planned.etag).revision == 3


def test_every_revision_is_listed_and_can_be_read_back(shop: Shop, clock: SetClock) -> None:
    begin, at = clock.now, clock.now + timedelta(days=2)
    shop.book.apply(DEARER, at=at)
    clock.forward(days=1)
    shop.book.apply(MORE, at=at)
    lines = shop.book.revisions("shop")
    assert [(line.revision, line.applied_at, line.in_force_from) for line in lines] == [
        (3, clock.now, at),
        (2, begin, at),
        (1, begin, begin),
    ]
    assert shop.book.revisions("shop", before=3, limit=1) == lines[1:2]
    assert shop.book.revisions("shop", before=1) == []
    read = [shop.book.program("shop", line.revision) for line in lines]
    assert [each.etag for each in read] == [line.etag for line in lines]
    assert [each.document for each in read] == [MORE, DEARER, PROGRAM]
    with pytest.raises(tb.UnknownProgram):
        shop.book.revisions("nowhere")


@pytest.mark.parametrize(
    ("days", "problem"), [(-1, "must not have passed"), (367, "must be within 366 days")], ids=str
)
def test_a_plan_is_for_the_year_to_come(shop: Shop, clock: SetClock, days: int, problem: str) -> None:
    with pytest.raises(tb.InvalidInput, match=problem) as caught:
        shop.book.apply(DEARER, at=clock.now + timedelta(days=days))
    assert caught.value.field == "at"
    assert shop.book.apply(DEARER, at=clock.now + timedelta(days=366)).revision == 2


def test_a_plan_says_which_moment_it_means(shop: Shop, clock: SetClock) -> None:
    with pytest.raises(tb.InvalidInput, match="time zone"):
        shop.book.apply(DEARER, at=clock.now.replace(tzinfo=None))
    applied = shop.book.apply(DEARER, at=clock.now)
    assert applied.in_force_from == clock.now
    assert shop.book.program("shop").revision == 2


def test_the_first_revision_cannot_wait(shop: Shop, clock: SetClock) -> None:
    document = PROGRAM.replace("program: shop", "program: new")
    with pytest.raises(tb.InvalidInput, match="the first revision"):
        shop.book.apply(document, at=clock.now + timedelta(days=1))
    assert shop.book.apply(document, at=clock.now).revision == 1


@pytest.mark.parametrize(("document", "path"), [(TOKYO, "timezone"), (IDLE, "units.stars.expiry")])
def test_what_moves_days_cannot_be_planned(shop: Shop, clock: SetClock, document: str, path: str) -> None:
    with pytest.raises(tb.ProgramInvalid) as caught:
        shop.book.apply(document, at=clock.now + timedelta(days=1))
    (problem,) = caught.value.problems
    assert problem.path == path
    assert "moves the days of what members have already" in problem.message
    assert shop.book.apply(document).moves_days


def test_a_new_unit_may_lapse_by_inactivity_as_planned(shop: Shop, clock: SetClock) -> None:
    expiry = "{kind: after_idle_months, months: 1}"
    more = PROGRAM.replace("units:\n", f"units:\n  gems: {{kind: redeemable, expiry: {expiry}}}\n")
    assert not shop.book.apply(more, at=clock.now + timedelta(days=1)).moves_days


def test_a_program_says_what_a_document_changes(shop: Shop, clock: SetClock) -> None:
    applied = shop.book.apply(DEARER, simulate=True)
    assert [str(change) for change in applied.changes] == ['rules.base.formula.units: "1" -> "2"']
    shop.book.apply(MORE, at=clock.now + timedelta(days=1))
    against_the_plan = shop.book.apply(DEARER, at=clock.now + timedelta(days=1), simulate=True)
    assert [str(change) for change in against_the_plan.changes] == [
        'funds[1]: removed "campaign"',
        'rules.base.formula.units: "1" -> "2"',
    ]
    assert shop.book.apply(PROGRAM.replace("program: shop", "program: new")).changes == ()


def test_a_revision_is_in_force_by_a_clock_that_is_behind(
    shop: Shop, clock: SetClock, database_url: str
) -> None:
    at_once = shop.book.apply(MORE)
    behind = SetClock(clock.now - timedelta(seconds=3))
    with tb.Book.open(database_url, clock=behind) as other:
        assert other.do(shop.awarding(1, fund="campaign")).amount == 1
        assert other.program("shop").revision == 2
        follower = other.apply(DEARER)
    assert (follower.revision, follower.in_force_from) == (3, at_once.in_force_from)
    assert [line.applied_at for line in shop.book.revisions("shop")] == [clock.now] * 3
    assert shop.problems() == []
