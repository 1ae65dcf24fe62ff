"""A program that keeps stored value, for tests, and what its members do."""

from __future__ import annotations

import secrets
from typing import Any

from tallybook_client import TallybookClient

PURSE = """
program: purse
timezone: UTC
units:
  USD: {kind: money, scale: 2}
  JPY: {kind: money}
  points: {kind: redeemable}
stored_value:
  USD:
    currency: USD
    principal_expiry: {kind: after_days, days: 30}
    bonus_expiry: {kind: after_days, days: 10}
    plans:
      big: {steps: [{pay: 100, bonus: 20}]}
      welcome: {steps: [{pay: 50, bonus: 5}], first_only: true}
    limits: {spend: {at_once: "150.00"}}
    jurisdiction: {unnamed_most: "300.00", named_most: "1000.00", reactivation: true}
  JPY: {currency: JPY}
"""


def enrolled(client: TallybookClient) -> str:
    name = f"h-{secrets.token_hex(6)}"
    client.enroll_member(name)
    return name


def pay_in(client: TallybookClient, member: str, amount: int, top_up_id: str = "T1", **told: Any) -> Any:
    client.top_up(member, amount=amount, unit="USD", top_up_id=top_up_id, **told)
    return client.confirm_top_up(member, top_up_id, amount=amount, payment=f"pay-{top_up_id}")


def available(client: TallybookClient, member: str, unit: str = "USD") -> int:
    return client.get_balances(member, units=[unit]).balances[0].balance.available
