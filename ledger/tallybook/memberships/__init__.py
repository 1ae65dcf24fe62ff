"""Paid memberships: bought, renewed, given, refunded, called off. Knows no gateway: what is paid is told."""
