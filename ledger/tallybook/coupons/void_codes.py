"""VoidCodes: codes that nobody has claimed are good for nothing any more. Pure: no clock, no database."""

from __future__ import annotations

from tallybook.coupons.notes import CODE, pieces
from tallybook.coupons.sheets import CODES_A_SHEET, sheet_of
from tallybook.engine.checks import check_whole
from tallybook.engine.command import Command, Reply
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.accounts import COUPONS_OPEN, COUPONS_VOIDED
from tallybook.members.bearers import check_sheet_name


class CodesVoided(Reply, frozen=True, kw_only=True):
    """So many codes lead nowhere any more."""

    count: int


class VoidCodes(Command[CodesVoided], frozen=True, kw_only=True, tag="void_codes"):
    """Make codes of a sheet void for good, those with numbers from `first` on, so many as `count`. Needs a
    reason.

    Those that somebody has claimed stay: `VoidCoupon` is for them. So do those that are void already.
    """

    first: int
    count: int
    reply_type = CodesVoided

    def check(self) -> None:
        check_sheet_name("member", self.member)
        check_whole("first", self.first)
        check_whole("count", self.count, largest=CODES_A_SHEET)
        if not self.reason:
            raise InvalidInput("reason", "must say why the codes are void")

    def decide(self, desk: Desk) -> CodesVoided:
        folio = desk.folio
        sheet = sheet_of(folio)
        assert sheet is not None, "what is called so is a sheet"
        numbers = range(self.first, self.first + self.count)
        codes = [
            key
            for (kind, key), note in folio.notes.items()
            if kind == CODE and note is not None and int(note.body) in numbers
        ]
        for key in codes:
            folio.put_note(CODE, None, key)
        if codes:
            folio.post(pieces(sheet.template, COUPONS_OPEN, COUPONS_VOIDED, len(codes)))
        desk.subject = sheet.batch
        return CodesVoided(entry=desk.entry, recorded_at=desk.now, count=len(codes))
