"""Sixty-four clients go for what only one of them can have, over several workers: exactly one gets it."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import grpc
import pytest
from tallybook_client import AsyncTallybookClient, Refused
from tallybook_client._gen.tallybook.v1.posting_pb2 import RedeemResponse

from tests.torture.found import problems
from tests.torture.last_unit.conftest import CLIENTS, all_at_once
from tests.torture.last_unit.contests import CONTESTS, PRIZE, RECEIVER, UNIT, Contest, Race, faults
from tests.torture.seeds import randomness

PROGRAM = "demo"
ROUNDS = [3, pytest.param(100, marks=[pytest.mark.torture, pytest.mark.timeout(3600)])]


@pytest.mark.parametrize("rounds", ROUNDS)
async def test_of_sixty_four_exactly_one_wins(
    clients: list[AsyncTallybookClient],
    database_url: str,
    rounds: int,
    print_figures: Callable[..., None],
) -> None:
    order = randomness("last unit")
    await clients[0].enroll_member(RECEIVER, request_id="enroll")
    won: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for number in range(rounds):
        for name, contest in CONTESTS.items():
            order.shuffle(clients)
            winners = await _run(contest, f"{name} {number}", clients)
            won[name] += winners
            lost[name] += CLIENTS - winners
    assert won == {name: contest.prizes * rounds for name, contest in CONTESTS.items()}
    assert problems(database_url, PROGRAM) == []
    print_figures(
        f"last_unit_{database_url.partition(':')[0].partition('+')[0]}",
        clients=CLIENTS,
        rounds=rounds * len(CONTESTS),
        won=won.total(),
        refused=lost.total(),
        won_by_contest=dict(won),
    )


async def _run(contest: Contest, member: str, clients: list[AsyncTallybookClient]) -> int:
    """Let all clients race for what the member has; returns how many won."""
    first = clients[0]
    await first.enroll_member(member, request_id="enroll")
    await first.award(member, amount=PRIZE * contest.prizes, unit=UNIT, request_id="award")
    if contest.is_held:
        await first.hold(member, amount=PRIZE, unit=UNIT, hold_id="the hold", request_id="hold")
    answers = await _race(contest.race, member, clients)
    again = await _race(contest.race, member, clients)
    assert list(faults(contest, answers, again)) == []
    [sheet] = (await first.get_balances(member, units=[UNIT])).balances
    assert sheet.balance.available == (PRIZE if _was_released(answers) else 0)
    return sum(not isinstance(answer, Refused) for answer in answers)


async def _race(race: Race, member: str, clients: list[AsyncTallybookClient]) -> list[Any]:
    return await all_at_once(client.call(*race(member, number)) for number, client in enumerate(clients))


def _was_released(answers: list[Any]) -> bool:
    return any(type(answer).__name__ == "ReleaseResponse" for answer in answers)


def _refused(reason: str = "NOT_ENOUGH_POINTS", available: str = "0", replayed: str = "") -> Refused:
    told = {"unit": UNIT, "asked": str(PRIZE), "available": available, "replayed": replayed}
    return Refused("no", code=grpc.StatusCode.FAILED_PRECONDITION, reason=reason, metadata=told)


WON = RedeemResponse(entry=3, amount=PRIZE, asked=PRIZE)
WON_AGAIN = RedeemResponse(entry=3, amount=PRIZE, asked=PRIZE, replayed=True)
TWICE = [WON, _refused(), _refused()], [WON_AGAIN, _refused(replayed="true"), _refused(replayed="true")]


def test_a_race_with_one_winner_is_fair() -> None:
    assert list(faults(CONTESTS["redeem"], *TWICE)) == []


@pytest.mark.parametrize(
    ("client", "first", "second"),
    [
        (1, WON, WON_AGAIN),
        (0, _refused(), _refused(replayed="true")),
        (1, _refused(available="70"), _refused(available="70", replayed="true")),
        (1, _refused(reason="MEMBER_FROZEN"), _refused(reason="MEMBER_FROZEN", replayed="true")),
        (0, WON, WON),
        (0, WON, RedeemResponse(entry=4, amount=PRIZE, asked=PRIZE, replayed=True)),
        (1, _refused(), WON_AGAIN),
    ],
    ids=[
        "two winners",
        "no winner",
        "wrong facts",
        "wrong reason",
        "done again",
        "another reply",
        "a loser wins later",
    ],
)
def test_what_is_planted_in_a_race_is_found(client: int, first: Any, second: Any) -> None:
    answers, again = map(list, TWICE)
    answers[client], again[client] = first, second
    assert list(faults(CONTESTS["redeem"], answers, again))
