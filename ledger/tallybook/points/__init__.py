"""Points: award, redeem, hold, capture, release, reverse, adjust, gift; balances and statements."""
