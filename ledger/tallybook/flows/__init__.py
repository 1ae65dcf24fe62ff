"""Flows: what concerns several slices at once, and calls them in order."""
