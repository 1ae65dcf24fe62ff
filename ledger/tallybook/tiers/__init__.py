"""Tiers: where members stand on ladders, what is set by hand, benefits and their use."""
