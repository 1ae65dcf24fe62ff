"""ResolveReview: somebody has looked at what a member did. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from tallybook.engine.checks import check_id
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput, shown
from tallybook.journal.notes import NoteKey
from tallybook.members.reviews import REVIEW, REVIEWED, find_review, put_review
from tallybook.members.velocity import put_velocity, velocity_note
from tallybook.refusals.members import ReviewDone, UnknownReview


class ReviewDecision(StrEnum):
    """What came of a review."""

    CLEARED = "cleared"  # nothing to it: what its limit froze is lifted
    CONFIRMED = "confirmed"  # it was abuse: what is frozen stays frozen


class ReviewResolved(Reply, frozen=True, kw_only=True):
    """What was decided, and whether a freeze was lifted with it."""

    review_id: str
    decision: str
    unfrozen: bool


class ResolveReview(Command[ReviewResolved], frozen=True, kw_only=True, tag="resolve_review"):
    """Say what came of a review, and who looked at it. Clearing it lifts the freeze of its limit.

    Refused with `UnknownReview` or `ReviewDone`.
    """

    review_id: str
    decision: ReviewDecision
    decided_by: str
    reply_type = ReviewResolved

    def check(self) -> None:
        check_id("review_id", self.review_id)
        check_id("decided_by", self.decided_by)
        if self.decision not in list(ReviewDecision):
            raise InvalidInput(
                "decision", f"must be one of {', '.join(ReviewDecision)}, not {shown(self.decision)}"
            )

    def named_notes(self) -> Sequence[NoteKey]:
        return (REVIEW, self.review_id), (REVIEWED, self.review_id)

    def decide(self, desk: Desk) -> ReviewResolved:
        review = find_review(desk.folio, self.review_id)
        if review is None:
            raise UnknownReview(member=self.member, review=self.review_id)
        if review.decision:
            raise ReviewDone(review=self.review_id, decision=review.decision, decided_by=review.decided_by)
        decided = msgspec.structs.replace(
            review, decision=str(self.decision), decided_by=self.decided_by, decided_at=desk.now
        )
        put_review(desk.folio, decided)
        note = velocity_note(desk.folio)
        unfrozen = self.decision is ReviewDecision.CLEARED and note.frozen_by == review.limit
        if unfrozen:
            put_velocity(desk.folio, msgspec.structs.replace(note, frozen="", frozen_by=""))
        return ReviewResolved(
            entry=desk.entry,
            recorded_at=desk.now,
            review_id=self.review_id,
            decision=decided.decision,
            unfrozen=unfrozen,
        )
