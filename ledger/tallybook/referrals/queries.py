"""Questions about who brought whom, and what came of it. Writes nothing."""

from __future__ import annotations

from datetime import datetime

import msgspec

from tallybook.engine.checks import check_id
from tallybook.engine.query import FolioQuery
from tallybook.engine.reading import PagedQuery, Reading
from tallybook.growth.referral_notes import REFEREE, RefereeNote, newcomer_note, referrer_note
from tallybook.growth.referrals import counted
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note, decoded
from tallybook.journal.queries import notes_behind
from tallybook.programs.program import Program


class BroughtBy(msgspec.Struct, frozen=True, kw_only=True):
    """Who brought a member, and how far that has come.

    `state` is bound, bought, rewarded or withheld. `order` is the first purchase that stands, and `at` the
    moment at which it counts, or has counted; they are empty and None before the first purchase.
    """

    referrer: str
    bound_at: datetime
    state: str
    order: str
    at: datetime | None


class CapLeft(msgspec.Struct, frozen=True):
    """How many more newcomers a member can be rewarded for in the period that is now."""

    period: str
    newcomers: int
    left: int


class ReferralView(msgspec.Struct, frozen=True, kw_only=True):
    """A member on both sides of referrals: `referred` is None for who was brought by nobody.

    `code` is empty before one was issued. `newcomers` were bound, and `rewarded` of them brought a reward.
    `earned` is what they have brought in steps by unit, less what was taken back, commissions of both levels
    included. `caps` are those that newcomers bound now would come under.
    """

    member: str
    code: str
    referred: BroughtBy | None
    newcomers: int
    rewarded: int
    earned: dict[str, int]
    caps: tuple[CapLeft, ...]


class GetReferral(FolioQuery[ReferralView], frozen=True, kw_only=True):
    """A member's code, who brought them, and what they have brought. Raises `UnknownMember`."""

    def answer(self, folio: Folio, program: Program, now: datetime) -> ReferralView:
        own, bound = referrer_note(folio), newcomer_note(folio)
        counts = counted(own, program, now)
        caps = () if program.referrals is None else program.referrals.caps
        return ReferralView(
            member=folio.member,
            code=own.code,
            referred=None
            if bound is None
            else BroughtBy(
                referrer=bound.referrer,
                bound_at=bound.bound_at,
                state=bound.state,
                order=bound.order,
                at=bound.at,
            ),
            newcomers=own.newcomers,
            rewarded=own.rewarded,
            earned=own.earned,
            caps=tuple(
                CapLeft(cap.period, cap.newcomers, max(0, cap.newcomers - counts[cap.period])) for cap in caps
            ),
        )


class Newcomer(msgspec.Struct, frozen=True, kw_only=True):
    """A newcomer as the referrer has them: as `BroughtBy`, and with capped for one beyond the caps.

    `earned` is what they have brought the referrer in steps by unit, less what was taken back.
    """

    member: str
    bound_at: datetime
    state: str
    order: str
    at: datetime | None
    earned: dict[str, int]


class NewcomerPage(msgspec.Struct, frozen=True, kw_only=True):
    """Newcomers by name, and the token of the next page, empty where there is none."""

    newcomers: tuple[Newcomer, ...]
    next_page_token: str


class ListNewcomers(PagedQuery[NewcomerPage], frozen=True, kw_only=True):
    """The newcomers that a member has brought, by name. Raises `UnknownMember` or `PageTokenInvalid`."""

    member: str

    def check(self) -> None:
        check_id("member", self.member)

    def read(self, reading: Reading) -> NewcomerPage:
        page = self.page("newcomers", self.member)
        folio = reading.settled_folio(self.program, self.member)
        found = notes_behind(
            reading.session.connection, self.program, self.member, REFEREE, page.behind, page.limit
        )
        rows, more = page.turned(found, lambda row: row[0])
        newcomers = tuple(_newcomer(name, folio.notes.get((REFEREE, name)) or note) for name, note in rows)
        return NewcomerPage(newcomers=newcomers, next_page_token=more)


def _newcomer(name: str, note: Note) -> Newcomer:
    told = decoded(RefereeNote, note)
    assert told is not None
    return Newcomer(
        member=name,
        bound_at=told.bound_at,
        state=told.state,
        order=told.order,
        at=told.at,
        earned=told.earned,
    )
