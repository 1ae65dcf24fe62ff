"""Reviews: what somebody is to look at, and what was decided about it. Pure: no clock, no database.

An open review and one that is done are filed under two kinds, so that those that wait are found without
reading all there ever were.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded

REVIEW: Final = "velocity_review"
REVIEWED: Final = "velocity_reviewed"


class Review(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A member went beyond a velocity limit: `counted` since `since`, and `most` is nothing to wonder about,
    in events or in the smallest step of `unit`. `decision` is empty until `decided_by` looked at it.
    """

    limit: str
    what: str
    unit: str
    most: int
    counted: int
    since: datetime
    raised_at: datetime
    decision: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def review_id(self) -> str:
        """What names it: there is one for each limit and period."""
        return f"{self.limit}/{self.since:%Y-%m-%dT%H:%MZ}"


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Review).decode


def put_review(folio: Folio, review: Review) -> None:
    """File a review: as one that waits, or as one that is done, in the place of the one that waited."""
    key = review.review_id
    if review.decision:
        folio.put_note(REVIEW, None, key)
    folio.put_note(REVIEWED if review.decision else REVIEW, Note(_encode(review).decode()), key)


def find_review(folio: Folio, review_id: str) -> Review | None:
    """A review that was asked for, or None."""
    note = folio.note(REVIEW, review_id) or folio.note(REVIEWED, review_id)
    return decoded(Review, note)


def read_review(body: str) -> Review:
    """A review as filed."""
    return _decode(body)
