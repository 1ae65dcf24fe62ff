"""Earning: events, what the program's rules make of them, and what refunds take back."""
