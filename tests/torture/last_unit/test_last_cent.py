"""Sixty-four clients go for one cent, or for one payment: it is spent, held, paid out or confirmed once."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import tallybook as tb
from tallybook_client import AsyncTallybookClient, Refused, requests
from tallybook_client.contract import Contract
from tallybook_client.verbs import Method

from tests.torture.found import problems
from tests.torture.last_unit.conftest import all_at_once
from tests.torture.seeds import randomness

PROGRAM = "till"
ROUNDS = [1, pytest.param(30, marks=[pytest.mark.torture, pytest.mark.timeout(3600)])]
PAID_IN = 1_000
Asked = tuple[Method[Any], Any]


@pytest.fixture
def document() -> str:
    return f"""
program: {PROGRAM}
timezone: UTC
units: {{USD: {{kind: money, scale: 2}}}}
stored_value: {{USD: {{currency: USD}}}}
"""


def spend(member: str, number: int) -> Asked:
    request = requests.spend_value(member, amount=1, unit="USD", request_id=f"spend {number}")
    return Contract.spend_value.method, request


def hold(member: str, number: int) -> Asked:
    return Contract.hold.method, requests.hold(member, amount=1, unit="USD", request_id=f"hold {number}")


def withdraw(member: str, number: int) -> Asked:
    request = requests.request_withdrawal(member, amount=1, unit="USD", request_id=f"withdraw {number}")
    return Contract.request_withdrawal.method, request


def transfer(member: str, number: int) -> Asked:
    request = requests.transfer_value(
        member, "other", amount=1, unit="USD", request_id=f"transfer {member} {number}"
    )
    return Contract.transfer_value.method, request


def any_of_them(member: str, number: int) -> Asked:
    return (spend, hold, withdraw, transfer)[number % 4](member, number)


def confirm(member: str, number: int) -> Asked:
    request = requests.confirm_top_up(member, "second", amount=PAID_IN, request_id=f"confirm {number}")
    return Contract.confirm_top_up.method, request


def confirm_or_cancel(member: str, number: int) -> Asked:
    if number % 2:
        return confirm(member, number)
    request = requests.cancel_top_up(member, "second", request_id=f"cancel {number}")
    return Contract.cancel_top_up.method, request


def pay_out(member: str, number: int) -> Asked:
    request = requests.confirm_payout(member, "payout", request_id=f"paid {number}")
    return Contract.confirm_payout.method, request


def pay_out_or_not(member: str, number: int) -> Asked:
    if number % 2:
        return pay_out(member, number)
    request = requests.cancel_payout(member, "payout", request_id=f"not {number}")
    return Contract.cancel_payout.method, request


RACES = (spend, any_of_them, confirm, confirm_or_cancel, pay_out, pay_out_or_not)
TOO_LATE = {"NOT_ENOUGH_VALUE", "PAYOUT_EXCEEDS_VALUE", "TOP_UP_STATE", "PAYOUT_STATE"}


@pytest.mark.parametrize("rounds", ROUNDS)
async def test_of_sixty_four_exactly_one_gets_it(
    clients: list[AsyncTallybookClient],
    database_url: str,
    rounds: int,
    print_figures: Callable[..., None],
) -> None:
    order = randomness("last cent")
    won: Counter[str] = Counter()
    await clients[0].enroll_member("other", request_id="enroll")
    for number in range(rounds):
        for race in RACES:
            order.shuffle(clients)
            won[race.__name__] += await run(race, f"{race.__name__} {number}", clients)
    assert won == {race.__name__: rounds for race in RACES}
    assert problems(database_url, PROGRAM) == []
    with tb.Book.open(database_url) as book:
        assert all(sheet.balances for sheet in book.ask(tb.StoredValueReport(program=PROGRAM)))
    print_figures(
        f"last_cent_{database_url.partition(':')[0].partition('+')[0]}",
        clients=len(clients),
        rounds=rounds * len(RACES),
        won=won.total(),
    )


async def run(race: Callable[[str, int], Asked], member: str, clients: list[AsyncTallybookClient]) -> int:
    """Let all clients race for a cent, a payment or a payout of the member's; returns how many won."""
    first = clients[0]
    await first.enroll_member(member, request_id="enroll")
    await first.top_up(member, amount=1, unit="USD", top_up_id="first", request_id="top up")
    await first.confirm_top_up(member, "first", amount=1, request_id="confirmed")
    if race in (confirm, confirm_or_cancel):
        await first.top_up(member, amount=PAID_IN, unit="USD", top_up_id="second", request_id="again")
    if race in (pay_out, pay_out_or_not):
        await first.request_withdrawal(member, amount=1, unit="USD", payout_id="payout", request_id="back")
    answers, again = [
        await all_at_once(client.call(*race(member, number)) for number, client in enumerate(clients))
        for _ in range(2)
    ]
    winners = [answer for answer in answers if not isinstance(answer, Refused)]
    reasons = {answer.reason for answer in answers if isinstance(answer, Refused)}
    assert reasons <= TOO_LATE, reasons
    assert [told(each) for each in answers] == [told(each) for each in again], "a retry is the same"
    [sheet] = (await first.get_balances(member, units=["USD"])).balances
    has = sheet.balance.available + sheet.balance.held
    assert has == expected([type(winner).__name__ for winner in winners])
    return len(winners)


def expected(winners: list[str]) -> int:
    """What a member has, who began with one cent, after one of these."""
    kept = {"HoldResponse": 1, "RequestWithdrawalResponse": 1, "ConfirmTopUpResponse": 1 + PAID_IN}
    kept |= {"CancelTopUpResponse": 1, "CancelPayoutResponse": 1}
    return sum(kept.get(winner, 0) for winner in winners)


def told(answer: Any) -> tuple[str, object]:
    """What an answer says, apart from whether it was said before."""
    if isinstance(answer, Refused):
        return answer.reason, sorted((k, v) for k, v in answer.metadata.items() if k != "replayed")
    return type(answer).__name__, answer.entry
