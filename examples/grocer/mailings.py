"""The coupons that campaigns mailed: terms, who got which, who redeemed one. Pure: no clock, no database.

The data has the products of each coupon, the households of each campaign, and the redemptions. What a coupon
takes off it does not say: that is this example's invention, by the type of the campaign.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from hashlib import blake2b
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from examples.grocer.campaigns import Campaign

PROGRAM: Final = "grocer_coupons"
ZONE: Final = ZoneInfo("America/New_York")
CURRENCY: Final = "USD"

OFFERS: Final[Mapping[str, Mapping[str, Any]]] = {
    "Type A": {"kind": "percentage", "basis_points": 3000, "most": "1.50"},
    "Type B": {"kind": "amount_off", "amount": "1.00"},
    "Type C": {"kind": "amount_off", "amount": "0.75"},
}
CHOSEN: Final = {"Type A": 16}
"""Of these campaigns every household got so many coupons, chosen for it; of the others it got all."""

NO_BASKET: Final = "no basket that day"
NOT_BOUGHT: Final = "none of its products in the baskets of that day"
NOTHING_LEFT: Final = "nothing left to take, or nothing at all"
USED_BEFORE: Final = "the household has used it before"


class Coupon(NamedTuple):
    """A coupon of a campaign: the number on it, and the products that it is for."""

    campaign: int
    upc: str
    products: tuple[str, ...]

    @property
    def template(self) -> str:
        """Its template in the program."""
        return template_of(self.campaign, self.upc)


class Mailing(NamedTuple):
    """A coupon that a household got."""

    campaign: int
    household: str
    upc: str

    @property
    def template(self) -> str:
        """Its template in the program."""
        return template_of(self.campaign, self.upc)


class Redemption(NamedTuple):
    """A coupon that a household redeemed, on a day in the grocer's time zone."""

    household: str
    campaign: int
    upc: str
    day: date

    @property
    def template(self) -> str:
        """Its template in the program."""
        return template_of(self.campaign, self.upc)


class Used(NamedTuple):
    """What a coupon took off a basket in cents, by line, counted from 1."""

    redemption: Redemption
    basket: str
    shares: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class ExpectedCoupons:
    """What should come of the coupons: how many of each template are issued, which are used, and why others
    that were redeemed are not.
    """

    issued: Mapping[str, int]
    used: list[Used] = field(default_factory=list)
    unmatched: dict[Redemption, str] = field(default_factory=dict)

    @property
    def costs(self) -> Counter[int]:
        """What each campaign pays, in cents."""
        costs: Counter[int] = Counter()
        for each in self.used:
            costs[each.redemption.campaign] += sum(each.shares.values())
        return costs


@dataclass(frozen=True, slots=True)
class Mailed:
    """All that the replay needs to know of coupons."""

    campaigns: Sequence[Campaign]
    coupons: Sequence[Coupon]
    mailings: Sequence[Mailing]
    redemptions: Sequence[Redemption]


def template_of(campaign: int, upc: str) -> str:
    """The template of a coupon: the same number may be on coupons of several campaigns."""
    return f"{fund_of(campaign)}.{upc}"


def fund_of(campaign: int) -> str:
    """The fund that pays for a campaign's coupons."""
    return f"campaign_{campaign}"


def first_moment(campaign: Campaign) -> datetime:
    """When a campaign begins."""
    return datetime.combine(campaign.first_day, time(), ZONE).astimezone(UTC)


def mailed(
    campaigns: Sequence[Campaign],
    coupons: Sequence[Coupon],
    invitations: Iterable[tuple[int, str]],
    redemptions: Sequence[Redemption],
) -> Mailed:
    """Who got which coupons. Which ones were chosen for a household the data does not tell: those that it
    redeemed were among them, and the rest are drawn by lot, always the same.
    """
    kinds = {each.number: each.kind for each in campaigns}
    pools: dict[int, list[str]] = defaultdict(list)
    for coupon in coupons:
        pools[coupon.campaign].append(coupon.upc)
    redeemed = {(each.campaign, each.household, each.upc) for each in redemptions}
    mailings = []
    for campaign, household in sorted(invitations):
        drawn = [Mailing(campaign, household, upc) for upc in pools[campaign]]
        drawn.sort(key=lambda each: (each not in redeemed, _lot(each)))
        mailings += drawn[: CHOSEN.get(kinds[campaign])]
    return Mailed(campaigns, coupons, mailings, redemptions)


def _lot(mailing: Mailing) -> bytes:
    return blake2b(repr(tuple(mailing)).encode(), digest_size=8).digest()


def coupon_program(mailed: Mailed) -> str:
    """The program as a document, in JSON: a template for each coupon, paid by its campaign."""
    campaigns = {each.number: each for each in mailed.campaigns}
    document = {
        "program": PROGRAM,
        "display_name": "Grocer's coupons",
        "timezone": ZONE.key,
        "units": {"points": {"kind": "redeemable"}},
        "funds": [fund_of(number) for number in sorted(campaigns)],
        "coupons": {each.template: _template(each, campaigns[each.campaign]) for each in mailed.coupons},
    }
    return "\n".join(_lines(document))


def _template(coupon: Coupon, campaign: Campaign) -> dict[str, Any]:
    return {
        "currency": CURRENCY,
        "offer": OFFERS[campaign.kind],
        "validity": {
            "kind": "between",
            "from": campaign.first_day.isoformat(),
            "until": campaign.last_day.isoformat(),
        },
        "lines": {"skus": coupon.products},
        "stacks_with": {"kind": "any"},
        "limits": [{"period": "life", "most": 1}],
        "fund": fund_of(campaign.number),
    }


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    """The document with a line for each template, and not for each of a hundred thousand products."""
    rest = {name: value for name, value in document.items() if name != "coupons"}
    yield json.dumps(rest)[:-1] + ', "coupons": {'
    coupons = [f"{json.dumps(code)}: {json.dumps(each)}" for code, each in document["coupons"].items()]
    yield ",\n".join(coupons) + "}}"
