"""Why slices refuse, one class a reason: what holds for all of them is in `tallybook.errors`."""
