"""Sixty-four members claim at once, singly and in batches: the few coupons of a stock are each given once."""

from collections.abc import Callable
from typing import Any

import pytest
from tallybook_client import AsyncTallybookClient, Refused, requests
from tallybook_client._gen.tallybook.v1.coupon_pb2 import ClaimCouponResponse

from tests.slices.earning.filed import drawn
from tests.torture.found import problems
from tests.torture.last_unit.conftest import CLIENTS, all_at_once
from tests.torture.seeds import randomness

PROGRAM = "raffle"
STOCK = 10
MEMBERS = [f"m{number:02}" for number in range(CLIENTS)]
ROUNDS = [2, pytest.param(20, marks=[pytest.mark.torture, pytest.mark.timeout(3600)])]
RACES_MAX = 40
COUPON = (
    '{currency: USD, offer: {kind: amount_off, amount: "5.00"}, validity: {kind: between},'
    f" claims: {{}}, stock: {STOCK}}}"
)


@pytest.fixture
def document() -> str:
    """A template for every race."""
    prizes = [f"  prize{number}: {COUPON}" for number in range(RACES_MAX)]
    units = "units: {points: {kind: redeemable}}"
    return "\n".join([f"program: {PROGRAM}", "timezone: UTC", units, "coupons:", *prizes])


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
