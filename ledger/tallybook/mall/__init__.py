"""The points mall: items, their stock, and orders."""
