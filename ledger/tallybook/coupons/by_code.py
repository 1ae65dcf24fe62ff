"""Coupons by their codes: what is hashed before the book hears of it, and what is drawn by lot. Knows a key.

A code is in memory here, and in what is returned to who asked for it, and nowhere else.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from tallybook.codes import CODE_BYTES, CodeKey, new_code, read_code, shown_code
from tallybook.coupons.basket import Basket
from tallybook.coupons.claim_code import ClaimCode
from tallybook.coupons.claim_coupon import ClaimCoupon
from tallybook.coupons.issue_codes import IssueCodes
from tallybook.coupons.issue_coupons import CouponsIssued
from tallybook.coupons.present_coupon import CouponPresented, PresentCoupon
from tallybook.coupons.redeem_in_store import RedeemedInStore, RedeemInStore
from tallybook.coupons.sheets import CODE_PURPOSE, CODES_A_SHEET, sheet_name
from tallybook.coupons.void_codes import VoidCodes
from tallybook.engine.checks import check_id, check_text, check_whole
from tallybook.engine.command import AnyCommand
from tallybook.errors import InvalidInput, TallybookError
from tallybook.members.bearers import CALLER

BATCH_LENGTH_MAX: Final = 64
CODES_MAX: Final = 99_999 * CODES_A_SHEET
"""In one batch: as many as have sheets with numbers of five digits."""

Do = Callable[[Sequence[AnyCommand]], Sequence[Any]]
"""Carries out commands: an outcome for each."""


class NewCode(NamedTuple):
    """A code of a batch, by its number from 1 on, that is told now and never again."""

    number: int
    code: str

    def __repr__(self) -> str:
        return f"NewCode(number={self.number}, ...)"


@dataclass(frozen=True, slots=True)
class CodesToIssue:
    """A batch of codes for a template: from the number behind `after` through `count`.

    With `after` given, codes behind it that were issued already get others: whoever asks has the codes of the
    first `after`, and no others.
    """

    program: str
    template: str
    batch: str
    count: int
    after: int | None = None

    def check(self) -> None:
        """Raise `InvalidInput` for what makes no sense."""
        check_id("batch", self.batch)
        if len(self.batch) > BATCH_LENGTH_MAX or " " in self.batch:
            raise InvalidInput("batch", f"must have at most {BATCH_LENGTH_MAX} characters, and no space")
        check_whole("count", self.count, largest=CODES_MAX)
        if self.after is not None:
            check_whole("after", self.after, smallest=0, largest=self.count)

    def sheets(self, key: CodeKey) -> Generator[tuple[list[NewCode], IssueCodes], None, None]:
        """Codes with the command that makes them, sheet by sheet."""
        self.check()
        first = (self.after or 0) + 1
        while first <= self.count:
            last = min(-(-first // CODES_A_SHEET) * CODES_A_SHEET, self.count)
            codes = [
                NewCode(number, shown_code(new_code(secrets.token_bytes(CODE_BYTES))))
                for number in range(first, last + 1)
            ]
            yield codes, self._command(key, codes)
            first = last + 1

    def _command(self, key: CodeKey, codes: Sequence[NewCode]) -> IssueCodes:
        hashes = tuple(code_hash(key, self.program, each.code) for each in codes)
        return IssueCodes(
            program=self.program,
            member=sheet_name(self.batch, codes[0].number),
            request_id=f"issue-{hashes[0][:32]}",
            template=self.template,
            batch=self.batch,
            first=codes[0].number,
            code_hashes=hashes,
            renews=self.after is not None,
        )


@dataclass(frozen=True, slots=True)
class CodesToVoid:
    """Codes of a batch that are to lead nowhere any more: those with numbers from `first` through `last`."""

    program: str
    batch: str
    first: int
    last: int
    reason: str
    request_id: str

    def commands(self) -> Generator[VoidCodes, None, None]:
        """A command for each sheet. Raises `InvalidInput` for what makes no sense."""
        check_id("batch", self.batch)
        check_whole("first", self.first, largest=CODES_MAX)
        check_whole("last", self.last, smallest=self.first, largest=CODES_MAX)
        first = self.first
        while first <= self.last:
            last = min(-(-first // CODES_A_SHEET) * CODES_A_SHEET, self.last)
            yield VoidCodes(
                program=self.program,
                member=sheet_name(self.batch, first),
                request_id=self.request_id,
                reason=self.reason,
                first=first,
                count=last - first + 1,
            )
            first = last + 1


def code_hash(key: CodeKey, program: str, code: str) -> str:
    """The keyed hash of a code as it was typed; raises `InvalidInput` for what cannot be one."""
    return key.hashed(CODE_PURPOSE, program, read_code(code))


def present_coupon(
    key: CodeKey, *, program: str, caller: str, request_id: str, code: str, claimant: str = ""
) -> PresentCoupon:
    """The command for a code as it was typed. Who calls is hashed too: it may be an address."""
    check_text("caller", caller)
    if not caller:
        raise InvalidInput("caller", "must say who tries: tries in vain are counted")
    return PresentCoupon(
        program=program,
        member=CALLER + key.hashed("caller", program, caller)[:32],
        request_id=request_id,
        code_hash=code_hash(key, program, code),
        claimant=claimant,
    )


def is_unique_code(typed: str) -> bool:
    """Whether what was typed can be a unique code, and not one that all know."""
    try:
        read_code(typed)
    except InvalidInput:
        return False
    return True


class Coupons:
    """Coupons of a book, by the codes that people hold: `Book.coupons`.

    A code is told once, when it is made, and is nowhere afterwards. Its hash is what the book knows.
    """

    def __init__(self, do: Do, key: CodeKey) -> None:
        self._do = do
        self._key = key

    def issue_codes(self, wanted: CodesToIssue) -> Generator[NewCode, None, None]:
        """Make codes, and yield each when it is recorded: a sheet of them in memory, however many there are.

        Who has stopped goes on with `after`, how many of the codes are safe. Raises what a sheet is refused
        with, `CodesExist` where a batch has codes already and `after` is not given; or `InvalidInput`.
        """
        for codes, command in wanted.sheets(self._key):
            self._one(command)
            yield from codes

    def void_codes(self, wanted: CodesToVoid) -> int:
        """Make codes void that nobody has claimed; returns how many that were.

        Raises `UnknownMember` for a sheet that was not issued, or `InvalidInput`.
        """
        return sum(self._one(command).count for command in wanted.commands())

    def claim(self, program: str, member: str, caller: str, request_id: str, code: str) -> CouponsIssued:
        """Take the coupon of a code, as it was typed: a unique one, or one that all know. `caller` is who
        tries, such as an address.

        Raises `CodeNotAccepted`, alike for a code that does not exist and one that somebody has;
        `TooManyTries`; and what `ClaimCode` and `ClaimCoupon` raise.
        """
        if not is_unique_code(code):
            shared = ClaimCoupon(program=program, member=member, request_id=request_id, code=code)
            issued: CouponsIssued = self._one(shared)
            return issued
        command = present_coupon(
            self._key, program=program, caller=caller, request_id=request_id, code=code, claimant=member
        )
        presented: CouponPresented = self._one(command)
        presented.or_refused()
        claim = ClaimCode(program=program, member=member, request_id=request_id, code_hash=command.code_hash)
        claimed: CouponsIssued = self._one(claim)
        return claimed

    def redeem(
        self,
        program: str,
        request_id: str,
        code: str,
        store: str,
        operator: str,
        basket: Basket,
        order_id: str = "",
    ) -> RedeemedInStore:
        """Use the coupon that a member has claimed with this code, at a till, whose tries are counted.

        Raises `CodeNotAccepted`, `TooManyTries`, and what `RedeemInStore` raises.
        """
        command = present_coupon(
            self._key, program=program, caller=f"store {store}", request_id=request_id, code=code
        )
        presented: CouponPresented = self._one(command)
        presented.or_refused()
        redemption = RedeemInStore(
            program=program,
            member=presented.member,
            request_id=request_id,
            coupon=presented.coupon,
            store=store,
            operator=operator,
            basket=basket,
            order_id=order_id,
        )
        redeemed: RedeemedInStore = self._one(redemption)
        return redeemed

    def _one(self, command: AnyCommand) -> Any:
        (outcome,) = self._do([command])
        if isinstance(outcome, TallybookError):
            raise outcome
        return outcome
