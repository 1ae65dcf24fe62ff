"""What should come of the coupons, computed with pandas from the raw tables. Knows no Tallybook.

Which lines of the day's baskets a coupon is for comes from a join. What coupons for the same lines take off
one after the other, and that nobody uses one twice, has to be played through.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from examples.grocer.coupon_tables import CouponTables, local_days
from examples.grocer.mailings import (
    NO_BASKET,
    NOT_BOUGHT,
    NOTHING_LEFT,
    USED_BEFORE,
    ExpectedCoupons,
    Mailing,
    Redemption,
    Used,
)

PERCENT, PERCENT_MOST = 30, 150
AMOUNTS: Final = {"Type B": 100, "Type C": 75}
"""Cents off; a coupon of type A takes off so many percent, and so many cents at most."""


class _Place(NamedTuple):
    """A line in the order in which remainders are given out: by what it is, and then by its place."""

    sku: str
    department: str
    cents: int
    quantity: int
    name: str


def expected_coupons(tables: CouponTables, mailings: Iterable[Mailing]) -> ExpectedCoupons:
    """Coupons issued by template, those used with what they take off each line, and why others are not."""
    kinds = tables.year.campaigns.set_index("campaign_id")["campaign_type"]
    found = ExpectedCoupons(Counter(each.template for each in mailings))
    fitting = _fitting(tables)
    done: set[tuple[str, str]] = set()
    for (household, day), shown in tables.redemptions.groupby(["household_id", "redemption_date"], sort=True):
        waiting = [
            Redemption(str(household), int(campaign), str(upc), day.date())
            for upc, campaign in shown[["coupon_upc", "campaign_id"]].itertuples(index=False)
        ]
        waiting.sort(key=lambda each: (kinds[each.campaign] != "Type A", each.template))
        reasons = dict.fromkeys(waiting, NO_BASKET)
        for basket, left, lines in fitting[household, day]:
            for redemption in [each for each in waiting if each in reasons]:
                if (redemption.household, redemption.template) in done:
                    reasons[redemption] = USED_BEFORE
                    continue
                places = lines.get((redemption.campaign, int(redemption.upc)), [])
                shares = _taken(kinds[redemption.campaign], left, places)
                if not shares:
                    reasons[redemption] = NOTHING_LEFT if places else NOT_BOUGHT
                    continue
                del reasons[redemption]
                done.add((redemption.household, redemption.template))
                found.used.append(Used(redemption, basket, shares))
        found.unmatched.update(reasons)
    return found


Fitting = Mapping[tuple[int, Any], Sequence[tuple[str, dict[int, int], dict[tuple[int, int], list[int]]]]]
"""By household and day: each basket in the order of time, with the cents of its lines, and the lines that a
coupon is for, in the order in which remainders are given out."""


def _fitting(tables: CouponTables) -> Fitting:
    lines = tables.year.purchases
    lines = lines.assign(cents=(lines["sales_value"] * 100).round().astype("int64"))
    lines = lines[(lines["quantity"] > 0) | (lines["cents"] > 0)]
    lines = lines.assign(
        quantity=lines["quantity"].clip(lower=1),
        line=lines.groupby("basket_id").cumcount() + 1,
        redemption_date=local_days(lines["transaction_timestamp"]),
    )
    order = ["transaction_timestamp", "basket_id"]
    products = tables.products.drop_duplicates()
    joined = lines.merge(tables.redemptions, on=["household_id", "redemption_date"])
    joined = joined.merge(products, on=["coupon_upc", "campaign_id", "product_id"])
    fits: dict[int, dict[tuple[int, int], list[tuple[_Place, int]]]] = defaultdict(lambda: defaultdict(list))
    columns = ["basket_id", "campaign_id", "coupon_upc", "product_id", "department", "cents", "quantity"]
    for basket, campaign, upc, product, department, cents, quantity, line in joined[
        [*columns, "line"]
    ].itertuples(index=False):
        place = _Place(str(product), department, cents, quantity, str(line))
        fits[basket][campaign, upc].append((place, line))
    found: dict[tuple[int, Any], list[tuple[str, dict[int, int], dict[tuple[int, int], list[int]]]]]
    found = defaultdict(list)
    for (_, basket), some in lines.groupby(order, sort=True):
        household, day = some["household_id"].iloc[0], some["redemption_date"].iloc[0]
        of_coupons = {
            coupon: [line for _, line in sorted(set(places))] for coupon, places in fits[basket].items()
        }
        found[household, day].append(
            (str(basket), dict(zip(some["line"], some["cents"], strict=True)), of_coupons)
        )
    return found


def _taken(kind: str, left: dict[int, int], lines: Sequence[int]) -> dict[int, int]:
    """What a coupon takes off what is left of lines, shared by largest remainder."""
    whole = sum(left[line] for line in lines)
    off = min(whole * PERCENT // 100, PERCENT_MOST) if kind == "Type A" else min(AMOUNTS[kind], whole)
    if not off:
        return {}
    shares = {line: off * left[line] // whole for line in lines}
    by_rest = sorted(lines, key=lambda line: -(off * left[line] % whole))
    for line in by_rest[: off - sum(shares.values())]:
        shares[line] += 1
    for line, share in shares.items():
        left[line] -= share
    return {int(line): int(share) for line, share in shares.items() if share}
