"""What waits for somebody to look at it, over all members. Writes nothing."""

from __future__ import annotations

from datetime import datetime

import msgspec

from tallybook.engine.checks import check_flag
from tallybook.engine.reading import PagedQuery, Reading
from tallybook.members.queries import notes_of_kind
from tallybook.members.reviews import REVIEW, REVIEWED, read_review


class ReviewView(msgspec.Struct, frozen=True, kw_only=True):
    """A review: whose, which limit, what was counted in the period that began at `since`, and what was
    decided. `most` and `counted` are events, or in the smallest step of `unit`; `decision` is empty until
    somebody has looked at it.
    """

    member: str
    review_id: str
    limit: str
    what: str
    unit: str
    most: int
    counted: int
    since: datetime
    raised_at: datetime
    decision: str
    decided_by: str
    decided_at: datetime | None


class ReviewPage(msgspec.Struct, frozen=True, kw_only=True):
    """Reviews in the order of members; an empty token ends them."""

    reviews: tuple[ReviewView, ...]
    next_page_token: str


class ListReviews(PagedQuery[ReviewPage], frozen=True, kw_only=True):
    """The reviews of a program that wait, or with `done` those that somebody has looked at.

    Raises `UnknownProgram` or `PageTokenInvalid`.
    """

    done: bool = False

    def check(self) -> None:
        check_flag("done", self.done)

    def read(self, reading: Reading) -> ReviewPage:
        reading.program(self.program)
        kind = REVIEWED if self.done else REVIEW
        page = self.page("reviews", kind)
        after = msgspec.json.decode(page.behind, type=tuple[str, str]) if page.behind else ("", "")
        found = notes_of_kind(reading.session.connection, self.program, kind, after, page.limit)
        rows, more = page.turned(found, lambda row: msgspec.json.encode(row[:2]).decode())
        return ReviewPage(
            reviews=tuple(_view(member, body) for member, _, body in rows), next_page_token=more
        )


def _view(member: str, body: str) -> ReviewView:
    review = read_review(body)
    own = {name: getattr(review, name) for name in review.__struct_fields__}
    return ReviewView(member=member, review_id=review.review_id, **own)
