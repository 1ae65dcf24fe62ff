"""Refusals about members who bring newcomers."""

from .facts import Fact
from .families import Refused


class NoReferrals(Refused):
    """The program gives nothing for bringing newcomers."""

    REASON = "NO_REFERRALS"
    program = Fact(str)


class UnknownReferralCode(Refused):
    """Nobody has this referral code."""

    REASON = "UNKNOWN_REFERRAL_CODE"
    referral_code = Fact(str)


class ReferralCodeTaken(Refused):
    """The referral code is another member's."""

    REASON = "REFERRAL_CODE_TAKEN"
    referral_code = Fact(str)


class SelfReferral(Refused):
    """Nobody is brought by themselves."""

    REASON = "SELF_REFERRAL"
    member = Fact(str)


class AlreadyReferred(Refused):
    """The member was brought by somebody already, and is bound once."""

    REASON = "ALREADY_REFERRED"
    member = Fact(str)
    referrer = Fact(str)


class NotANewcomer(Refused):
    """The member is no newcomer, as the program says who is."""

    REASON = "NOT_A_NEWCOMER"
    member = Fact(str)
    problem = Fact(str)


class ReferralCircle(Refused):
    """The member has brought newcomers, and the referrer is among them or may be."""

    REASON = "REFERRAL_CIRCLE"
    member = Fact(str)
    referrer = Fact(str)
