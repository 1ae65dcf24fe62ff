"""What pandas makes of the sample. Run as a program, it writes that to the file."""

from __future__ import annotations

import pandas as pd

from examples.grocer.by_pandas import expected_by_pandas
from examples.grocer.expected import Expected
from examples.grocer.year import Year
from tests.examples.sample import EXPECTED, FOLDER, kept, sample_refunds


def computed() -> Expected:
    """From the sample's tables, as the example does from the year's."""
    purchases = pd.read_csv(FOLDER / "lines.csv", parse_dates=["transaction_timestamp"])
    campaigns = pd.read_csv(FOLDER / "campaigns.csv", parse_dates=["start_date", "end_date"])
    year = Year(purchases, pd.read_csv(FOLDER / "invitations.csv"), campaigns)
    return expected_by_pandas(year, sample_refunds())


if __name__ == "__main__":
    EXPECTED.write_text(kept(computed()), encoding="utf-8")
