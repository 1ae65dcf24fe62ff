"""The checker explains what can have happened, and nothing else."""

from itertools import chain, combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.torture.linearizability import checker
from tests.torture.linearizability.checker import TooManyOrdersError, Unexplained, explain
from tests.torture.linearizability.operations import (
    CAPTURE,
    HOLD,
    READ,
    REDEEM,
    Call,
    Done,
    Operation,
    Outcome,
    Refused,
    agrees,
    by_member,
    repeated,
)
from tests.torture.linearizability.page import Page, step

NOT_ENOUGH = Refused("NOT_ENOUGH_POINTS")
HUNDRED = Page(available=100)
UNKNOWN = "unknown"


def told(*lines: str) -> list[Operation]:
    """A history from lines: `from-to what amount [hold] [(request id)] => outcome`.

    An outcome is `done`, `done` with what is available, a refusal's code, or `unknown`.
    """
    return [_operation(number, line) for number, line in enumerate(lines)]


def _operation(number: int, line: str) -> Operation:
    asked, _, outcome = line.partition(" => ")
    when, what, *words = asked.split()
    invoked, _, returned = when.partition("-")
    amount = next((int(word) for word in words if word.isdigit()), 0)
    hold = next((word for word in words if word.startswith("h")), "")
    request_id = next((word.strip("()") for word in words if word.startswith("(")), f"r{number}")
    return Operation(
        client=number,
        member="m1",
        call=Call(what, "" if what == READ else request_id, amount, hold),
        invoked=int(invoked),
        returned=None if outcome == UNKNOWN else int(returned),
        outcome=_outcome(outcome),
    )


def _outcome(text: str) -> Outcome | None:
    word, *rest = text.split()
    if word == UNKNOWN:
        return None
    return Done(available=int(rest[0]) if rest else None) if word == "done" else Refused(word)


EXPLAINED = {
    "one after the other": (
        "1-2 award 50 => done 150",
        "3-4 redeem 120 => done 30",
        "5-6 redeem 40 => NOT_ENOUGH_POINTS",
        "7-8 read => done 30",
    ),
    "of two at once, either is first": (
        "1-9 redeem 80 => NOT_ENOUGH_POINTS",
        "2-8 redeem 70 => done 30",
    ),
    "a read at once with a redemption sees it or not": (
        "1-9 redeem 80 => done 20",
        "2-3 read => done 100",
        "4-5 read => done 20",
    ),
    "what was sent later may come first": (
        "1-9 redeem 150 => done 0",
        "2-3 award 50 => done 150",
    ),
    "a hold that two clients resolve at once": (
        "1-2 hold 60 h1 => done 40",
        "3-9 capture h1 => done 40",
        "4-8 release h1 => HOLD_RESOLVED",
        "10-11 read => done 40",
    ),
    "part of a hold comes back": (
        "1-2 hold 60 h1 => done 40",
        "3-4 capture 25 h1 => done 75",
    ),
    "an unknown outcome that took effect": (
        "1-2 redeem 80 => unknown",
        "3-4 read => done 20",
    ),
    "an unknown outcome that took effect much later": (
        "1-2 redeem 80 => unknown",
        "3-4 read => done 100",
        "5-6 award 1 => done 101",
        "7-8 read => done 21",
    ),
    "an unknown outcome that never took effect": (
        "1-2 redeem 80 => unknown",
        "3-4 redeem 100 => done 0",
    ),
    "of two unknown outcomes, one took effect": (
        "1-2 redeem 80 => unknown",
        "1-2 redeem 70 => unknown",
        "3-4 read => done 30",
    ),
    "a request sent twice is done once": (
        "1-9 redeem 80 (a) => done 20",
        "2-8 redeem 80 (a) => done 20",
        "10-11 redeem 80 (a) => done 20",
        "12-13 read => done 20",
    ),
    "a request that was refused stays so": (
        "1-2 redeem 150 (a) => NOT_ENOUGH_POINTS",
        "3-4 award 50 => done 150",
        "5-6 redeem 150 (a) => NOT_ENOUGH_POINTS",
        "7-8 redeem 150 => done 0",
    ),
    "nothing at all": (),
    "nothing but the unknown": ("1-2 redeem 80 => unknown",),
}

UNEXPLAINED = {
    "a stale read": (
        "1-2 redeem 80 => done 20",
        "3-4 read => done 100",
    ),
    "a read that goes back": (
        "1-9 redeem 80 => done 20",
        "2-3 read => done 20",
        "4-5 read => done 100",
    ),
    "a read of what never was": (
        "1-9 redeem 80 => done",
        "2-3 read => done 50",
    ),
    "points spent twice": (
        "1-9 redeem 80 => done",
        "2-8 redeem 70 => done",
    ),
    "points spent and held": (
        "1-9 hold 80 h1 => done",
        "2-8 redeem 70 => done",
    ),
    "a hold captured and released": (
        "1-2 hold 60 h1 => done",
        "3-9 capture h1 => done",
        "4-8 release h1 => done",
    ),
    "a hold captured twice": (
        "1-2 hold 60 h1 => done",
        "3-9 capture 10 h1 => done",
        "4-8 capture 20 h1 => done",
    ),
    "a refusal without a reason": (
        "1-2 redeem 80 => NOT_ENOUGH_POINTS",
        "3-4 read => done 100",
    ),
    "an award that was lost": (
        "1-2 award 50 => done",
        "3-4 redeem 120 => NOT_ENOUGH_POINTS",
    ),
    "an unknown outcome that took effect twice": (
        "1-2 redeem 40 => unknown",
        "3-4 read => done 60",
        "5-6 read => done 20",
    ),
    "an unknown outcome that took effect and was taken back": (
        "1-2 redeem 80 => unknown",
        "3-4 read => done 20",
        "5-6 read => done 100",
    ),
    "an effect before anybody asked": (
        "1-2 read => done 20",
        "3-4 redeem 80 => unknown",
    ),
    "a request sent twice and done twice": (
        "1-9 redeem 40 (a) => done",
        "2-8 redeem 40 (a) => done",
        "10-11 read => done 20",
    ),
    "a request sent twice and answered in two ways": (
        "1-9 redeem 80 (a) => done",
        "2-8 redeem 80 (a) => NOT_ENOUGH_POINTS",
    ),
    "a request refused and done after all": (
        "1-2 redeem 150 (a) => NOT_ENOUGH_POINTS",
        "3-4 award 50 => done",
        "5-6 redeem 150 (a) => done",
    ),
}


@pytest.mark.parametrize("what", EXPLAINED)
def test_what_can_have_happened_is_explained(what: str) -> None:
    history = told(*EXPLAINED[what])
    order = explain(history, HUNDRED)
    assert not isinstance(order, Unexplained), order
    check_order(history, order, HUNDRED)


@pytest.mark.parametrize("what", UNEXPLAINED)
def test_what_cannot_have_happened_is_not_explained(what: str) -> None:
    assert isinstance(explain(told(*UNEXPLAINED[what]), HUNDRED), Unexplained)


def check_order(history: list[Operation], order: list[Operation], page: Page) -> None:
    """The order holds every answered operation once, respects time, and gives every answer."""
    assert len(order) == len(set(map(id, order)))
    assert {id(each) for each in history if each.outcome is not None} <= set(map(id, order))
    for index, operation in enumerate(order):
        assert not any(_precedes(later, operation) for later in order[index + 1 :])
        page, should = step(page, operation.call, repeated(history))
        assert operation.outcome is None or agrees(operation.outcome, should)


def _precedes(one: Operation, other: Operation) -> bool:
    return one.returned is not None and one.returned < other.invoked


def test_what_could_not_come_next_is_told() -> None:
    found = explain(told("1-2 redeem 80 => done 20", "3-4 read => done 100"), HUNDRED)
    assert isinstance(found, Unexplained)
    assert [operation.call.what for operation in found.order] == [REDEEM]
    assert [operation.call.what for operation in found.next] == [READ]
    assert "1-2 client 0: redeem 80 (r0)" in str(found)


def test_facts_of_refusals_are_compared() -> None:
    (refused,) = told("1-2 redeem 150 => NOT_ENOUGH_POINTS")
    for available, explained in ((100, True), (99, False)):
        facts = Refused("NOT_ENOUGH_POINTS", (available,))
        operation = Operation(0, "m1", refused.call, 1, 2, facts)
        assert (explain([operation], HUNDRED) == [operation]) is explained


def test_a_search_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "STEPS_MAX", 1_000)
    unknown = [f"1-2 redeem {amount} => unknown" for amount in range(1, 40)]
    with pytest.raises(TooManyOrdersError):
        explain(told(*unknown, "3-4 read => done 101"), Page(available=10_000))


def test_a_long_history_is_explained_quickly() -> None:
    """Thousands of operations, of which ten are always under way at once."""
    lines = [f"{at * 10}-{at * 10 + 95} award 1 => done {101 + at}" for at in range(2_000)]
    assert not isinstance(explain(told(*lines), HUNDRED), Unexplained)


def test_members_are_explained_one_by_one() -> None:
    one, other = told("1-2 redeem 80 => done", "1-2 redeem 80 => done")
    parts = by_member([one, Operation(1, "m2", other.call, 1, 2, other.outcome)])
    assert {member: len(part) for member, part in parts.items()} == {"m1": 1, "m2": 1}


# --- against every order there is ------------------------------------------------------------------------

CALLS = st.builds(
    Call,
    what=st.sampled_from(["award", REDEEM, HOLD, CAPTURE, "release", READ]),
    request_id=st.sampled_from(["a", "b", "c", "d"]),
    amount=st.sampled_from([10, 60]),
    hold=st.sampled_from(["h1", "h2"]),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Operation]:
    """Up to five operations; outcomes as they come in some order, or with one of them changed."""
    calls = [
        call._replace(request_id="") if call.what == READ else call
        for call in draw(st.lists(CALLS, max_size=5))
    ]
    times = [draw(st.tuples(st.integers(0, 8), st.integers(0, 4))) for _ in calls]
    again = frozenset(call.request_id for call in calls)
    page = HUNDRED
    outcomes: dict[int, Outcome | None] = {}
    for index in draw(st.permutations(range(len(calls)))):
        page, outcomes[index] = step(page, calls[index], again)
    for index in draw(st.sets(st.sampled_from(range(len(calls))), max_size=2)) if calls else ():
        outcomes[index] = draw(st.sampled_from([None, Done(available=40), Done(available=100), NOT_ENOUGH]))
    return [
        Operation(
            index,
            "m1",
            call,
            times[index][0],
            None if outcomes[index] is None else sum(times[index]),
            outcomes[index],
        )
        for index, call in enumerate(calls)
    ]


def explained_by_some_order(history: list[Operation]) -> bool:
    """Try every order of every choice of the unknown."""
    unknown = [each for each in history if each.outcome is None]
    known = [each for each in history if each.outcome is not None]
    choices = chain.from_iterable(combinations(unknown, size) for size in range(len(unknown) + 1))
    return any(_fits(order, history) for choice in choices for order in permutations([*known, *choice]))


def _fits(order: tuple[Operation, ...], history: list[Operation]) -> bool:
    try:
        check_order(history, list(order), HUNDRED)
    except AssertionError:
        return False
    return True


@given(histories())
def test_it_agrees_with_trying_every_order(history: list[Operation]) -> None:
    found = explain(history, HUNDRED)
    assert isinstance(found, Unexplained) is not explained_by_some_order(history)
    if not isinstance(found, Unexplained):
        check_order(history, found, HUNDRED)
