"""The seed of a torture run: what TALLYBOOK_TORTURE_SEED says, or a new one. Every figure names it."""

import os
import random
import secrets

VARIABLE = "TALLYBOOK_TORTURE_SEED"
SEED_BITS = 32

# Set for the whole run by its first process, so that every worker draws from the same seed.
_seed = int(os.environ.setdefault(VARIABLE, str(secrets.randbits(SEED_BITS))))


def torture_seed() -> int:
    """The seed of this run: give it again, in the variable, to draw the same again."""
    return _seed


def randomness(purpose: str) -> random.Random:
    """Randomness of its own for one purpose, so that tests do not draw from each other."""
    return random.Random(f"{torture_seed()} {purpose}")
