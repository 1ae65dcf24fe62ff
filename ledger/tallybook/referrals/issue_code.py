"""IssueReferralCode: a code by which newcomers tell who brought them. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tallybook.codes import shown_code
from tallybook.engine.checks import check_text
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.growth.referral_codes import chosen_key, code_key, made_code
from tallybook.growth.referral_notes import REFERRAL_CODE, put_referrer, referrer_note
from tallybook.journal.notes import Note, NoteKey
from tallybook.members.erased import check_known
from tallybook.members.freeze import check_may_earn
from tallybook.programs.program import Program
from tallybook.refusals.referrals import NoReferrals, ReferralCodeTaken


class ReferralCodeIssued(Reply, frozen=True, kw_only=True):
    """The member's code, as people read it."""

    code: str


class IssueReferralCode(Command[ReferralCodeIssued], frozen=True, kw_only=True, tag="issue_referral_code"):
    """Give a member a code to pass on. Who has one keeps it, unless the shop chooses another `code`.

    A chosen code has 4 to 16 letters and digits, which are read whether small or capital, and takes the place
    of the one before, which leads nowhere from then on.

    Refused with `NoReferrals`, `ReferralCodeTaken`, `MemberErased` or `MemberFrozen`.
    """

    code: str = ""
    reply_type = ReferralCodeIssued

    def check(self) -> None:
        if self.code != "":
            check_text("code", self.code)
            chosen_key(self.code)

    def _key(self) -> str:
        return chosen_key(self.code) if self.code else made_code(self.program, self.member, self.request_id)

    def named_handles(self, program: Program, holders: Mapping[NoteKey, str]) -> Sequence[NoteKey]:
        return ((REFERRAL_CODE, self._key()),)

    def decide(self, desk: Desk) -> ReferralCodeIssued:
        if desk.program.referrals is None:
            raise NoReferrals(program=desk.program.code)
        check_may_earn(desk)
        check_known(desk)
        code = referrer_note(desk.folio).code
        if self.code or not code:
            code = self._take(desk)
        desk.subject = code_key(code)
        return ReferralCodeIssued(entry=desk.entry, recorded_at=desk.now, code=code)

    def _take(self, desk: Desk) -> str:
        key, folio = self._key(), desk.folio
        code = self.code.strip() or shown_code(key)
        holder = desk.holder(REFERRAL_CODE, key)
        if holder is not None and holder is not folio:
            raise ReferralCodeTaken(referral_code=code)
        note = referrer_note(folio)
        if note.code_key not in ("", key):
            folio.put_note(REFERRAL_CODE, None, note.code_key)
        folio.put_note(REFERRAL_CODE, Note("{}"), key)
        put_referrer(folio, replace(note, code=code, code_key=key))
        return code
