"""Refusals of gift cards and of codes. None of them tells a code."""

from .facts import Fact
from .families import Refused


class UnknownCard(Refused):
    """The program has no gift card of this name."""

    REASON = "UNKNOWN_CARD"
    card = Fact(str)


class CardExists(Refused):
    """The gift card was issued before."""

    REASON = "CARD_EXISTS"
    card = Fact(str)


class CardState(Refused):
    """The gift card is not in the state that this needs."""

    REASON = "CARD_STATE"
    card = Fact(str)
    state = Fact(str)
    needed = Fact(str)


class CardInUse(Refused):
    """Something that is on the gift card is set aside."""

    REASON = "CARD_IN_USE"
    card = Fact(str)
    unit = Fact(str)
    held = Fact(int)


class CodeNotAccepted(Refused):
    """The code is nobody's, or the PIN is wrong, or the card is locked: nobody is told which."""

    REASON = "CODE_NOT_ACCEPTED"
    tries_left = Fact(int)


class TooManyTries(Refused):
    """Too many codes were tried in vain; `until` says when the next may be, as ISO 8601."""

    REASON = "TOO_MANY_TRIES"
    until = Fact(str)


class CodeKeyMissing(Refused):
    """The server was started without a key to hash codes with."""

    REASON = "CODE_KEY_MISSING"
