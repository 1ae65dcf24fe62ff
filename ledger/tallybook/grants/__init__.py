"""Grants by the calendar, as members and the house ask about them. The clock itself is in `growth`."""
