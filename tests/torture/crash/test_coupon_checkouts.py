"""Checkouts with coupons, while servers are killed: no coupon is lost, and none is used by two orders.

Several shoppers of each member go for the same few coupons. They reserve, pay, fail, give back and walk away,
and send everything again until it is answered.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
import tallybook as tb
from tallybook_client import AsyncTallybookClient, Basket, BasketLine, Failed, Refused

from tests.torture.crash.victims import of_service, schedule
from tests.torture.found import problems
from tests.torture.seeds import randomness
from tests.torture.service import serving

PROGRAM = "checkouts"
MEMBERS = [f"m{number}" for number in range(4)]
SHOPPERS_A_MEMBER = 3
COUPONS = 4
OFF = 500
RESERVED_S = 2
ATTEMPT_S = 5.0
AFTER_FAILURE_S = 0.05
KILLS = [4, pytest.param(40, marks=[pytest.mark.torture, pytest.mark.timeout(3600)])]
DOCUMENT = f"""
program: {PROGRAM}
timezone: UTC
units: {{points: {{kind: redeemable}}}}
coupons:
  five:
    currency: USD
    offer: {{kind: amount_off, amount: "5.00"}}
    validity: {{kind: between}}
    reserve_seconds: {RESERVED_S}
"""
GOODS = Basket(currency="USD", lines=[BasketLine(amount=2_000, quantity=2), BasketLine(amount=1_000)])
T = TypeVar("T")


@dataclass
class Log:
    """What shoppers were told: which coupon each order used and gave back."""

    used: list[tuple[str, str]] = field(default_factory=list)
    returned: list[tuple[str, str]] = field(default_factory=list)
    failures: int = 0

    async def answered(self, verb: Callable[..., Awaitable[T]], member: str, **fields: Any) -> T | Refused:
        """Send a command again and again until there is an answer, a reply or a refusal."""
        while True:
            try:
                return await verb(member, **fields)
            except Refused as refused:
                return refused
            except Failed:
                self.failures += 1
                await asyncio.sleep(AFTER_FAILURE_S)


async def shop(
    client: AsyncTallybookClient, member: str, name: str, rng: random.Random, log: Log, closing: asyncio.Event
) -> None:
    """Check out one order after the other."""
    coupons = [each.coupon async for each in client.list_coupons(member)]
    number = 0
    while not closing.is_set():
        number += 1
        order, coupon = f"{name}-{number}", rng.choice(coupons)
        reserved = await log.answered(
            client.reserve_coupons,
            member,
            order_id=order,
            coupons=[coupon],
            basket=GOODS,
            request_id=f"reserve-{order}",
        )
        if isinstance(reserved, Refused):
            assert reserved.reason == "COUPON_STATE", reserved
            continue
        how = rng.random()
        if how < 0.2:  # the payment has failed
            await log.answered(client.release_coupons, member, order_id=order, request_id=f"release-{order}")
        elif how < 0.9:
            await pay(client, member, order, coupon, rng, log)


async def pay(
    client: AsyncTallybookClient, member: str, order: str, coupon: str, rng: random.Random, log: Log
) -> None:
    """Use what an order has reserved, and give all of it back, at once or in parts."""
    used = await log.answered(client.use_coupons, member, order_id=order, request_id=f"use-{order}")
    if isinstance(used, Refused):  # it took too long
        assert used.reason == "UNKNOWN_COUPON_ORDER", used
        return
    log.used.append((order, coupon))
    parts: list[dict[str, int] | None] = [{"1": 1}, {"1": 1, "2": 1}]
    for lines in rng.choice([[None], parts, parts[:1]]):
        back = await log.answered(
            client.return_coupons, member, order_id=order, lines=lines, request_id=f"return-{order}-{lines}"
        )
        assert not isinstance(back, Refused), back
        if back.coupons[0].is_back:
            log.returned.append((order, coupon))


@pytest.mark.parametrize("kills", KILLS)
async def test_no_coupon_is_lost_or_used_twice_while_servers_are_killed(
    database_url: str, kills: int, tmp_path: Path, print_figures: Callable[..., None]
) -> None:
    with tb.Book.open(database_url) as book:
        book.apply(DOCUMENT)
        book.do([tb.Enroll(program=PROGRAM, member=each, request_id="enroll") for each in MEMBERS])
        given = {"template": "five", "count": COUPONS, "reason": "welcome"}
        for each in MEMBERS:
            book.do(tb.IssueCoupons(program=PROGRAM, member=each, request_id="issue", **given))
    rng, log = randomness(f"coupon checkouts {kills}"), Log()
    closing = asyncio.Event()
    with serving(database_url, tmp_path, workers=1 if database_url.startswith("sqlite") else 2) as service:
        strikes = of_service(service)
        async with AsyncExitStack() as clients, asyncio.TaskGroup() as shopping:
            for member in MEMBERS:
                for number in range(SHOPPERS_A_MEMBER):
                    client = await clients.enter_async_context(
                        AsyncTallybookClient(service.address, program=PROGRAM, timeout=ATTEMPT_S)
                    )
                    dice = random.Random(rng.random())
                    name = f"{member}-{number}"
                    shopping.create_task(shop(client, member, name, dice, log, closing))
            killed: Counter[str] = Counter()
            for pause, name in schedule(strikes, kills, rng):
                await asyncio.sleep(pause)
                await asyncio.to_thread(strikes[name], rng)
                killed[name] += 1
            closing.set()
    await asyncio.sleep(RESERVED_S)
    check(database_url, log)
    print_figures(
        f"coupon_checkouts_{database_url.partition(':')[0].partition('+')[0]}",
        kills=dict(killed),
        used=len(log.used),
        returned=len(log.returned),
        failures_retried=log.failures,
    )


def check(url: str, log: Log) -> None:
    """Every coupon is where the answers say, and what all have cost is what they still take off."""
    held = Counter(coupon for _, coupon in log.used)
    held.subtract(coupon for _, coupon in log.returned)
    assert set(held.values()) <= {0, 1}, "one coupon, two orders"
    with tb.Book.open(url) as book:
        book.sweep()
        for member in MEMBERS:
            for state, times in ((tb.CouponStanding.ISSUED, 0), (tb.CouponStanding.USED, 1)):
                page = book.ask(tb.MyCoupons(program=PROGRAM, member=member, state=state))
                assert [held[each.coupon] for each in page.coupons] == [times] * len(page.coupons)
        (sheet,) = book.ask(tb.CouponReport(program=PROGRAM))
    assert sheet.issued == len(MEMBERS) * COUPONS
    assert (sheet.used, sheet.returned) == (len(log.used), len(log.returned))
    assert sheet.open == sheet.issued - held.total()
    assert problems(url, PROGRAM) == []
