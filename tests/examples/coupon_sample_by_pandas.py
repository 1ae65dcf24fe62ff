"""What pandas makes of the sample of coupons. Run as a program, it writes that to the file."""

from __future__ import annotations

import pandas as pd

from examples.grocer.coupon_tables import CouponTables
from examples.grocer.coupons_by_pandas import expected_coupons
from examples.grocer.mailings import ExpectedCoupons
from examples.grocer.year import Year
from tests.examples.coupon_sample import EXPECTED, FOLDER, kept, sample_mailed
from tests.examples.sample import FOLDER as CAMPAIGNS


def computed() -> ExpectedCoupons:
    """From the sample's tables, as the example does from the year's."""
    purchases = pd.read_csv(FOLDER / "lines.csv", parse_dates=["transaction_timestamp"])
    campaigns = pd.read_csv(CAMPAIGNS / "campaigns.csv", parse_dates=["start_date", "end_date"])
    redemptions = pd.read_csv(FOLDER / "redemptions.csv", parse_dates=["redemption_date"])
    year = Year(purchases, pd.read_csv(FOLDER / "invitations.csv"), campaigns)
    tables = CouponTables(year, pd.read_csv(FOLDER / "products.csv"), redemptions)
    return expected_coupons(tables, sample_mailed().mailings)


if __name__ == "__main__":
    EXPECTED.write_text(kept(computed()), encoding="utf-8")
