"""Gathers what coupons need and commands cannot name: stocks, limits, what orders have. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tallybook.coupons.claim_code import ClaimCode
from tallybook.coupons.claim_coupon import ClaimCoupon
from tallybook.coupons.issue_codes import IssueCodes
from tallybook.coupons.issue_coupons import IssueCoupons
from tallybook.coupons.notes import BASKET, CODE, COUNTS, USED, coupon_keys, find_basket
from tallybook.coupons.redeem_in_store import RevokeRedemption
from tallybook.coupons.return_coupons import ReturnCoupons
from tallybook.coupons.sheets import sheet_of
from tallybook.coupons.transfer_coupon import TransferCoupon
from tallybook.coupons.void_codes import VoidCodes
from tallybook.db.statements import Fetch
from tallybook.engine.batch import Batch
from tallybook.engine.command import AnyCommand
from tallybook.engine.gather import Gathering, place_notes
from tallybook.journal import tables
from tallybook.programs.coupons import CouponTemplate, stock_pool

Filed = tuple[str, str, str, str]
"""Program, member, kind and key."""


GIVING: Final = (IssueCoupons, ClaimCoupon, IssueCodes, ClaimCode)
"""The commands that draw on stocks, or count towards limits."""


def coupons(batch: Batch) -> Gathering:
    """The stocks that are drawn on and the limits that count, the coupons behind orders, what a receiver has
    of a coupon's name, and the revisions that returned coupons were used by.
    """
    yield []
    yield []  # what falls due is there now
    drawing = any(isinstance(command, GIVING) for command in batch.commands)
    returning = batch.may_have(ReturnCoupons, RevokeRedemption)
    while (drawing or returning) and not batch.programs_known:
        yield []
    wanted = {*_of_orders(batch), *_of_receivers(batch)}
    for command in batch.commands if drawing else ():
        template = _template(batch, command)
        if template is None:
            continue
        if template.stock is not None and isinstance(command, ClaimCode):  # others name it
            batch.wanted_pools.add((command.program, stock_pool(template.code)))
        if template.limits:
            wanted.add((command.program, command.member, COUNTS, template.code))
    lost = sorted(_losing_codes(batch))
    if lost:
        (rows,) = yield [Fetch(tables.READ_NOTES_OF_KIND, lost)]
        place_notes(batch.folios, rows)
    missing = sorted(key for key in wanted if key[2:] not in batch.folios[key[:2]].notes)
    if missing:
        (rows,) = yield [Fetch(tables.READ_NOTES, missing)]
        for program, member, kind, key in missing:
            batch.folios[program, member].notes.setdefault((kind, key), None)
        place_notes(batch.folios, rows)
    if returning:
        yield from batch.look_back(_used_by(batch))


def _template(batch: Batch, command: AnyCommand) -> CouponTemplate | None:
    """The template that a command gives a coupon of, if the program in force has it."""
    program = batch.programs.get(command.program)
    if program is None or not isinstance(command, GIVING):
        return None
    if isinstance(command, ClaimCoupon):
        return command.template_in(program)
    if not isinstance(command, ClaimCode):
        return program.coupons.get(command.template)
    holder = batch.holders.get(command.program, {}).get((CODE, command.code_hash))
    sheet = None if holder is None else sheet_of(batch.folios[command.program, holder])
    return None if sheet is None else program.coupons.get(sheet.template)


def _losing_codes(batch: Batch) -> set[tuple[str, str, str]]:
    """The sheets whose codes get others, or become void."""
    losing = [
        each
        for each in batch.commands
        if isinstance(each, VoidCodes) or (isinstance(each, IssueCodes) and each.renews)
    ]
    return {(each.program, each.member, CODE) for each in losing}


def _of_orders(batch: Batch) -> Iterator[Filed]:
    for member, folio in batch.folios.items():
        for kind, key in folio.notes:
            note = find_basket(folio, key) if kind == BASKET else None
            for coupon in () if note is None else note.coupons:
                yield from ((*member, *each) for each in coupon_keys(coupon))


def _of_receivers(batch: Batch) -> Iterator[Filed]:
    for command in batch.commands:
        if isinstance(command, TransferCoupon):
            yield from ((command.program, command.to_member, *key) for key in coupon_keys(command.coupon))


def _used_by(batch: Batch) -> Iterator[tuple[str, int]]:
    """The revisions by which the orders of this batch have used coupons."""
    for (program, _), folio in batch.folios.items():
        if program not in batch.programs:
            continue
        for kind, key in folio.notes:
            note = find_basket(folio, key) if kind == BASKET else None
            if note is not None and note.state == USED:
                yield program, note.revision
