"""Refusals about tiers, benefits and tasks."""

from datetime import date

from .facts import Fact
from .families import Refused


class UnknownLadder(Refused):
    """The program has no such ladder."""

    REASON = "UNKNOWN_LADDER"
    program = Fact(str)
    ladder = Fact(str)


class UnknownTier(Refused):
    """The ladder has no such tier."""

    REASON = "UNKNOWN_TIER"
    ladder = Fact(str)
    tier = Fact(str)


class OverrideEndsTooSoon(Refused):
    """What is to be set by hand would be over already."""

    REASON = "OVERRIDE_ENDS_TOO_SOON"
    until = Fact(date.fromisoformat)
    today = Fact(date.fromisoformat)


class NoOverride(Refused):
    """Nobody has set the member's tier on the ladder."""

    REASON = "NO_OVERRIDE"
    member = Fact(str)
    ladder = Fact(str)


class NoBenefit(Refused):
    """Neither a tier nor a membership gives the member the benefit now."""

    REASON = "NO_BENEFIT"
    member = Fact(str)
    quota = Fact(str)


class BenefitUsedUp(Refused):
    """The benefit cannot be used so many times in this period."""

    REASON = "BENEFIT_USED_UP"
    member = Fact(str)
    quota = Fact(str)
    asked = Fact(int)
    left = Fact(int)
    most = Fact(int)


class UnknownUse(Refused):
    """The member has used no benefit by this request."""

    REASON = "UNKNOWN_USE"
    member = Fact(str)
    use = Fact(str)


class ReturnExceedsUse(Refused):
    """So many uses are not left of the request to give back."""

    REASON = "RETURN_EXCEEDS_USE"
    use = Fact(str)
    asked = Fact(int)
    left = Fact(int)


class UnknownTask(Refused):
    """The program has no such task."""

    REASON = "UNKNOWN_TASK"
    program = Fact(str)
    task = Fact(str)


class NothingToClaim(Refused):
    """Nothing of the task waits for the member."""

    REASON = "NOTHING_TO_CLAIM"
    member = Fact(str)
    task = Fact(str)
    problem = Fact(str)
