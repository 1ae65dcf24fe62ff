"""The program that a fresh book is tried with."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

DEMO_PROGRAM: Final = files(__package__).joinpath("demo.yaml").read_text(encoding="utf-8")
"""The text of demo.yaml."""
