"""Gather, decide, record: the one way to change anything. Knows no particular command."""
