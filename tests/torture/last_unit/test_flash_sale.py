"""A flash sale: a crowd of buyers over several workers, for a hundred pieces. Nothing is oversold, nothing is
left held, and everybody is told why.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from tallybook_client import AsyncTallybookClient, PlaceOrderResponse, Refused, requests

from tests.torture.found import problems
from tests.torture.last_unit.conftest import CLIENTS, all_at_once

PROGRAM = "sale"
PIECES = 100
PRICE = 30
BUYERS = [640, pytest.param(10_000, marks=[pytest.mark.torture, pytest.mark.timeout(3600)])]


@pytest.fixture
def document() -> str:
    """A kettle for points and money, one for each member."""
    return f"""
program: {PROGRAM}
timezone: UTC
units: {{points: {{kind: redeemable}}}}
mall:
  kettle:
    gives: {{kind: goods}}
    price: {{kind: units_and_money, unit: points, units: {PRICE}, money: "9.90", currency: USD}}
    stocked: true
    limits: [{{period: life, most: 1}}]
"""


@pytest.mark.parametrize("buyers", BUYERS)
async def test_of_a_crowd_a_hundred_get_a_piece_and_the_others_are_told(
    clients: list[AsyncTallybookClient], database_url: str, buyers: int, print_figures: Callable[..., None]
) -> None:
    members = [f"b{number:05}" for number in range(buyers)]
    await _admit(clients[0], members)
    await clients[0].adjust_stock("kettle", change=PIECES, reason="the sale")
    begun = time.monotonic()
    shares = [members[place::CLIENTS] for place in range(CLIENTS)]
    answers = await asyncio.gather(
        *(_order(client, share) for client, share in zip(clients, shares, strict=True))
    )
    seconds = time.monotonic() - begun
    won = [member for answer in answers for member, reply in answer if isinstance(reply, PlaceOrderResponse)]
    lost = Counter(
        (reply.reason, reply.metadata["left"])
        for answer in answers
        for _, reply in answer
        if isinstance(reply, Refused)
    )
    assert len(won) == PIECES
    assert lost == {("ITEM_OUT_OF_STOCK", "0"): buyers - PIECES}
    stock = (await clients[0].get_stock("kettle")).stock
    assert (stock.on_hand, stock.reserved, stock.sold) == (0, PIECES, 0)
    await all_at_once(clients[0].pay_order(each, "o", money=990, payment="p") for each in won[: PIECES // 2])
    await all_at_once(clients[0].cancel_order(each, "o") for each in won[PIECES // 2 :])
    stock = (await clients[0].get_stock("kettle")).stock
    assert (stock.on_hand, stock.reserved, stock.sold) == (PIECES // 2, 0, PIECES // 2)
    assert await _left(clients, members) == Counter({(PRICE, 0): buyers - PIECES // 2, (0, 0): PIECES // 2})
    assert problems(database_url, PROGRAM) == []
    print_figures(
        f"flash_sale_{database_url.partition(':')[0].partition('+')[0]}",
        buyers=buyers,
        pieces=PIECES,
        orders=len(won),
        seconds=round(seconds, 1),
    )


async def _admit(client: AsyncTallybookClient, members: list[str]) -> None:
    for start in range(0, len(members), 500):
        some = members[start : start + 500]
        commands: list[Any] = [requests.enroll_member(each) for each in some]
        commands += [requests.award(each, unit="points", amount=PRICE) for each in some]
        await client.batch_post(commands)


async def _order(client: AsyncTallybookClient, members: list[str]) -> list[tuple[str, Any]]:
    """Order for one member after the other, as fast as it goes."""
    found = []
    for member in members:
        (answer,) = await all_at_once([client.place_order(member, "kettle", order_id="o", request_id="r")])
        found.append((member, answer))
    return found


async def _left(clients: list[AsyncTallybookClient], members: list[str]) -> Counter[tuple[int, int]]:
    """How many members have so much available and held."""

    async def read(client: AsyncTallybookClient, share: list[str]) -> list[tuple[int, int]]:
        found = []
        for member in share:
            (unit,) = (await client.get_balances(member)).balances
            found.append((unit.balance.available, unit.balance.held))
        return found

    shares = [members[place::CLIENTS] for place in range(CLIENTS)]
    balances = await asyncio.gather(*(read(*each) for each in zip(clients, shares, strict=True)))
    return Counter(balance for share in balances for balance in share)
