"""Written by tools/gen.py from proto/; do not edit. `make gen` writes it anew."""
