"""The machine can fail: each fault that is planted here, it finds within a bounded number of examples."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from msgspec.structs import replace
from tallybook.db.database import Session
from tallybook.engine import decide, reading
from tallybook.engine.batch import Batch
from tallybook.engine.engine import Engine
from tallybook.journal import folio, moves, originals, settle
from tallybook.points import gift
from tallybook.programs.program import Program, Unit
from tallybook.programs.timeline import Start
from tallybook.reports import rollup

from tests.invariants.machine import Desk, Machine
from tests.invariants.policy import NEVER

Plant = Callable[[pytest.MonkeyPatch], None]

# Always the same examples, one after the other, until one fails. What fails is not made smaller.
EXAMPLES_MOST = 400
BOUNDED = settings(
    max_examples=EXAMPLES_MOST,
    stateful_step_count=30,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    print_blob=False,
)


def what_lapses_last_is_spent_first(patch: pytest.MonkeyPatch) -> None:
    right = Unit.spend_key

    def wrong(self: Unit, expires_on: Any, fund: str) -> Any:
        rank, day, name = right(self, expires_on, fund)
        return rank, -day.toordinal(), name

    patch.setattr(Unit, "spend_key", wrong)


def points_lapse_a_day_late(patch: pytest.MonkeyPatch) -> None:
    right = Program.lapse_at
    patch.setattr(Program, "lapse_at", lambda self, day: right(self, day) + timedelta(days=1))


def points_lapse_an_instant_late(patch: pytest.MonkeyPatch) -> None:
    right = Program.lapse_at
    patch.setattr(Program, "lapse_at", lambda self, day: right(self, day) + timedelta(microseconds=1))


def points_vest_a_day_early(patch: pytest.MonkeyPatch) -> None:
    right = Program.vest_at
    patch.setattr(Program, "vest_at", lambda self, day: right(self, day) - timedelta(days=1))


def vesting_repays_nothing(patch: pytest.MonkeyPatch) -> None:
    right = settle._vest

    def wrong(page: Any, *others: Any) -> None:
        class Forgetful:
            def __getattr__(self, name: str) -> Any:
                return (lambda unit: 0) if name == "arrears" else getattr(page, name)

        right(Forgetful(), *others)

    patch.setattr(settle, "_vest", wrong)


def a_hold_that_times_out_forgets_a_lot(patch: pytest.MonkeyPatch) -> None:
    right = settle.release_lots
    patch.setattr(settle, "release_lots", lambda page, hold, lots, *rest: right(page, hold, lots[1:], *rest))


def a_refused_command_leaves_what_it_had_posted(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(decide, "_rewind", lambda folios, marks: None)


def a_refusal_is_decided_anew(patch: pytest.MonkeyPatch) -> None:
    right = decide._decide_one

    def wrong(batch: Any, command: Any, kinds: Any) -> Any:
        refused = [key for key, stored in batch.requests.items() if stored.refused]
        for key in refused:
            del batch.requests[key]
        return right(batch, command, kinds)

    patch.setattr(decide, "_decide_one", wrong)


def any_body_is_taken_for_the_same_request(patch: pytest.MonkeyPatch) -> None:
    right = decide._replay

    def wrong(command: Any, fingerprint: bytes, stored: Any, kinds: Any) -> Any:
        return right(command, stored.fingerprint, stored, kinds)

    patch.setattr(decide, "_replay", wrong)


def what_was_reversed_can_be_reversed_again(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(moves, "reversible", lambda original: sum(p.amount for p in original.postings))
    patch.setattr("tallybook.points.reverse.reversible", moves.reversible)


def a_reversal_forgets_what_lapsed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(originals, "lapses", lambda expiries, unit, since: {})


def reading_does_not_settle(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reading, "settle_folio", lambda page, program, now, effects, earlier: None)


def a_gift_loses_its_expiry(patch: pytest.MonkeyPatch) -> None:
    right = gift.credit

    def wrong(page: Any, lot: Any, *rest: Any) -> Any:
        return right(page, lot._replace(expires_on=NEVER), *rest)

    patch.setattr(gift, "credit", wrong)


def late_activity_sets_the_member_back(patch: pytest.MonkeyPatch) -> None:
    def wrong(self: folio.Folio, occurred_at: Any) -> None:
        self.standing = replace(self.standing, active_at=occurred_at)

    patch.setattr(folio.Folio, "note_activity", wrong)


def a_joined_transaction_is_committed(patch: pytest.MonkeyPatch) -> None:
    right = Session.write

    def wrong(self: Session, writes: Any) -> None:
        right(self, writes)
        self._raw.commit()

    patch.setattr(Session, "write", wrong)


def the_chain_is_not_a_chain(patch: pytest.MonkeyPatch) -> None:
    right = folio.seal
    patch.setattr(folio, "seal", lambda previous, entry, postings: right(bytes(32), entry, postings))


def the_rollup_counts_some_postings_twice(patch: pytest.MonkeyPatch) -> None:
    right = rollup.house_sums
    patch.setattr(
        rollup, "house_sums", lambda c, program, above, below: right(c, program, above - (above > 0), below)
    )


def a_plan_is_in_force_at_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Start, "is_in_force", lambda self, now: True)


def time_goes_by_the_revision_that_is_in_force_when_it_is_recorded(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Batch, "earlier", lambda self, folio: [])


def days_move_before_what_is_due_is_recorded(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Engine, "settle_under", lambda self, program, members, now, connection: None)


PLANTS = [
    what_lapses_last_is_spent_first,
    points_lapse_a_day_late,
    points_lapse_an_instant_late,
    points_vest_a_day_early,
    vesting_repays_nothing,
    a_hold_that_times_out_forgets_a_lot,
    a_refused_command_leaves_what_it_had_posted,
    a_refusal_is_decided_anew,
    any_body_is_taken_for_the_same_request,
    what_was_reversed_can_be_reversed_again,
    a_reversal_forgets_what_lapsed,
    reading_does_not_settle,
    a_gift_loses_its_expiry,
    late_activity_sets_the_member_back,
    a_joined_transaction_is_committed,
    the_chain_is_not_a_chain,
    the_rollup_counts_some_postings_twice,
    a_plan_is_in_force_at_once,
    time_goes_by_the_revision_that_is_in_force_when_it_is_recorded,
    days_move_before_what_is_due_is_recorded,
]


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk("sqlite://")
    yield desk
    desk.close()


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_the_machine_finds(plant: Plant, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    with pytest.raises(Exception) as found:  # noqa: PT011
        run_state_machine_as_test(lambda: Machine(desk), settings=BOUNDED)
    assert "Failing test case" in "\n".join(found.value.__notes__)
