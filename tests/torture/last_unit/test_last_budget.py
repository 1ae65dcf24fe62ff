"""Sixty-four members buy at once, and a budget has points for few of them: all are given, and each once."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from tallybook_client import AsyncTallybookClient, PurchaseLine, SkipReason
from tallybook_client._gen.tallybook.v1.event_pb2 import RecordEventResponse, Reward, RewardCut, SkippedRule

from tests.slices.earning.filed import drawn
from tests.torture.found import problems
from tests.torture.last_unit.conftest import CLIENTS, all_at_once
from tests.torture.seeds import randomness

PROGRAM = "fair"
PRIZE = 100
LAST = 250
MEMBERS = [f"m{number:02}" for number in range(CLIENTS)]
ROUNDS = [3, pytest.param(100, marks=[pytest.mark.torture, pytest.mark.timeout(3600)])]
DOCUMENT = f"""
program: {PROGRAM}
timezone: UTC
units:
  points: {{kind: redeemable}}
rules:
  prize: {{unit: points, formula: {{kind: fixed, units: {PRIZE}}}, budget: prizes}}
budgets:
  prizes: {{unit: points, most: {LAST}}}
"""


@pytest.fixture
def document() -> str:
    return DOCUMENT


@pytest.mark.parametrize("rounds", ROUNDS)
async def test_the_last_points_of_a_budget_are_given_once(
    clients: list[AsyncTallybookClient],
    database_url: str,
    rounds: int,
    print_figures: Callable[..., None],
) -> None:
    order = randomness("last budget")
    await all_at_once(client.enroll_member(member) for client, member in zip(clients, MEMBERS, strict=True))
    given: Counter[str] = Counter()
    for number in range(rounds):
        order.shuffle(clients)
        answers = await _buy(clients, f"o{number}")
        assert list(_faults(answers, await _buy(clients, f"o{number}"))) == []
        assert drawn(database_url, PROGRAM) == {"prizes": LAST}
        given.update(member for member, answer in zip(MEMBERS, answers, strict=True) if answer.rewards)
        await all_at_once(
            client.record_refund(member, refund_id=f"f{number}", order_id=f"o{number}")
            for client, member in zip(clients, MEMBERS, strict=True)
        )
        assert drawn(database_url, PROGRAM) == {"prizes": 0}
    assert given.total() == 3 * rounds
    assert problems(database_url, PROGRAM) == []
    print_figures(
        f"last_budget_{database_url.partition(':')[0].partition('+')[0]}",
        clients=CLIENTS,
        rounds=rounds,
        given=given.total(),
        members=len(given),
    )


async def _buy(clients: list[AsyncTallybookClient], order_id: str) -> list[Any]:
    """Every member orders, by a client of its own."""
    return await all_at_once(
        client.record_purchase(member, order_id=order_id, currency="USD", lines=[PurchaseLine(amount=100)])
        for client, member in zip(clients, MEMBERS, strict=True)
    )


def _faults(answers: list[Any], again: list[Any]) -> Any:
    """What is wrong with the answers, and with those to the same orders told again."""
    amounts = sorted(reward.amount for answer in answers for reward in answer.rewards)
    if amounts != [LAST % PRIZE, PRIZE, PRIZE]:
        yield f"the budget gave {amounts}"
    for answer, second in zip(answers, again, strict=True):
        cut = sum(
            each.by for reward in answer.rewards for each in reward.cuts if each.what == "budget:prizes"
        )
        if answer.rewards and answer.rewards[0].amount + cut != PRIZE:
            yield f"nobody said why {answer.rewards} is not more"
        skipped = [(each.rule, each.reason, each.detail) for each in answer.skipped]
        if not answer.rewards and skipped != [("prize", SkipReason.SKIP_REASON_CUT, "budget:prizes")]:
            yield f"who got nothing was told {skipped}"
        if answer.replayed or not second.replayed or list(answer.rewards) != list(second.rewards):
            yield f"{answer.event_key} was answered with {answer!r} and then with {second!r}"


def _got(amount: int, cut: int = 0, replayed: bool = False) -> RecordEventResponse:
    cuts = [RewardCut(what="budget:prizes", by=cut)] if cut else []
    return RecordEventResponse(replayed=replayed, rewards=[Reward(rule="prize", amount=amount, cuts=cuts)])


def _got_nothing(detail: str = "budget:prizes", replayed: bool = False) -> RecordEventResponse:
    why = SkippedRule(rule="prize", reason=SkipReason.SKIP_REASON_CUT, detail=detail)
    return RecordEventResponse(replayed=replayed, skipped=[why])


FAIR = [_got(PRIZE), _got(PRIZE), _got(50, cut=50), _got_nothing()]
FAIR_AGAIN = [
    _got(PRIZE, replayed=True),
    _got(PRIZE, replayed=True),
    _got(50, cut=50, replayed=True),
    _got_nothing(replayed=True),
]


def test_a_budget_that_is_given_once_is_fair() -> None:
    assert list(_faults(FAIR, FAIR_AGAIN)) == []


@pytest.mark.parametrize(
    ("buyer", "first", "second"),
    [
        (3, _got(PRIZE), _got(PRIZE, replayed=True)),
        (0, _got_nothing(), _got_nothing(replayed=True)),
        (2, _got(50), _got(50, replayed=True)),
        (3, _got_nothing("cap:day"), _got_nothing("cap:day", replayed=True)),
        (0, _got(PRIZE), _got(PRIZE)),
        (3, _got_nothing(), _got(PRIZE, replayed=True)),
    ],
    ids=["one too many", "one too few", "not said why", "said wrongly why", "done again", "given later"],
)
def test_what_is_planted_in_a_sale_is_found(buyer: int, first: Any, second: Any) -> None:
    answers, again = list(FAIR), list(FAIR_AGAIN)
    answers[buyer], again[buyer] = first, second
    assert list(_faults(answers, again))
