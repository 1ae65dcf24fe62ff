"""IssueCodes: a sheet of unique codes, each of them good for one coupon. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar

from tallybook.coupons.issue import check_usable_ever, draw_stock, stocks_of, template_of
from tallybook.coupons.notes import CODE
from tallybook.coupons.sheets import CODES_A_SHEET, SheetNote, put_sheet, sheet_of
from tallybook.engine.checks import check_flag, check_id, check_several, check_whole
from tallybook.engine.command import Command, Reply, travelling
from tallybook.engine.desk import Desk
from tallybook.errors import InvalidInput
from tallybook.journal.folio import Folio
from tallybook.journal.notes import Note
from tallybook.members.bearers import check_hash, check_sheet_name
from tallybook.programs.coupons import CodeForm
from tallybook.programs.program import Program
from tallybook.refusals.coupons import CodesExist, CouponNotClaimable


class CodesIssued(Reply, frozen=True, kw_only=True):
    """So many codes can be claimed."""

    count: int


class IssueCodes(Command[CodesIssued], frozen=True, kw_only=True, tag="issue_codes"):
    """Make a sheet of codes for a template, numbered from `first` on. They are counted on its stock.

    `renews` gives other codes to numbers of a sheet that was issued before, because nobody was told the
    first: see `Book.coupons`, which makes them. That two codes are one is left to the database to refuse:
    they are 80 bits drawn by lot.

    Refused with `UnknownCouponTemplate`, `CouponNotClaimable` for a template without unique codes or whose
    time is over, `CouponOutOfStock`, or `CodesExist`.
    """

    template: str
    batch: str
    first: int
    code_hashes: tuple[str, ...]
    renews: bool = False
    reply_type = CodesIssued
    enrolls: ClassVar[bool] = True

    def __reduce__(self) -> tuple[Any, ...]:
        return travelling(self)

    def check(self) -> None:
        check_sheet_name("member", self.member)
        check_id("template", self.template)
        check_id("batch", self.batch)
        check_whole("first", self.first)
        check_flag("renews", self.renews)
        check_several("code_hashes", self.code_hashes, str, 1, CODES_A_SHEET, lists=False)
        for place, code in enumerate(self.code_hashes):
            check_hash(f"code_hashes[{place}]", code)
        if len(set(self.code_hashes)) < len(self.code_hashes):
            raise InvalidInput("code_hashes", "must name each once")

    def named_pools(self, program: Program, now: datetime) -> Collection[str]:
        return stocks_of(program.coupons.get(self.template))

    def decide(self, desk: Desk) -> CodesIssued:
        folio = desk.folio
        template = template_of(desk.program, self.template)
        if template.code_form is not CodeForm.UNIQUE:
            raise CouponNotClaimable(template=self.template, problem="its coupons have no codes of their own")
        check_usable_ever(desk, template)
        count = len(self.code_hashes)
        if folio.exists:
            self._forget(folio, count)
        else:
            folio.begin(desk.now)
            draw_stock(desk, template, count)
            note = SheetNote(template=self.template, batch=self.batch, first=self.first, count=count)
            put_sheet(folio, note)
        for number, code in enumerate(self.code_hashes, self.first):
            folio.put_note(CODE, Note(str(number)), code)
        desk.subject = self.batch
        return CodesIssued(entry=desk.entry, recorded_at=desk.now, count=count)

    def _forget(self, folio: Folio, count: int) -> None:
        """Take away the codes that these are in the place of; none of them may have been claimed."""
        sheet = sheet_of(folio)
        if not self.renews or sheet is None or sheet.template != self.template:
            raise CodesExist(batch=self.batch)
        numbers = range(self.first, self.first + count)
        old = [
            key
            for (kind, key), note in folio.notes.items()
            if kind == CODE and note is not None and int(note.body) in numbers
        ]
        if len(old) < count or numbers[-1] >= sheet.first + sheet.count:
            raise CodesExist(batch=self.batch)
        for key in old:
            folio.put_note(CODE, None, key)
