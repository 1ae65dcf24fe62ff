"""Every currency of ISO 4217 is known, with the decimals of its minor unit."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import pytest
from tallybook.programs import ProgramInvalid, parse
from tallybook.programs.currencies import MINOR_UNIT_DECIMALS

LIST_ONE: Final = Path(__file__).with_name("iso_4217_2026_01_01.csv")
"""The standard's list of active codes, as its maintenance agency published it on 2026-01-01."""
LEFT: Final = {"ANG": 2, "BGN": 2, "CUC": 2, "HRK": 2, "SLL": 2, "ZWL": 2}
"""Codes that were on the list of 2022-04-01, and are not any more."""


def standard() -> dict[str, int]:
    """Each code's decimals, and -1 where the standard gives it no minor unit."""
    with LIST_ONE.open() as file:
        return {row["code"]: int(row["decimals"] or -1) for row in csv.DictReader(file)}


def test_every_code_has_the_decimals_of_the_standard() -> None:
    assert {code: decimals for code, decimals in standard().items() if decimals >= 0} | LEFT == (
        MINOR_UNIT_DECIMALS
    )


def test_the_list_is_whole() -> None:
    decimals = list(standard().values())
    assert {each: decimals.count(each) for each in set(decimals)} == {2: 139, 0: 17, 3: 7, 4: 2, -1: 13}


def document(currency: str, scale: int, amount: str) -> str:
    """A program with a top-up plan of this amount."""
    plan = f"{{steps: [{{pay: '{amount}', bonus: '{amount}'}}]}}"
    return f"""
program: shop
timezone: UTC
units: {{money: {{kind: money, scale: {scale}}}}}
stored_value: {{money: {{currency: {currency}, plans: {{p: {plan}}}}}}}
"""


@pytest.mark.parametrize(
    ("currency", "finest", "too_fine"),
    [
        ("JPY", "1", "0.1"),
        ("USD", "0.01", "0.001"),
        ("KWD", "0.001", "0.0001"),
        ("OMR", "0.001", "0.0001"),
        ("UYW", "0.0001", "0.00001"),
    ],
)
def test_no_amount_is_finer_than_its_currency(currency: str, finest: str, too_fine: str) -> None:
    decimals = MINOR_UNIT_DECIMALS[currency]
    section = parse(document(currency, decimals, finest)).stored_value["money"]
    assert section.plans["p"].steps[0].pay * 10**decimals == 1
    for scale, amount, told in (
        (decimals, too_fine, f"has more than the {decimals} decimals of {currency}"),
        (decimals + 1, finest, f"must be {decimals}, the decimals of {currency}"),
    ):
        with pytest.raises(ProgramInvalid, match=told):
            parse(document(currency, scale, amount))


@pytest.mark.parametrize("code", ["XAU", "XTS", "XXX", "XDR", "OMN", "usd"])
def test_what_is_no_money_of_shops_is_refused(code: str) -> None:
    with pytest.raises(ProgramInvalid, match="is not a currency of ISO 4217"):
        parse(document(code, 2, "1"))
