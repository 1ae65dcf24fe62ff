"""Coupons: what they take off a basket, and which of them together. Money is in minor units."""
