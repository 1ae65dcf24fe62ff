"""How often codes may be tried in vain, as a document says it. Pure: no clock, no database."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from tallybook.programs.section import Section

TRIES_MAX: Final = 1_000
LOCK_SECONDS_MAX: Final = 366 * 24 * 60 * 60


class CodesSection(Section):
    """How often codes, such as those of gift cards, may be tried in vain."""

    tries: Annotated[int, Field(ge=1, le=TRIES_MAX)] = 5
    """So many times in vain, and who tries is locked out; and so is a card whose PIN is tried."""
    lock_seconds: Annotated[int, Field(ge=1, le=LOCK_SECONDS_MAX)] = 15 * 60
    """For so long after the last time. Who has tried nothing in vain for as long begins anew."""
