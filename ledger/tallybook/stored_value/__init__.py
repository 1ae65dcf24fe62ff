"""Stored value: money that members pay in, with what is added to it, spend, and are paid back."""
