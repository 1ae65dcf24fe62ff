"""The refusals about money that is kept for members, one class a reason. Pure: no clock, no database.

They are refusals like those in `errors`: amounts are in the smallest step of `unit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tallybook.errors import NotDeclared, Refusal, refusal


@refusal
@dataclass(eq=False)
class MoneyUnit(Refusal):
    """{unit!r} is money: it is paid in and paid back, and never awarded, redeemed, adjusted or given away."""

    code: ClassVar[str] = "MONEY_UNIT"
    unit: str


@refusal
@dataclass(eq=False)
class NotStoredValue(NotDeclared):
    """Program {program!r} does not keep {unit!r} as stored value."""

    code: ClassVar[str] = "NOT_STORED_VALUE"
    program: str
    unit: str


@refusal
@dataclass(eq=False)
class NotEnoughValue(Refusal):
    """{asked} {unit} were asked for, {available} are available."""

    code: ClassVar[str] = "NOT_ENOUGH_VALUE"
    unit: str
    asked: int
    available: int


@refusal
@dataclass(eq=False)
class LimitExceeded(Refusal):
    """The limit of {what} {period} leaves {left} {unit}, {asked} were asked for."""

    code: ClassVar[str] = "LIMIT_EXCEEDED"
    unit: str
    what: str
    period: str
    asked: int
    left: int


@refusal
@dataclass(eq=False)
class BalanceLimitExceeded(Refusal):
    """{asked} {unit} would be added, and the member may have {left} more, {most} in all."""

    code: ClassVar[str] = "BALANCE_LIMIT_EXCEEDED"
    unit: str
    asked: int
    left: int
    most: int


@refusal
@dataclass(eq=False)
class PlanNotApplicable(Refusal):
    """Top-up plan {plan!r} does not apply: {problem}."""

    code: ClassVar[str] = "PLAN_NOT_APPLICABLE"
    plan: str
    problem: str


@refusal
@dataclass(eq=False)
class TopUpExists(Refusal):
    """Member {member!r} already has a top-up {top_up!r}."""

    code: ClassVar[str] = "TOP_UP_EXISTS"
    member: str
    top_up: str


@refusal
@dataclass(eq=False)
class UnknownTopUp(Refusal):
    """Member {member!r} has no top-up {top_up!r}."""

    code: ClassVar[str] = "UNKNOWN_TOP_UP"
    member: str
    top_up: str


@refusal
@dataclass(eq=False)
class TopUpState(Refusal):
    """Top-up {top_up!r} is {state}, and would have to be {needed}."""

    code: ClassVar[str] = "TOP_UP_STATE"
    top_up: str
    state: str
    needed: str


@refusal
@dataclass(eq=False)
class PaymentDiffers(Refusal):
    """{paid} {unit} were paid for top-up {top_up!r}, which is for {expected}."""

    code: ClassVar[str] = "PAYMENT_DIFFERS"
    top_up: str
    unit: str
    paid: int
    expected: int


@refusal
@dataclass(eq=False)
class PayoutExceedsValue(Refusal):
    """{asked} {unit} were to be paid back, {payable} can be."""

    code: ClassVar[str] = "PAYOUT_EXCEEDS_VALUE"
    unit: str
    asked: int
    payable: int


@refusal
@dataclass(eq=False)
class PayoutExists(Refusal):
    """Member {member!r} already has a payout {payout!r}."""

    code: ClassVar[str] = "PAYOUT_EXISTS"
    member: str
    payout: str


@refusal
@dataclass(eq=False)
class UnknownPayout(Refusal):
    """Member {member!r} has no payout {payout!r}."""

    code: ClassVar[str] = "UNKNOWN_PAYOUT"
    member: str
    payout: str


@refusal
@dataclass(eq=False)
class PayoutState(Refusal):
    """Payout {payout!r} is {state}, and would have to be {needed}."""

    code: ClassVar[str] = "PAYOUT_STATE"
    payout: str
    state: str
    needed: str


@refusal
@dataclass(eq=False)
class UnknownCard(Refusal):
    """There is no card {card!r}."""

    code: ClassVar[str] = "UNKNOWN_CARD"
    card: str


@refusal
@dataclass(eq=False)
class CardExists(Refusal):
    """Card {card!r} was issued before."""

    code: ClassVar[str] = "CARD_EXISTS"
    card: str


@refusal
@dataclass(eq=False)
class CardState(Refusal):
    """Card {card!r} is {state}, and would have to be {needed}."""

    code: ClassVar[str] = "CARD_STATE"
    card: str
    state: str
    needed: str


@refusal
@dataclass(eq=False)
class CardInUse(Refusal):
    """{held} {unit} of card {card!r} are set aside: capture, release or close that first."""

    code: ClassVar[str] = "CARD_IN_USE"
    card: str
    unit: str
    held: int


@refusal
@dataclass(eq=False)
class ReactivationExceedsLapsed(Refusal):
    """{asked} {unit} were to be had again, {lapsed} can be."""

    code: ClassVar[str] = "REACTIVATION_EXCEEDS_LAPSED"
    unit: str
    asked: int
    lapsed: int
