"""Refunds of an order: what went back, what it takes of rewards, what returns. Pure: no clock, no database.

All that went back of an order so far is one state, made of sums: pieces and money by line, and money that no
line accounts for. What has to be taken back by now is a function of that state, and a refund takes what the
function has grown by. So parts come to what one refund of all of them does, in whatever order they come.

The state is read in exact fractions. q of a line's Q pieces, and an amount a of its worth w, are the fraction
f = q/Q + a/w of the line. R, the sum of w (1 - f), is the worth of what no line gave back. An amount U of the
order's takes the same part u = U/R of all that, for nobody said which goods it is for. So of the steps e that
a line earned, e (1 - f) (1 - u) are kept; and what no line earned, such as steps for shipping, is kept in the
proportion of all that is left, R - U, to the worth of the order.

A piece need not cost whole minor units, and shops round. So an amount may ask for what is left rounded up,
and once amounts have come to what is left rounded down, nothing is left. Pieces are counted against pieces
alone: those that come back after an amount was refunded are worth what is left of them, if anything is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final, NamedTuple

import msgspec

from tallybook.earning.events import SHIPPING_LINE, Purchase, Refund, RefundedLine, line_ids
from tallybook.earning.results import Reward
from tallybook.earning.spend import goods_of
from tallybook.errors import RefundExceedsPurchase, UnknownLine
from tallybook.growth.happenings import NOTHING as NOTHING_LEFT
from tallybook.growth.happenings import Left, LineLeft


class BoughtLine(NamedTuple):
    """A line's pieces, and what it is worth."""

    quantity: int
    worth: int


@dataclass(frozen=True, slots=True)
class Bought:
    """What refunds of an order are measured against.

    `worth` is in minor units, after all discounts and without tax and shipping. Where all goods are free it
    is their number of pieces, so that what no line earned can go back in parts; but no money is refunded.
    `tenders` are the minor units paid by each tender that stands for units of this ledger, by its entry. The
    shipping can be named by a refund, free or not, and is no goods: it goes back as the order does.
    """

    order: str
    lines: Mapping[str, BoughtLine]
    worth: int
    is_free: bool
    tenders: Mapping[int, int]


class Part(NamedTuple):
    """What went back of a line: so many pieces, and so many minor units. All pieces are the whole line."""

    quantity: int
    amount: int


class Refunded(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that went back of an order so far. States that are equal are encoded alike.

    `whole` is everything, and then `lines` and `amount` are left out. `lines` are those of which something
    went back, and `amount` is the money that no line accounts for. `told` is the money that refunds said went
    back to a tender, by its entry; `untold` the worth of goods whose refunds said nothing about tenders.

    `taken` (steps by rule) and `returned` (units by entry) are what was posted so far. A refund passes them
    on: who posts what the functions `taken` and `returned` have grown by replaces them.
    """

    refunds: tuple[str, ...] = ()
    whole: bool = False
    lines: dict[str, Part] = {}
    amount: int = 0
    told: dict[int, int] = {}
    untold: int = 0
    taken: dict[str, int] = {}
    returned: dict[int, int] = {}


_NOTHING: Final = Part(0, 0)


def bought_by(purchase: Purchase) -> Bought:
    """What refunds of a purchase are measured against."""
    goods = goods_of(purchase)
    is_free = not any(goods)
    lines = {
        line_id: BoughtLine(line.quantity, line.quantity if is_free else worth)
        for line_id, line, worth in zip(line_ids(purchase.lines), purchase.lines, goods, strict=True)
    }
    tenders = {tender.entry: tender.amount for tender in purchase.tenders if tender.entry is not None}
    worth = sum(line.worth for line in lines.values())
    return Bought(purchase.order_id, lines, worth, is_free, tenders)


# --- what went back --------------------------------------------------------------------------------------


def after_refund(bought: Bought, before: Refunded, refund: Refund) -> Refunded:
    """What went back of an order with one more refund. All that is left of what is back already is nothing.

    Refused with `UnknownLine` or `RefundExceedsPurchase`. Refunds that add up to no more than the order are
    accepted in any order, and end in the same state.
    """
    assert refund.order_id == bought.order, "a refund is of its own order"
    assert refund.refund_id not in before.refunds, "the same refund is one"
    if refund.lines or refund.amount is not None:
        lines, worth = _lines_after(bought, before, refund)
        amount = before.amount + (refund.amount or 0)
        _check_money(bought, before, refund, lines, amount)
        worth += refund.amount or 0
        whole = all(
            lines.get(each, _NOTHING).quantity == line.quantity for each, line in bought.lines.items()
        )
    else:
        gone = _gone(bought, before)
        lines, amount, worth, whole = {}, 0, _ceil(gone.left, gone.of), True
    return Refunded(
        refunds=tuple(sorted((*before.refunds, refund.refund_id))),
        whole=whole,
        lines={} if whole else dict(sorted(lines.items())),
        amount=0 if whole else amount,
        told=_told_after(bought, before, refund),
        untold=before.untold + worth if bought.tenders and not refund.tenders else before.untold,
        taken=before.taken,
        returned=before.returned,
    )


def _lines_after(bought: Bought, before: Refunded, refund: Refund) -> tuple[dict[str, Part], int]:
    """What went back of the lines, and what those of this refund are worth, each rounded up."""
    lines = (
        {each: Part(line.quantity, 0) for each, line in bought.lines.items()}
        if before.whole
        else dict(before.lines)
    )
    worth = 0
    for asked in refund.lines:
        if asked.line_id == SHIPPING_LINE and SHIPPING_LINE not in bought.lines:
            continue
        if asked.line_id not in bought.lines:
            raise UnknownLine(order=bought.order, line=asked.line_id)
        lines[asked.line_id], each = _part_after(bought, lines.get(asked.line_id, _NOTHING), asked)
        worth += each
    return lines, worth


def _part_after(bought: Bought, part: Part, asked: RefundedLine) -> tuple[Part, int]:
    """What went back of a line, and what that of this refund is worth, rounded up."""
    line = bought.lines[asked.line_id]
    pieces_left = line.quantity - part.quantity
    worth_left = max(0, _ceil(line.worth * pieces_left, line.quantity) - part.amount)
    if asked.amount is not None:
        money_left = 0 if bought.is_free else worth_left
        if asked.amount > money_left:
            raise _exceeds(bought, f"amount of line {asked.line_id}", asked.amount, money_left)
        return Part(part.quantity, part.amount + asked.amount), asked.amount
    if asked.quantity is None or asked.quantity == pieces_left:
        return Part(line.quantity, 0), worth_left
    if asked.quantity > pieces_left:
        raise _exceeds(bought, f"quantity of line {asked.line_id}", asked.quantity, pieces_left)
    worth = _ceil(line.worth * asked.quantity, line.quantity)
    return Part(part.quantity + asked.quantity, part.amount), worth


def _check_money(
    bought: Bought, before: Refunded, refund: Refund, lines: dict[str, Part], amount: int
) -> None:
    """An amount of money has to be left of the goods as a whole too, whether or not it names a line."""
    by_line = sum(asked.amount or 0 for asked in refund.lines if asked.line_id in bought.lines)
    asked = by_line + (refund.amount or 0)
    if not asked or not amount:
        return
    unnamed = _gone(bought, Refunded(lines=lines))
    most = 0 if bought.is_free else _ceil(unnamed.left, unnamed.of)
    if amount > most:
        raise _exceeds(bought, "goods", asked, max(0, most + by_line - before.amount))


def _told_after(bought: Bought, before: Refunded, refund: Refund) -> dict[int, int]:
    """The money that refunds said went back to tenders: never more than was paid by them."""
    told = dict(before.told)
    for tender in refund.tenders:
        if tender.entry is None or not tender.amount:
            continue
        so_far = told.get(tender.entry, 0)
        left = bought.tenders.get(tender.entry, 0) - so_far
        if tender.amount > left:
            raise _exceeds(bought, f"tender of entry {tender.entry}", tender.amount, left)
        told[tender.entry] = so_far + tender.amount
    return dict(sorted(told.items()))


def _exceeds(bought: Bought, what: str, asked: int, left: int) -> RefundExceedsPurchase:
    return RefundExceedsPurchase(order=bought.order, what=what, asked=asked, left=left)


# --- what that comes to ----------------------------------------------------------------------------------


class _Gone(NamedTuple):
    """How much of an order went back, exactly.

    `lines` are the fractions f of lines of which something went back, and `left` is R - U: both are
    numerators over `of`. `kept / kept_of` is 1 - u: what the amount without lines leaves of the rest.
    """

    of: int
    lines: Mapping[str, int]
    left: int
    kept: int
    kept_of: int


def _gone(bought: Bought, refunded: Refunded) -> _Gone:
    if refunded.whole:
        return _Gone(1, dict.fromkeys(bought.lines, 1), 0, 0, 1)
    fractions = [_fraction(bought.lines[each], part) for each, part in refunded.lines.items()]
    # One denominator for all: adding a thousand fractions one by one would reduce each sum.
    of = lcm(*(denominator for _, denominator in fractions))
    numerators = (numerator * (of // denominator) for numerator, denominator in fractions)
    lines = dict(zip(refunded.lines, numerators, strict=True))
    rest = bought.worth * of - sum(bought.lines[each].worth * back for each, back in lines.items())
    if not refunded.amount:
        return _Gone(of, lines, rest, 1, 1)
    if refunded.amount >= rest // of:
        return _Gone(of, lines, 0, 0, 1)
    left = rest - refunded.amount * of
    return _Gone(of, lines, left, left, rest)


def _fraction(line: BoughtLine, part: Part) -> tuple[int, int]:
    """The fraction of a line that went back, at most 1: numerator and denominator."""
    quantity, worth = line
    if not part.amount:
        return (part.quantity, quantity) if part.quantity < quantity else (1, 1)
    if part.amount >= worth * (quantity - part.quantity) // quantity:
        return 1, 1
    if not part.quantity:
        return part.amount, worth
    return part.quantity * worth + part.amount * quantity, quantity * worth


def taken(bought: Bought, refunded: Refunded, rewards: Iterable[Reward]) -> dict[str, int]:
    """The steps that have to be taken back of an order's rewards by now, by rule, where there are any.

    What is kept is rounded up: a member loses a step when all that earned it went back, not before, and the
    last part takes what is left. It is rounded once for a reward: line by line, who gives back half of each
    of many small lines would keep the points of all.
    """
    gone = _gone(bought, refunded)
    by_rule = ((reward.rule, _taken(bought, gone, reward)) for reward in rewards)
    return {rule: steps for rule, steps in by_rule if steps}


def part_back(bought: Bought, refunded: Refunded, reward: Reward) -> Fraction:
    """The part of a reward that was earned by what went back, exactly."""
    kept, of = _kept(bought, _gone(bought, refunded), reward)
    return 1 - Fraction(kept, of * reward.amount)


def _taken(bought: Bought, gone: _Gone, reward: Reward) -> int:
    kept, of = _kept(bought, gone, reward)
    return reward.amount - _ceil(kept, of)


def _kept(bought: Bought, gone: _Gone, reward: Reward) -> tuple[int, int]:
    """The steps of a reward that are kept, before rounding: numerator and denominator."""
    on_lines = back = 0
    for line_id, share in reward.shares.items():
        if line_id in bought.lines:
            on_lines += share
            back += share * gone.lines.get(line_id, 0)
    by_order = reward.amount - on_lines
    assert by_order >= 0, "lines earn no more than the order"
    # on_lines (1 - f) (1 - u) + by_order (R - U) / worth, over one denominator.
    numerator = (on_lines * gone.of - back) * gone.kept * bought.worth + by_order * gone.left * gone.kept_of
    return numerator, gone.of * gone.kept_of * bought.worth


def left_of(bought: Bought, refunded: Refunded) -> Left:
    """What is left of an order, for what counts it line by line. Shipping goes back as the order does."""
    gone = _gone(bought, refunded)
    if not gone.left:
        return NOTHING_LEFT
    kept = Fraction(gone.kept, gone.kept_of)
    lines = {SHIPPING_LINE: LineLeft(0, Fraction(gone.left, gone.of * bought.worth))}
    for line_id, line in bought.lines.items():
        part = (1 - Fraction(gone.lines.get(line_id, 0), gone.of)) * kept
        pieces = line.quantity - refunded.lines.get(line_id, _NOTHING).quantity
        lines[line_id] = LineLeft(pieces if part else 0, part)
    return Left(lines=lines)


def returned(bought: Bought, refunded: Refunded, units: Mapping[int, int]) -> dict[int, int]:
    """The units that have to be back at each of an order's tenders by now, by entry, where there are any.

    `units` is what each entry spent. Of a tender that paid M, the money m that refunds told of is back; and
    of the other M - m the part D / (D + left), where D is the worth of goods whose refunds told nothing, and
    `left` that of goods that have not come back. So where nothing is told a tender follows the goods, and
    a last refund that tells nothing returns all that is left. Units follow money, rounded down.
    """
    gone = _gone(bought, refunded)
    back = bought.worth * gone.of - gone.left
    # What refunds are worth was rounded up, so where all are untold they come to all that is back.
    untold = min(refunded.untold * gone.of, back)
    open_ = untold + gone.left
    found = {}
    for entry, spent in units.items():
        paid = bought.tenders[entry]
        told = refunded.told.get(entry, 0)
        if not paid:
            found[entry] = spent * back // (bought.worth * gone.of)
        elif not open_:
            found[entry] = spent * told // paid
        else:
            found[entry] = spent * (told * open_ + (paid - told) * untold) // (paid * open_)
    return {entry: amount for entry, amount in found.items() if amount}


def _ceil(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)
