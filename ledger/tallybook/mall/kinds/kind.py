"""What the kinds of items have in common. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from tallybook.journal.folio import Folio
from tallybook.mall.notes import Gave
from tallybook.programs.program import Program


class Kind(NamedTuple):
    """What can be done with what an item gives.

    `fits` tells whether a member can have so many of it at a moment; `give` gives them, and says what is to
    be remembered of that. `take_back` takes back all of it, or says why it cannot: then what it has changed
    is for the caller to rewind. The notes of coupons must have been asked for.
    """

    fits: Callable[[Folio, Program, Any, int, datetime], bool]
    give: Callable[[Folio, Program, Any, int, datetime], Gave | None]
    take_back: Callable[[Folio, Program, Gave, datetime], str]
    is_sent: bool = False
    """Whether somebody has to hand it over or send it."""
