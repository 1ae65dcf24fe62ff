"""A few households that redeemed coupons, and what pandas makes of them, kept as a file.

Tests that have no pandas compare the book with the file; those that have it, the file with pandas. After a
change of terms, `python -m tests.examples.coupon_sample_by_pandas` writes the file anew.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from examples.grocer.baskets import Basket, Row, baskets_of
from examples.grocer.mailings import Coupon, ExpectedCoupons, Mailed, Redemption, Used, mailed
from tests.examples.sample import sample_campaigns

FOLDER = Path(__file__).with_name("grocer_coupons")
EXPECTED = FOLDER / "expected.json"


def sample_mailed() -> Mailed:
    """What was mailed to these households, and redeemed by them."""
    products: dict[tuple[int, str], list[str]] = defaultdict(list)
    for upc, product, campaign in _rows("products"):
        products[int(campaign), upc].append(product)
    return mailed(
        sample_campaigns(),
        [Coupon(campaign, upc, tuple(sorted(some))) for (campaign, upc), some in sorted(products.items())],
        [(int(campaign), household) for campaign, household in _rows("invitations")],
        [
            Redemption(household, int(campaign), upc, date.fromisoformat(day))
            for household, upc, campaign, day in _rows("redemptions")
        ],
    )


def sample_baskets() -> list[Basket]:
    """The households' baskets of the days on which they redeemed coupons."""
    rows = (
        Row(household, store, basket, product, department, int(quantity), dollars, datetime.fromisoformat(at))
        for household, store, basket, product, department, quantity, dollars, at in _rows("lines")
    )
    return baskets_of(rows, {})


def sample_expected() -> ExpectedCoupons:
    """What should come of it, as the file has it."""
    plain = json.loads(EXPECTED.read_text(encoding="utf-8"))
    return ExpectedCoupons(
        plain["issued"],
        [
            Used(_redemption(each["redemption"]), each["basket"], _by_line(each["shares"]))
            for each in plain["used"]
        ],
        {_redemption(redemption): reason for redemption, reason in plain["unmatched"]},
    )


def kept(expected: ExpectedCoupons) -> str:
    """The text that the file has for it."""
    plain = {
        "issued": dict(sorted(expected.issued.items())),
        "used": [each._asdict() for each in expected.used],
        "unmatched": sorted(expected.unmatched.items()),
    }
    return json.dumps(plain, indent=1, default=str) + "\n"


def _redemption(plain: list[Any]) -> Redemption:
    household, campaign, upc, day = plain
    return Redemption(household, campaign, upc, date.fromisoformat(day))


def _by_line(shares: dict[str, int]) -> dict[int, int]:
    return {int(line): share for line, share in shares.items()}


def _rows(table: str) -> Iterator[list[str]]:
    with (FOLDER / f"{table}.csv").open(newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        yield from rows
