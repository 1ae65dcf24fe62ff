"""The refusals about members who bring newcomers, one class a reason. Pure: no clock, no database.

They are refusals like those in `errors`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tallybook.errors import Refusal, refusal


@refusal
@dataclass(eq=False)
class NoReferrals(Refusal):
    """Program {program!r} gives nothing for bringing newcomers."""

    code: ClassVar[str] = "NO_REFERRALS"
    program: str


@refusal
@dataclass(eq=False)
class UnknownReferralCode(Refusal):
    """Nobody has the referral code {referral_code!r}."""

    code: ClassVar[str] = "UNKNOWN_REFERRAL_CODE"
    referral_code: str


@refusal
@dataclass(eq=False)
class ReferralCodeTaken(Refusal):
    """The referral code {referral_code!r} is another member's."""

    code: ClassVar[str] = "REFERRAL_CODE_TAKEN"
    referral_code: str


@refusal
@dataclass(eq=False)
class SelfReferral(Refusal):
    """Member {member!r} cannot be brought by themselves."""

    code: ClassVar[str] = "SELF_REFERRAL"
    member: str


@refusal
@dataclass(eq=False)
class AlreadyReferred(Refusal):
    """Member {member!r} was brought by {referrer!r}, and is bound once."""

    code: ClassVar[str] = "ALREADY_REFERRED"
    member: str
    referrer: str


@refusal
@dataclass(eq=False)
class NotANewcomer(Refusal):
    """Member {member!r} is no newcomer: {problem}."""

    code: ClassVar[str] = "NOT_A_NEWCOMER"
    member: str
    problem: str


@refusal
@dataclass(eq=False)
class ReferralCircle(Refusal):
    """Member {member!r} has brought newcomers, and {referrer!r} is among them or may be."""

    code: ClassVar[str] = "REFERRAL_CIRCLE"
    member: str
    referrer: str
