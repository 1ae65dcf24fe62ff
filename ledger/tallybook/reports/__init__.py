"""Reports over the whole book: trial balance, verification."""
