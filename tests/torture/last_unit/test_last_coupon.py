"""Sixty-four members claim at once, singly and in batches: the few coupons of a stock are each given once."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from tallybook_client import AsyncTallybookClient, Refused, requests
from tallybook_client._gen.tallybook.v1.coupon_pb2 import ClaimCouponResponse
from tallybook_client.contract import Contract

from tests.slices.earning.filed import drawn
from tests.torture.found import problems
from tests.torture.last_unit.conftest import CLIENTS, all_at_once
from tests.torture.seeds import randomness

PROGRAM = "raffle"
STOCK = 10
MEMBERS = [f"m{number:02}" for number in range(CLIENTS)]
CLAIMS, FEW = 100_000, 1_000
CLAIMS_A_BATCH = 20
MANY = [6_400, pytest.param(CLAIMS, marks=[pytest.mark.torture, pytest.mark.timeout(7200)])]
ROUNDS = [2, pytest.param(20, marks=[pytest.mark.torture, pytest.mark.timeout(3600)])]
RACES_MAX = 40
COUPON = (
    '{currency: USD, offer: {kind: amount_off, amount: "5.00"}, validity: {kind: between},'
    " claims: {}, stock: "
)


@pytest.fixture
def document() -> str:
    """A template for every race, and one for the rush."""
    prizes = [f"  prize{number}: {COUPON}{STOCK}}}" for number in range(RACES_MAX)]
    units = "units: {points: {kind: redeemable}}"
    rush = f"  rush: {COUPON}{FEW}}}"
    return "\n".join([f"program: {PROGRAM}", "timezone: UTC", units, "coupons:", *prizes, rush])


@pytest.mark.parametrize("rounds", ROUNDS)
async def test_the_last_coupons_of_a_stock_are_given_once(
    clients: list[AsyncTallybookClient],
    database_url: str,
    rounds: int,
    print_figures: Callable[..., None],
) -> None:
    order = randomness("last coupon")
    await all_at_once(client.enroll_member(member) for client, member in zip(clients, MEMBERS, strict=True))
    for number in range(rounds):
        order.shuffle(clients)
        for claim in (_singly, _in_batches):
            template = f"prize{2 * number + (claim is _in_batches)}"
            first, again = await claim(clients, template), await claim(clients, template)
            assert [_won(each) for each in first].count(True) == STOCK
            assert [_told(each) for each in first] == [_told(each) for each in again], "a retry is the same"
            assert drawn(database_url, PROGRAM)[f"coupon/{template}"] == STOCK
    assert problems(database_url, PROGRAM) == []
    print_figures(
        f"last_coupon_{database_url.partition(':')[0].partition('+')[0]}",
        clients=CLIENTS,
        rounds=2 * rounds,
        given=2 * rounds * STOCK,
    )


@pytest.mark.parametrize("claims", MANY)
async def test_of_a_hundred_thousand_claims_a_thousand_win(
    clients: list[AsyncTallybookClient], database_url: str, claims: int, print_figures: Callable[..., None]
) -> None:
    """Every client claims on and on, one by one and in batches, while there is nothing left for long."""
    await all_at_once(client.enroll_member(member) for client, member in zip(clients, MEMBERS, strict=True))
    begun = time.monotonic()
    won = await asyncio.gather(
        *(
            _claim_on_and_on(client, member, len(range(place, claims, CLIENTS)))
            for place, (client, member) in enumerate(zip(clients, MEMBERS, strict=True))
        )
    )
    seconds = time.monotonic() - begun
    assert sum(won) == FEW
    assert drawn(database_url, PROGRAM)["coupon/rush"] == FEW
    assert problems(database_url, PROGRAM) == []
    (sheet,) = (each for each in (await clients[0].get_coupon_report()).sheets if each.template == "rush")
    assert (sheet.issued, sheet.open) == (FEW, FEW)
    print_figures(
        f"rush_{database_url.partition(':')[0].partition('+')[0]}",
        clients=CLIENTS,
        claims=claims,
        given=sum(won),
        seconds=round(seconds, 1),
    )


async def _claim_on_and_on(client: AsyncTallybookClient, member: str, claims: int) -> int:
    """Claim so often, by turns singly and in a batch; returns how many coupons that brought."""
    won = made = 0
    while made < claims:
        count = min(CLAIMS_A_BATCH, claims - made) if made % (CLAIMS_A_BATCH + 1) else 1
        asked = [
            requests.claim_coupon(member, template="rush", request_id=f"rush-{made + place}")
            for place in range(count)
        ]
        if count > 1:
            answers: list[Any] = await client.batch_post(asked)
        else:
            answers = await all_at_once([client.call(Contract.claim_coupon.method, asked[0])])
        won += sum(map(_won, answers))
        made += count
    return won


async def _singly(clients: list[AsyncTallybookClient], template: str) -> list[Any]:
    return await all_at_once(
        client.claim_coupon(member, template=template, request_id=template)
        for client, member in zip(clients, MEMBERS, strict=True)
    )


async def _in_batches(clients: list[AsyncTallybookClient], template: str) -> list[Any]:
    """Every client sends three claims of its member at once."""

    def claims(member: str) -> list[Any]:
        names = [f"{template}-{place}" for place in range(3)]
        return [requests.claim_coupon(member, template=template, request_id=name) for name in names]

    batches = await all_at_once(
        client.batch_post(claims(member)) for client, member in zip(clients, MEMBERS, strict=True)
    )
    return [outcome for batch in batches for outcome in batch]


def _won(answer: Any) -> bool:
    won = isinstance(answer, ClaimCouponResponse)
    assert won or (isinstance(answer, Refused) and answer.reason == "COUPON_OUT_OF_STOCK"), answer
    return won


def _told(answer: Any) -> str:
    return answer.coupon.coupon if isinstance(answer, ClaimCouponResponse) else answer.metadata["left"]
