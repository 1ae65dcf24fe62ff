"""Checkout: what an order is paid with, held, captured and given back together, over the slices it joins."""
