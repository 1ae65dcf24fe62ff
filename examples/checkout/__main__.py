"""Runs the shop: half of the payments fail, the shop crashes, some orders go back; then all is counted."""

from __future__ import annotations

import argparse
import secrets
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tallybook_client import Basket, BasketLine, TallybookClient

from examples.checkout.gateway import Gateway
from examples.checkout.shop import OVER, Shop, Step

PROGRAM = Path(__file__).with_name("program.yaml")
POINTS, MONEY, MONEY_WITH_BONUS = 2_000, 5_000, 5_500


class Crashed(Exception):
    """The shop's process is gone."""


def run(address: str, orders: int, seed: int) -> list[str]:
    """Run so many orders; returns what does not add up, which is nothing."""
    chance, gateway = Random(seed), Gateway(Random(seed + 1))

    def crash() -> None:
        if chance.random() < 0.05:
            raise Crashed

    with TallybookClient(address, program="webshop") as ledger:
        ledger.apply_program(PROGRAM.read_text(encoding="utf-8"))
        members = _enrolled(ledger, max(1, orders // 10))
        shop = Shop(ledger, gateway, crash)
        crashes = _sold(shop, members, orders, chance)
        _returned(shop)
        steps = Counter(row.step.value for row in shop.orders.values())
        print(f"{orders} orders of {len(members)} members, {crashes} crashes: {dict(steps)}")
        print(f"the gateway has taken {gateway.takings / 100:.2f}, and paid back what came back")
        return list(_faults(ledger, shop, gateway, members))


def _sold(shop: Shop, members: Sequence[str], orders: int, chance: Random) -> int:
    """Take so many orders through, those that a crash has left as well; returns how often it crashed."""
    crashes = 0
    for number in range(1, orders + 1):
        try:
            shop.place(f"order-{number}", chance.choice(members), _basket(chance))
        except Crashed:
            crashes += 1
    while waiting := [row for row in shop.orders.values() if row.step not in OVER]:
        for row in waiting:
            try:
                shop.go_on(row)
            except Crashed:
                crashes += 1
    return crashes


def _returned(shop: Shop) -> None:
    """Send a piece back of every fourth order that was paid, and all of every eighth."""
    paid = [row for row in shop.orders.values() if row.step is Step.PAID]
    for place, row in enumerate(paid):
        pieces = sum(line.quantity for line in row.basket.lines) + (row.basket.shipping > 0)
        if place % 4 == 0:
            shop.refund(row, "return-1", {"1": 1})
        if place % 8 == 0 and pieces > 1:
            shop.refund(row, "return-2")


def _enrolled(ledger: TallybookClient, number: int) -> list[str]:
    names = [f"w-{secrets.token_hex(6)}" for _ in range(number)]
    for name in names:
        ledger.enroll_member(name)
        ledger.award(name, unit="points", amount=POINTS)
        ledger.top_up(name, unit="eur", amount=MONEY, top_up_id="first")
        ledger.confirm_top_up(name, "first", amount=MONEY)
        ledger.issue_coupons(name, "welcome", reason="newsletter")
    return names


def _basket(chance: Random) -> Basket:
    lines = [
        BasketLine(sku=f"sku-{chance.randint(1, 50)}", quantity=chance.randint(1, 3), amount=cents)
        for cents in (chance.randint(300, 9_900) for _ in range(chance.randint(1, 3)))
    ]
    return Basket(currency="EUR", lines=lines, shipping=chance.choice((0, 490)))


def _faults(ledger: TallybookClient, shop: Shop, gateway: Gateway, members: Sequence[str]) -> list[str]:
    """What the ledger, the shop and the gateway do not agree on."""
    faults = []
    charged = sum(row.charge for row in shop.orders.values() if row.step is Step.PAID)
    if charged != gateway.takings:
        faults.append(f"orders were paid with {charged} cents, and the gateway has {gateway.takings}")
    for member in members:
        own = [row for row in shop.orders.values() if row.member == member]
        balances = {each.balance.unit: each.balance for each in ledger.get_balances(member).balances}
        points, money = balances["points"], balances["eur"]
        wanted = POINTS + sum(row.earned - row.points for row in own)
        if (points.available - points.arrears, points.held) != (wanted, 0):
            faults.append(f"{member} has {points.available} points, {points.held} held, not {wanted}")
        wanted = MONEY_WITH_BONUS - sum(row.money for row in own)
        if (money.available, money.held) != (wanted, 0):
            faults.append(f"{member} has {money.available} cents, {money.held} held, not {wanted}")
    return faults


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="examples.checkout", description=__doc__)
    parser.add_argument("--address", default="127.0.0.1:50051", help="of a server (%(default)s)")
    parser.add_argument("--orders", type=int, default=200, help="how many (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of all chances (%(default)s)")
    given = parser.parse_args()
    faults = run(given.address, given.orders, given.seed)
    print("\n".join(faults) or "all adds up, and nothing is held")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
