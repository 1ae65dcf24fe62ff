"""Members who bring newcomers: codes, bindings, and what came of them."""
