"""BindReferral: a newcomer was brought by another member. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar, Final

from tallybook.engine.checks import check_id
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.growth.referral_codes import code_key
from tallybook.growth.referral_notes import REFEREE, REFERRAL_CODE, newcomer_note, orders_of, referrer_note
from tallybook.growth.referrals import bind
from tallybook.journal.folio import Folio
from tallybook.journal.notes import NoteKey
from tallybook.members.erased import erased_on
from tallybook.members.freeze import Scope, check_may_earn, check_not_frozen
from tallybook.programs.program import Program
from tallybook.programs.referrals import Referrals
from tallybook.refusals.members import MemberErased
from tallybook.refusals.referrals import (
    AlreadyReferred,
    NoReferrals,
    NotANewcomer,
    ReferralCircle,
    SelfReferral,
    UnknownReferralCode,
)

CHAIN_MAX: Final = 8
"""So many members above a newcomer are looked at for a circle."""


class ReferralBound(Reply, frozen=True, kw_only=True):
    """The member was brought by `referrer`, whose own entry for it is `referrer_entry`.

    The first purchase counts when its return window of `return_window_days` is over.
    """

    referrer: str
    referrer_entry: int
    bound_at: datetime
    return_window_days: int


class BindReferral(Command[ReferralBound], frozen=True, kw_only=True, tag="bind_referral"):
    """Say who brought a newcomer, by the referrer's `code` or by `referrer`, once and for all.

    Refused with `NoReferrals`, `UnknownReferralCode`, `UnknownMember`, `SelfReferral`, `AlreadyReferred`,
    `NotANewcomer`, `ReferralCircle`, `MemberErased`, or `MemberFrozen` for either of the two.

    Nobody can be brought by one of those whom they have brought, or by whom these have brought in turn. Who
    has brought nobody closes no circle. For who has, up to eight members above the referrer are looked at; if
    there are more, the binding is refused.
    """

    code: str = ""
    referrer: str = ""
    reply_type = ReferralBound
    is_activity: ClassVar[bool] = True

    def check(self) -> None:
        if (self.code == "") == (self.referrer == ""):
            raise InvalidInput("code", "or referrer must say who brought the member, one of them")
        if self.code != "":
            code_key(self.code)
        else:
            check_id("referrer", self.referrer)

    def counterpart(self) -> str | None:
        return self.referrer or None

    def counterpart_handle(self) -> NoteKey | None:
        return (REFERRAL_CODE, code_key(self.code)) if self.code else None

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        handles = [(REFEREE, self.member)]
        above: str | None = self.referrer
        if self.code:
            handles.append((REFERRAL_CODE, code_key(self.code)))
            above = holders.get(handles[-1])
        for _ in range(CHAIN_MAX):
            if above is None or (REFEREE, above) in handles:
                break
            handles.append((REFEREE, above))
            above = holders.get((REFEREE, above))
        return handles

    def decide(self, desk: Desk) -> ReferralBound:
        terms = desk.program.referrals
        if terms is None:
            raise NoReferrals(program=desk.program.code)
        referrer = desk.holder(REFERRAL_CODE, code_key(self.code)) if self.code else desk.other
        if referrer is None:
            raise UnknownReferralCode(referral_code=self.code)
        check_may_earn(desk)
        check_not_frozen(referrer, Scope.EARN)
        if erased_on(referrer) is not None:
            raise MemberErased(member=referrer.member)
        self._check(desk, terms, referrer)
        bind(desk.folio, referrer, terms, desk.now)
        return ReferralBound(
            entry=desk.entry,
            recorded_at=desk.now,
            referrer=referrer.member,
            referrer_entry=referrer.next_version,
            bound_at=desk.now,
            return_window_days=terms.return_window_days,
        )

    def _check(self, desk: Desk, terms: Referrals, referrer: Folio) -> None:
        folio = desk.folio
        if referrer is folio:
            raise SelfReferral(member=self.member)
        bound = newcomer_note(folio)
        if bound is not None:
            raise AlreadyReferred(member=self.member, referrer=bound.referrer)
        assert folio.standing.enrolled_at is not None, "who is not enrolled gets no further than this"
        days = (desk.today - desk.program.today(folio.standing.enrolled_at)).days
        if terms.bind_within_days is not None and days > terms.bind_within_days:
            problem = f"enrolled {days} days ago, and {terms.bind_within_days} are allowed"
            raise NotANewcomer(member=self.member, problem=problem)
        if orders_of(folio) and not terms.may_have_bought:
            raise NotANewcomer(member=self.member, problem="has bought something")
        if referrer_note(folio).newcomers and _may_be_above(folio, referrer, desk.others):
            raise ReferralCircle(member=self.member, referrer=referrer.member)


def _may_be_above(member: Folio, referrer: Folio, others: Mapping[str, Folio]) -> bool:
    """Whether a member who has brought newcomers stands above a referrer, as far as can be told.

    By their own notes, which are locked: handles were looked up before.
    """
    above: Folio | None = referrer
    for _ in range(CHAIN_MAX):
        bound = None if above is None else newcomer_note(above)
        if bound is None:
            break
        above = member if bound.referrer == member.member else others.get(bound.referrer)
        if above is member:
            return True
    return above is None or newcomer_note(above) is not None
