"""Refusals about draws and red packets."""

from .facts import Fact
from .families import Refused


class SeedSealed(Refused):
    """The seed of the draw was sealed with another code key than the server has."""

    REASON = "SEED_SEALED"
    draw = Fact(str)


class UnknownDraw(Refused):
    """The program has no such draw."""

    REASON = "UNKNOWN_DRAW"
    program = Fact(str)
    draw = Fact(str)


class DrawOpen(Refused):
    """A round of the draw is open."""

    REASON = "DRAW_OPEN"
    draw = Fact(str)
    round = Fact(int)


class DrawNotOpen(Refused):
    """No round of the draw is open, or there was no such round."""

    REASON = "DRAW_NOT_OPEN"
    draw = Fact(str)


class DrawNotAllowed(Refused):
    """The member cannot draw from it now."""

    REASON = "DRAW_NOT_ALLOWED"
    draw = Fact(str)
    problem = Fact(str)


class DrawLimitReached(Refused):
    """The member has drawn as often as one may in this period."""

    REASON = "DRAW_LIMIT_REACHED"
    draw = Fact(str)
    period = Fact(str)
    most = Fact(int)


class NoPrizeLeft(Refused):
    """The draw has no prize left for the member."""

    REASON = "NO_PRIZE_LEFT"
    draw = Fact(str)


class UnknownWonPrize(Refused):
    """The member has won no such goods."""

    REASON = "UNKNOWN_WON_PRIZE"
    member = Fact(str)
    won = Fact(str)


class PrizeDelivered(Refused):
    """The goods were delivered before."""

    REASON = "PRIZE_DELIVERED"
    won = Fact(str)


class UnknownRedPacketKind(Refused):
    """The program has no such red packets that such a one can make."""

    REASON = "UNKNOWN_RED_PACKET_KIND"
    program = Fact(str)
    packet_kind = Fact(str)


class UnknownRedPacket(Refused):
    """The program has no such red packet."""

    REASON = "UNKNOWN_RED_PACKET"
    program = Fact(str)
    packet = Fact(str)


class RedPacketExists(Refused):
    """There is a red packet of this name."""

    REASON = "RED_PACKET_EXISTS"
    packet = Fact(str)


class RedPacketTooLarge(Refused):
    """Its kind has not so much, or not so many shares."""

    REASON = "RED_PACKET_TOO_LARGE"
    packet_kind = Fact(str)
    most = Fact(int)
    shares_most = Fact(int)


class RedPacketBudgetSpent(Refused):
    """The house has not so much left for red packets of this kind."""

    REASON = "RED_PACKET_BUDGET_SPENT"
    packet_kind = Fact(str)
    asked = Fact(int)
    left = Fact(int)


class RedPacketOver(Refused):
    """The red packet is done or lapsed."""

    REASON = "RED_PACKET_OVER"
    packet = Fact(str)
    state = Fact(str)


class RedPacketClaimed(Refused):
    """The member has had a share of the red packet."""

    REASON = "RED_PACKET_CLAIMED"
    packet = Fact(str)
    amount = Fact(int)


class OwnRedPacket(Refused):
    """The red packet is the member's own."""

    REASON = "OWN_RED_PACKET"
    packet = Fact(str)
