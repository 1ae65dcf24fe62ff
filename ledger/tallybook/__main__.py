"""`python -m tallybook` is the command `tallybook`."""

from __future__ import annotations

from tallybook.cli import main

main()
